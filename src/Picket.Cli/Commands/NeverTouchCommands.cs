using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket brakes never</c>: the devices that are left as they are.</summary>
internal static class NeverTouchCommands
{
    private static readonly Column<NeverTouchView>[] Columns =
    [
        new("Id", row => row.Id, Exact: true),
        new("Kind", row => row.Kind, Exact: true),
        new("Which", row => row.Hidden ? "(not shown)" : row.Name ?? row.Value),
        new("Where", row => row.IntegrationId is { } id ? $"{id}" : "all integrations", Wide: true),
        new("Why", row => row.Reason),
        new("Ends", row => row.EndsAt),
        new("State", State),
        new("By", row => row.AddedBy, Wide: true),
    ];

    public static Command Create(Cli cli) =>
        new("never", "The devices on which no tag is put or taken off, and that get no message.")
        {
            List(cli),
            Add(cli),
            Remove(cli),
        };

    private static string State(NeverTouchView row) =>
        row.Ended ? "ended"
        : row.Lost ? $"means every device, since a group is gone or renamed: {string.Join(", ", row.Gone)}"
        : "holds";

    private static Command List(Cli cli)
    {
        var integration = Targets.IntegrationOption();
        return cli.List(
            "list",
            "List the entries.",
            "picket brakes never list",
            async (session, cursor, limit, cancellationToken) =>
                session.Client.NeverTouch(
                    await session.IntegrationOrAllAsync(integration, cancellationToken),
                    cursor,
                    limit
                ),
            Columns,
            integration
        );
    }

    private static Command Add(Cli cli)
    {
        var kind = new Argument<NeverTouchKind>("kind") { Description = "What is named." };
        var value = new Argument<string>("which")
        {
            Description = "Serial number, id, uuid or UEM number of a device; sign-in name of a user; name of a group.",
        };
        var reason = new Option<string>("--reason")
        {
            Description = "Why.",
            HelpName = "TEXT",
            Required = true,
        };
        var integration = Targets.IntegrationOption();
        var until = TimeOption.Create("--until", "From then on it holds no more; no end when absent.");
        return cli.Command(
            "add",
            "Put devices onto the list. For all integrations where none is named.",
            "picket brakes never add device C02XK1 --integration Acme --reason \"Board member\"\npicket brakes never add usergroup Executives --reason \"By word of the board\" --until 2030-01-01",
            async (session, cancellationToken) =>
            {
                var entry = await session.Client.AddNeverTouchAsync(
                    new NeverTouchDraft
                    {
                        Kind = session.Get(kind),
                        Value = session.Get(value),
                        Reason = session.Get(reason)!,
                        IntegrationId = await session.IntegrationOrAllAsync(integration, cancellationToken),
                        EndsAt = session.Get(until),
                    },
                    cancellationToken
                );
                session.Printer.Value(
                    entry,
                    screen =>
                        screen.Pairs([
                            ("Never touched", entry.Name ?? entry.Value),
                            ("Kind", entry.Kind),
                            ("Id", entry.Id),
                            ("Why", entry.Reason),
                            ("Ends", entry.EndsAt),
                        ])
                );
                return ExitCodes.Ok;
            },
            kind,
            value,
            reason,
            integration,
            until
        );
    }

    private static Command Remove(Cli cli)
    {
        var id = Targets.IdArgument("entry", "Id of the entry, see `picket brakes never list`.");
        var yes = Confirmation.Yes();
        return cli.Command(
            "remove",
            "Take an entry off the list: its devices get the tags of their levels again.",
            "picket brakes never remove 0198c0de-0000-7000-8000-000000000012 --yes",
            async (session, cancellationToken) =>
            {
                session.Confirm(yes, "Take the entry off the list? Its devices get the tags of their levels again.");
                await session.Client.RemoveNeverTouchAsync(session.Get(id), cancellationToken);
                session.Printer.Remark("The entry is off the list.");
                return ExitCodes.Ok;
            },
            id,
            yes
        );
    }
}
