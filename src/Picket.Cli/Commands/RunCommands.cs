using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket runs</c>.</summary>
internal static class RunCommands
{
    private static readonly Column<RunView>[] Columns =
    [
        new("Id", row => row.Id.ToString(), Exact: true),
        new("Kind", row => row.Kind.ToString()),
        new("State", row => row.State.ToString()),
        new("Queued", row => Cell.Time(row.QueuedAt)),
        new("Calls", row => Cell.Number(row.UemCalls)),
    ];

    public static Command Create(Cli cli) =>
        new("runs", "The readings of the UEM.")
        {
            List(cli),
            OnOne(
                cli,
                "show",
                "Show one run; 1 when it ended short.",
                (client, id, token) => client.RunAsync(id, token),
                true
            ),
            OnOne(cli, "cancel", "Stop a run.", (client, id, token) => client.CancelRunAsync(id, token)),
            OnOne(
                cli,
                "approve",
                "Let a held run remove the devices that the UEM no longer lists.",
                (client, id, token) => client.ApproveRunAsync(id, token)
            ),
            OnOne(
                cli,
                "discard",
                "End a held run and keep every device.",
                (client, id, token) => client.DiscardRunAsync(id, token)
            ),
        };

    private static Command List(Cli cli)
    {
        var integration = Targets.IntegrationOption();
        var state = new Option<RunState?>("--state") { Description = "Only this state." };
        return cli.List(
            "list",
            "List the runs, newest first.",
            async (session, cursor, limit, cancellationToken) =>
            {
                var id = await session.IntegrationOrAllAsync(integration, cancellationToken);
                return session.Client.Runs(new RunFilter(id, session.Get(state), cursor, limit));
            },
            Columns,
            integration,
            state
        );
    }

    private static Command OnOne(
        Cli cli,
        string name,
        string description,
        Func<PicketClient, Guid, CancellationToken, Task<RunView>> act,
        bool judge = false
    )
    {
        var id = Targets.IdArgument("run", "Id of the run.");
        return cli.Command(
            name,
            description,
            async (session, cancellationToken) =>
            {
                var run = await act(session.Client, session.Get(id), cancellationToken);
                session.Printer.Value(run, console => RunText.Write(run, console));
                return judge ? RunText.ExitCode(run.State) : ExitCodes.Ok;
            },
            id
        );
    }
}
