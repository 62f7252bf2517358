using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket integrations</c>: seeing them and switching them.</summary>
internal static class IntegrationCommands
{
    private static readonly Column<IntegrationView>[] Columns =
    [
        new("Id", row => row.Id, Exact: true),
        new("Name", row => row.Name),
        new("State", row => row.State, Exact: true) { Style = row => Palette.Of(row.State) },
        new("Devices", row => row.Counts.Devices, Exact: true),
        new("Writing", row => row.Writing ? "on" : "off", Exact: true),
        new("Address", row => row.Address, Wide: true),
    ];

    public static Command Create(Cli cli) =>
        new("integrations", "The links to Workspace ONE UEM.")
        {
            cli.List(
                "list",
                "List the integrations.",
                "picket integrations list",
                (session, cursor, limit) =>
                    session.Client.Integrations(new ListFilter { Cursor = cursor, Limit = limit }),
                Columns
            ),
            OnOne(
                cli,
                "show",
                "Show one integration.",
                "picket integrations show Acme",
                (client, id, token) => client.IntegrationAsync(id, token)
            ),
            UemCommand.Create(cli),
            IntegrationSettings.Add(cli),
            IntegrationSettings.Change(cli),
            IntegrationSettings.Rotate(cli),
            OnOne(
                cli,
                "pause",
                "Stop the schedule.",
                "picket integrations pause Acme",
                (client, id, token) => client.PauseIntegrationAsync(id, token)
            ),
            OnOne(
                cli,
                "resume",
                "Take the schedule up again, after a passed doctor.",
                "picket integrations resume Acme",
                (client, id, token) => client.ResumeIntegrationAsync(id, token)
            ),
            Writing(cli),
            Remove(cli),
            LinkCommands.Link(cli),
            LinkCommands.Unlink(cli),
            LinkCommands.Links(cli),
            LinkCommands.Requests(cli),
            LinkCommands.Confirm(cli),
            LinkCommands.Decline(cli),
            LinkCommands.Recoveries(cli),
            LinkCommands.Acknowledge(cli),
        };

    private static Command OnOne(
        Cli cli,
        string name,
        string description,
        string example,
        Func<PicketClient, Guid, CancellationToken, Task<IntegrationView>> act
    )
    {
        var which = Targets.IntegrationArgument();
        return cli.Command(
            name,
            description,
            example,
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                IntegrationText.Print(session, await act(session.Client, id, cancellationToken));
                return ExitCodes.Ok;
            },
            which
        );
    }

    private static Command Writing(Cli cli)
    {
        var which = new Argument<string>("integration") { Description = "Name or id of the integration." };
        var state = new Argument<string>("state") { Description = "on (needs an accepted preview) or off." };
        state.AcceptOnlyFromAmong("on", "off");
        return cli.Command(
            "writing",
            "Allow or stop writing to the UEM.",
            "picket integrations writing Acme off",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var on = session.Get(state) == "on";
                IntegrationText.Print(session, await session.Client.SetWritingAsync(id, on, cancellationToken));
                return ExitCodes.Ok;
            },
            which,
            state
        );
    }

    private static Command Remove(Cli cli)
    {
        var which = new Argument<string>("integration") { Description = "Name or id of the integration." };
        var yes = Confirmation.Yes();
        var keep = new Option<bool>("--keep-tags")
        {
            Description = "Leave Picket's tags on the devices; without it, run `picket tags clean-up` first.",
        };
        return cli.Command(
            "remove",
            "Remove an integration with its inventory; the ledger stays.",
            "picket integrations remove Acme",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var view = await session.Client.IntegrationAsync(id, cancellationToken);
                var what = $"integration '{view.Name}' with {Cell.Number(view.Counts.Devices)} devices";
                session.Confirm(yes, $"Remove {what} and everything else that was read through it?");
                await session.Client.RemoveIntegrationAsync(id, session.Get(keep), cancellationToken);
                session.Printer.Remark($"Removed {what}.");
                return ExitCodes.Ok;
            },
            which,
            keep,
            yes
        );
    }
}
