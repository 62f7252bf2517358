using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket tags</c>: the verdicts as tags in the UEM.</summary>
internal static class TagCommands
{
    private static readonly Column<TagRunView>[] Columns =
    [
        new("Id", row => row.Id.ToString(), Exact: true),
        new("Kind", row => row.Kind.ToString()),
        new("State", row => row.State.ToString()),
        new("Queued", row => Cell.Time(row.QueuedAt)),
        new("Confirmed", row => Cell.Number(row.Confirmed)),
        new("Failed", row => Cell.Number(row.Failed)),
    ];

    public static Command Create(Cli cli) =>
        new("tags", "The verdicts as tags in the UEM.")
        {
            DirectoryCommands.Tags(cli),
            Preview(cli),
            Accept(cli),
            Run(cli),
            Status(cli),
            Adopt(cli),
            CleanUp(cli),
            Runs(cli),
            OnRun(cli, "show", "Show one tag run.", (client, id, token) => client.TagRunAsync(id, token)),
            OnRun(
                cli,
                "cancel",
                "Stop a tag run before its next write.",
                (client, id, token) => client.CancelTagRunAsync(id, token)
            ),
            OnRun(
                cli,
                "approve",
                "Let a held tag run go on.",
                (client, id, token) => client.ApproveTagsAsync(id, token)
            ),
            OnRun(
                cli,
                "discard",
                "End a held tag run without a write.",
                (client, id, token) => client.DiscardTagsAsync(id, token)
            ),
        };

    private static Command Preview(Cli cli)
    {
        var which = Targets.IntegrationArgument();
        return cli.Command(
            "preview",
            "Say what a tag run would do; writes nothing.",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var preview = await session.Client.PreviewTagsAsync(id, cancellationToken);
                session.Printer.Value(preview, console => TagText.Write(preview, console));
                return ExitCodes.Ok;
            },
            which
        );
    }

    private static Command Accept(Cli cli)
    {
        var preview = Targets.IdArgument("preview", "Id of the preview.");
        var which = Targets.IntegrationOption();
        var wait = WaitOption();
        return cli.Command(
            "accept",
            "Accept a preview: switches writing on and starts the tag run.",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var run = await session.Client.AcceptTagsAsync(id, session.Get(preview), cancellationToken);
                return await EndAsync(session, run, session.Get(wait), cancellationToken);
            },
            preview,
            which,
            wait
        );
    }

    private static Command Run(Cli cli)
    {
        var which = Targets.IntegrationArgument();
        var wait = WaitOption();
        return cli.Command(
            "run",
            "Write the verdicts as tags now.",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var run = await session.Client.RunTagsAsync(id, cancellationToken);
                return await EndAsync(session, run, session.Get(wait), cancellationToken);
            },
            which,
            wait
        );
    }

    private static Command Status(Cli cli)
    {
        var which = Targets.IntegrationArgument();
        return cli.Command(
            "status",
            "Show how the tags stand.",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var tagging = await session.Client.TaggingAsync(id, cancellationToken);
                session.Printer.Value(tagging, console => TagText.Write(tagging, console));
                return tagging.Held.Count > 0 ? ExitCodes.Problem : ExitCodes.Ok;
            },
            which
        );
    }

    private static Command Adopt(Cli cli)
    {
        var tag = new Argument<string>("tag") { Description = "Name of the tag, exactly as in the UEM." };
        var which = Targets.IntegrationOption();
        return cli.Command(
            "adopt",
            "Let Picket manage a tag that was there before it.",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var tagging = await session.Client.AdoptTagAsync(id, session.Get(tag), cancellationToken);
                session.Printer.Value(tagging, console => TagText.Write(tagging, console));
                return ExitCodes.Ok;
            },
            tag,
            which
        );
    }

    private static Command CleanUp(Cli cli)
    {
        var which = Targets.IntegrationArgument();
        var wait = WaitOption();
        var yes = Confirmation.Yes();
        return cli.Command(
            "clean-up",
            "Switch writing off and take Picket's tags off all devices.",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                session.Confirm(yes, "Switch writing off and take Picket's tags off all devices?");
                var run = await session.Client.CleanUpTagsAsync(id, cancellationToken);
                return await EndAsync(session, run, session.Get(wait), cancellationToken);
            },
            which,
            wait,
            yes
        );
    }

    private static Command Runs(Cli cli)
    {
        var integration = Targets.IntegrationOption();
        var state = new Option<RunState?>("--state") { Description = "Only this state." };
        return cli.List(
            "runs",
            "List the tag runs, newest first.",
            async (session, cursor, limit, cancellationToken) =>
            {
                var id = await session.IntegrationOrAllAsync(integration, cancellationToken);
                return session.Client.TagRuns(new TagRunFilter(id, session.Get(state), cursor, limit));
            },
            Columns,
            integration,
            state
        );
    }

    private static Command OnRun(
        Cli cli,
        string name,
        string description,
        Func<PicketClient, Guid, CancellationToken, Task<TagRunView>> act
    )
    {
        var id = Targets.IdArgument("run", "Id of the tag run.");
        return cli.Command(
            name,
            description,
            async (session, cancellationToken) =>
            {
                var run = await act(session.Client, session.Get(id), cancellationToken);
                session.Printer.Value(run, console => TagText.Write(run, console));
                return ExitCodes.Ok;
            },
            id
        );
    }

    private static Option<bool> WaitOption() => new("--wait") { Description = "Wait for the end of the tag run." };

    private static async Task<int> EndAsync(
        Session session,
        TagRunView run,
        bool wait,
        CancellationToken cancellationToken
    )
    {
        if (wait)
            run = await TagRunWait.ForEndAsync(session, run, cancellationToken);
        session.Printer.Value(run, console => TagText.Write(run, console));
        return RunText.ExitCode(run.State);
    }
}
