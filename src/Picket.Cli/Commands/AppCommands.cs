using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket apps</c>.</summary>
internal static class AppCommands
{
    private static readonly Column<AppView>[] Columns =
    [
        new("App", row => row.AppId),
        new("Name", row => row.Name),
        new("Platform", row => row.Platform),
        new("Devices", row => Cell.Number(row.Devices)),
    ];

    private static readonly Column<AppHolder>[] Holders =
    [
        new("Device", row => row.FriendlyName),
        new("User", row => row.User),
        new("Version", row => row.Version),
        new("First seen", row => Cell.Time(row.FirstSeenAt)),
        new("Last seen", row => Cell.Time(row.LastSeenAt)),
        new("Gone", row => Cell.Time(row.RemovedAt)),
    ];

    public static Command Create(Cli cli) => new("apps", "The apps on the devices.") { List(cli), Who(cli) };

    private static Command List(Cli cli)
    {
        var integration = Targets.IntegrationOption();
        var search = new Option<string?>("--search") { Description = "App id or name starts with this." };
        return cli.List(
            "list",
            "List the apps with the number of devices that have them.",
            async (session, cursor, limit, cancellationToken) =>
            {
                var id = await session.IntegrationOrAllAsync(integration, cancellationToken);
                return session.Client.Apps(new ListFilter(id, session.Get(search), cursor, limit));
            },
            Columns,
            integration,
            search
        );
    }

    private static Command Who(Cli cli)
    {
        var app = new Argument<string>("app") { Description = "Bundle or package id." };
        var integration = Targets.IntegrationOption();
        var at = TimeOption.Create("--at", "Who had it at this time.");
        var from = TimeOption.Create("--from", "Who had it at any time since this one.");
        var to = TimeOption.Create("--to", "Who had it at any time until this one.");
        return cli.List(
            "who",
            "List the devices that have an app, or had it.",
            async (session, cursor, limit, cancellationToken) =>
            {
                var id = await session.IntegrationOrAllAsync(integration, cancellationToken);
                return session.Client.AppHolders(
                    session.Get(app),
                    new HolderFilter(session.Get(at), session.Get(from), session.Get(to), id, cursor, limit)
                );
            },
            Holders,
            app,
            integration,
            at,
            from,
            to
        );
    }
}
