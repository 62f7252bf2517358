using System.CommandLine;
using System.Net;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket tags</c>: the verdicts as tags in the UEM.</summary>
internal static class TagCommands
{
    private static readonly Column<TagRunView>[] Columns =
    [
        new("Id", row => row.Id, Exact: true),
        new("Kind", row => row.Kind, Exact: true),
        new("State", row => row.State, Exact: true) { Style = row => Palette.Of(row.State) },
        new("Queued", row => row.QueuedAt, Exact: true),
        new("Confirmed", row => row.Confirmed),
        new("Failed", row => row.Failed),
        new("Because", row => string.Join("; ", row.IncompleteReasons), Wide: true),
    ];

    public static Command Create(Cli cli) =>
        new("tags", "The verdicts as tags in the UEM.")
        {
            DirectoryCommands.Tags(cli),
            Preview(cli),
            TagDifferencesCommand.Create(cli),
            Accept(cli),
            Run(cli),
            Status(cli),
            Adopt(cli),
            TagBrakeCommand.Create(cli),
            CleanUp(cli),
            Runs(cli),
            OnRun(
                cli,
                "show",
                "Show one tag run; 1 when it ended short.",
                "picket tags show 0198c0de-0000-7000-8000-00000000000f",
                (client, id, token) => client.TagRunAsync(id, token),
                judge: true
            ),
            OnRun(
                cli,
                "cancel",
                "Stop a tag run before its next write.",
                "picket tags cancel 0198c0de-0000-7000-8000-00000000000f",
                (client, id, token) => client.CancelTagRunAsync(id, token),
                wait: WaitOption()
            ),
            Approve(cli),
            OnRun(
                cli,
                "discard",
                "End a held tag run without a write.",
                "picket tags discard 0198c0de-0000-7000-8000-00000000000f",
                (client, id, token) => client.DiscardTagsAsync(id, token)
            ),
        };

    private static Command Preview(Cli cli)
    {
        var which = Targets.IntegrationArgument();
        return cli.Command(
            "preview",
            "Say what a tag run would do; writes nothing.",
            "picket tags preview Acme",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var preview = await session.Client.PreviewTagsAsync(id, cancellationToken);
                session.Printer.Value(preview, screen => TagText.Write(preview, screen));
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
            "picket tags accept 0198c0de-0000-7000-8000-000000000010 --integration Acme --wait",
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
            "picket tags run Acme --wait",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var run = await RunAsync(session.Client, id, session.Get(wait), cancellationToken);
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
            "Show how the tags stand; 1 while a tag run is held.",
            "picket tags status Acme",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var tagging = await session.Client.TaggingAsync(id, cancellationToken);
                session.Printer.Value(tagging, screen => TagText.Write(tagging, screen));
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
            "picket tags adopt \"Picket: High\" --integration Acme",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var tagging = await session.Client.AdoptTagAsync(id, session.Get(tag), cancellationToken);
                session.Printer.Value(tagging, screen => TagText.Write(tagging, screen));
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
            "picket tags clean-up Acme --wait",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var view = await session.Client.IntegrationAsync(id, cancellationToken);
                var tagging = await session.Client.TaggingAsync(id, cancellationToken);
                var tagged = Cell.Number(tagging.Tags.Sum(tag => tag.Devices));
                session.Confirm(
                    yes,
                    $"Switch writing of integration '{view.Name}' off and take its tags off {tagged} devices?"
                );
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
            "picket tags runs --state held",
            async (session, cursor, limit, cancellationToken) =>
            {
                var id = await session.IntegrationOrAllAsync(integration, cancellationToken);
                return session.Client.TagRuns(
                    new TagRunFilter
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

    private static Command Approve(Cli cli)
    {
        var id = Targets.IdArgument("run", "Id of the tag run.");
        var showing = new Option<int?>("--showing")
        {
            Description =
                "The showing that was looked at, as `picket tags show` names it: refused where the run was shown anew.",
        };
        return cli.Command(
            "approve",
            "Let a held tag run go on: the devices that it showed (`picket tags differences NAME --run ID`), and no others.",
            "picket tags approve 0198c0de-0000-7000-8000-00000000000f --showing 1",
            async (session, cancellationToken) =>
            {
                var run = await session.Client.ApproveTagsAsync(
                    session.Get(id),
                    session.Get(showing),
                    cancellationToken
                );
                session.Printer.Value(run, screen => TagText.Write(run, screen));
                return ExitCodes.Ok;
            },
            id,
            showing
        );
    }

    private static Command OnRun(
        Cli cli,
        string name,
        string description,
        string example,
        Func<PicketClient, Guid, CancellationToken, Task<TagRunView>> act,
        bool judge = false,
        Option<bool>? wait = null
    )
    {
        var id = Targets.IdArgument("run", "Id of the tag run.");
        return cli.Command(
            name,
            description,
            example,
            async (session, cancellationToken) =>
            {
                var run = await act(session.Client, session.Get(id), cancellationToken);
                if (wait is not null && session.Get(wait))
                    run = await RunFollowing.ToEndAsync(session, run, cancellationToken);
                session.Printer.Value(run, screen => TagText.Write(run, screen));
                return judge ? RunText.ExitCode(run.State) : ExitCodes.Ok;
            },
            wait is null ? [id] : [id, wait]
        );
    }

    /// <summary>Picket begins runs by itself: one that is held already is the end that whoever waits would have seen.</summary>
    private static async Task<TagRunView> RunAsync(
        PicketClient client,
        Guid integration,
        bool wait,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await client.RunTagsAsync(integration, cancellationToken);
        }
        catch (PicketApiException refused) when (wait && refused.Status == HttpStatusCode.Conflict)
        {
            var filter = new TagRunFilter
            {
                IntegrationId = integration,
                State = RunState.Held,
                Limit = 1,
            };
            var held = await client.TagRuns(filter).PageAsync(cancellationToken);
            if (held.Items.Count == 0)
                throw;
            return held.Items[0];
        }
    }

    private static Option<bool> WaitOption() =>
        new("--wait") { Description = "Wait for the end of the tag run, with a progress bar." };

    private static async Task<int> EndAsync(
        Session session,
        TagRunView run,
        bool wait,
        CancellationToken cancellationToken
    )
    {
        if (wait)
            run = await RunFollowing.ToEndAsync(session, run, cancellationToken);
        session.Printer.Value(run, screen => TagText.Write(run, screen));
        return RunText.ExitCode(run.State);
    }
}
