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
        new("Devices", row => row.Devices),
    ];

    private static readonly Column<AppHolder>[] Holders =
    [
        new("Device", row => row.FriendlyName),
        new("User", row => row.User),
        new("Version", row => row.Version),
        new("First seen", row => row.FirstSeenAt, Exact: true),
        new("Last seen", row => row.LastSeenAt, Exact: true),
        new("Gone", row => row.RemovedAt, Exact: true),
    ];

    public static Command Create(Cli cli)
    {
        var apps = new Command("apps", "The apps on the devices, and in the UEM's catalogue.")
        {
            List(cli),
            Who(cli),
            PublishCommand.Create(cli),
        };
        foreach (var command in CatalogueCommands.Create(cli))
            apps.Add(command);
        return apps;
    }

    private static Command List(Cli cli)
    {
        var integration = Targets.IntegrationOption();
        var search = new Option<string?>("--search") { Description = "App id or name starts with this." };
        return cli.List(
            "list",
            "List the apps with the number of devices that have them.",
            "picket apps list --search com.example.",
            async (session, cursor, limit, cancellationToken) =>
            {
                var id = await session.IntegrationOrAllAsync(integration, cancellationToken);
                return session.Client.Apps(
                    new ListFilter
                    {
                        IntegrationId = id,
                        Search = session.Get(search),
                        Cursor = cursor,
                        Limit = limit,
                    }
                );
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
            "picket apps who com.example.app\npicket apps who com.example.app --from 2026-10-01 --to 2026-10-31",
            async (session, cursor, limit, cancellationToken) =>
            {
                var id = await session.IntegrationOrAllAsync(integration, cancellationToken);
                return session.Client.AppHolders(
                    session.Get(app),
                    new HolderFilter
                    {
                        At = session.Get(at),
                        From = session.Get(from),
                        To = session.Get(to),
                        IntegrationId = id,
                        Cursor = cursor,
                        Limit = limit,
                    }
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
