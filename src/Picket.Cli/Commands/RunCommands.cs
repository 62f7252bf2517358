using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket runs</c>.</summary>
internal static class RunCommands
{
    private static readonly Column<RunView>[] Columns =
    [
        new("Id", row => row.Id, Exact: true),
        new("Kind", row => row.Kind),
        new("State", row => row.State, Exact: true) { Style = row => Palette.Of(row.State) },
        new("Queued", row => row.QueuedAt, Exact: true),
        new("Took", RunText.Took, Exact: true),
        new("Calls", row => row.UemCalls, Exact: true),
        new("Because", row => string.Join("; ", row.IncompleteReasons), Wide: true),
    ];

    private static readonly Column<RunRow>[] RowColumns =
    [
        new("Id", row => row.Id, Exact: true),
        new("Name", row => row.Name),
        new("What", row => string.Join("; ", row.What.Select(RunText.Part)), Wide: true),
    ];

    public static Command Create(Cli cli) =>
        new("runs", "The readings of the UEM.")
        {
            List(cli),
            Rows(cli),
            OnOne(
                cli,
                "show",
                "Show one run; 1 when it ended short.",
                "picket runs show 0198c0de-0000-7000-8000-00000000000b",
                (client, id, token) => client.RunAsync(id, token),
                true
            ),
            OnOne(
                cli,
                "cancel",
                "Stop a run; what it read stays.",
                "picket runs cancel 0198c0de-0000-7000-8000-00000000000b",
                (client, id, token) => client.CancelRunAsync(id, token),
                wait: new Option<bool>("--wait") { Description = "Wait until it stopped." }
            ),
            OnOne(
                cli,
                "approve",
                "Let a held run remove the devices that the UEM no longer lists.",
                "picket runs approve 0198c0de-0000-7000-8000-00000000000b",
                (client, id, token) => client.ApproveRunAsync(id, token)
            ),
            OnOne(
                cli,
                "discard",
                "End a held run and keep every device.",
                "picket runs discard 0198c0de-0000-7000-8000-00000000000b",
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
            "picket runs list --state incomplete",
            async (session, cursor, limit, cancellationToken) =>
            {
                var id = await session.IntegrationOrAllAsync(integration, cancellationToken);
                return session.Client.Runs(
                    new RunFilter
                    {
                        IntegrationId = id,
                        State = session.Get(state),
                        Cursor = cursor,
                        Limit = limit,
                    }
                );
            },
            Columns,
            integration,
            state
        );
    }

    private static Command Rows(Cli cli)
    {
        var id = Targets.IdArgument("run", "Id of the run.");
        var kind = new Option<string?>("--kind")
        {
            Description = "Kind of the rows, as `runs show` counts them (devices).",
            HelpName = "KIND",
        };
        var change = new Option<RunRowChange?>("--change") { Description = "What the run did to them (Changed)." };
        return cli.List(
            "rows",
            "List the rows behind one number of a run.",
            "picket runs rows 0198c0de-0000-7000-8000-00000000000b --kind devices --change added",
            (session, cursor, limit) =>
                session.Client.RunRows(
                    session.Get(id),
                    new RunRowFilter
                    {
                        Kind = session.Get(kind),
                        Change = session.Get(change),
                        Cursor = cursor,
                        Limit = limit,
                    }
                ),
            RowColumns,
            id,
            kind,
            change
        );
    }

    private static Command OnOne(
        Cli cli,
        string name,
        string description,
        string example,
        Func<PicketClient, Guid, CancellationToken, Task<RunView>> act,
        bool judge = false,
        Option<bool>? wait = null
    )
    {
        var id = Targets.IdArgument("run", "Id of the run.");
        return cli.Command(
            name,
            description,
            example,
            async (session, cancellationToken) =>
            {
                var run = await act(session.Client, session.Get(id), cancellationToken);
                if (wait is not null && session.Get(wait))
                    run = await RunFollowing.ToEndAsync(session, run, cancellationToken);
                session.Printer.Value(run, screen => RunText.Write(run, screen));
                return judge ? RunText.ExitCode(run.State) : ExitCodes.Ok;
            },
            wait is null ? [id] : [id, wait]
        );
    }
}
