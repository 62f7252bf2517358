using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket appgroups</c>: lists of denied apps in the UEM.</summary>
internal static class AppGroupCommands
{
    private static readonly Column<AppGroupRunView>[] Columns =
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
        new("appgroups", "Lists of denied apps in the UEM, for its own compliance to act on.")
        {
            Show(cli),
            Preview(cli),
            Accept(cli),
            Run(cli),
            Brake(cli),
            Off(cli),
            Adopt(cli),
            CleanUp(cli),
            Runs(cli),
            OnRun(
                cli,
                "approve",
                "Let a held run of app groups go on.",
                "picket appgroups approve 0198c0de-0000-7000-8000-00000000000f",
                (client, id, token) => client.ApproveAppGroupsAsync(id, token)
            ),
            OnRun(
                cli,
                "discard",
                "End a held run of app groups without a write.",
                "picket appgroups discard 0198c0de-0000-7000-8000-00000000000f",
                (client, id, token) => client.DiscardAppGroupsAsync(id, token)
            ),
            OnRun(
                cli,
                "cancel",
                "Stop a run of app groups before its next write.",
                "picket appgroups cancel 0198c0de-0000-7000-8000-00000000000f",
                (client, id, token) => client.CancelAppGroupRunAsync(id, token)
            ),
        };

    private static Command Show(Cli cli)
    {
        var which = Targets.IntegrationArgument();
        return cli.Command(
            "show",
            "Show the lists, which apps are on them and why; 1 while a run is held.",
            "picket appgroups show Acme",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var now = await session.Client.AppGroupsAsync(id, cancellationToken);
                session.Printer.Value(now, screen => AppGroupText.Write(now, screen));
                return now.Held is null ? ExitCodes.Ok : ExitCodes.Problem;
            },
            which
        );
    }

    private static Command Preview(Cli cli)
    {
        var which = Targets.IntegrationArgument();
        return cli.Command(
            "preview",
            "Say what would be written to the UEM's app groups; writes nothing.",
            "picket appgroups preview Acme",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var preview = await session.Client.PreviewAppGroupsAsync(id, cancellationToken);
                session.Printer.Value(preview, screen => AppGroupText.Write(preview, screen));
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
            "Accept a preview: switches the lists on and writes them.",
            "picket appgroups accept 0198c0de-0000-7000-8000-000000000010 --integration Acme --wait",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var run = await session.Client.AcceptAppGroupsAsync(id, session.Get(preview), cancellationToken);
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
            "Read the lists back and make them true now.",
            "picket appgroups run Acme --wait",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var run = await session.Client.RunAppGroupsAsync(id, cancellationToken);
                return await EndAsync(session, run, session.Get(wait), cancellationToken);
            },
            which,
            wait
        );
    }

    private static Command Brake(Cli cli)
    {
        var which = Targets.IntegrationArgument();
        var most = new Option<int?>("--apps")
        {
            Description =
                "Apps that may be added and taken out within an hour before a person is asked, 0 to 1000 (10).",
            HelpName = "APPS",
        };
        return cli.Command(
            "brake",
            "Show or change how many apps may change before a person is asked.",
            "picket appgroups brake Acme --apps 5",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var now = session.Get(most) is { } apps
                    ? await session.Client.SetAppGroupsAsync(
                        id,
                        new SetAppGroups { MostChanges = apps },
                        cancellationToken
                    )
                    : await session.Client.AppGroupsAsync(id, cancellationToken);
                session.Printer.Value(now, screen => screen.Pairs(("Apps within an hour", now.MostChanges)));
                return ExitCodes.Ok;
            },
            which,
            most
        );
    }

    private static Command Off(Cli cli)
    {
        var which = Targets.IntegrationArgument();
        return cli.Command(
            "off",
            "Switch the lists off; what is in the UEM stays.",
            "picket appgroups off Acme",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var wish = new SetAppGroups { Enabled = false };
                var now = await session.Client.SetAppGroupsAsync(id, wish, cancellationToken);
                session.Printer.Value(now, screen => AppGroupText.Write(now, screen));
                return ExitCodes.Ok;
            },
            which
        );
    }

    private static Command Adopt(Cli cli)
    {
        var number = new Argument<int>("number") { Description = "The UEM's number of the app group." };
        var which = Targets.IntegrationOption();
        return cli.Command(
            "adopt",
            "Let Picket keep an app group that was there before it. The apps in it stay.",
            "picket appgroups adopt 601 --integration Acme",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var now = await session.Client.AdoptAppGroupAsync(id, session.Get(number), cancellationToken);
                session.Printer.Value(now, screen => AppGroupText.Write(now, screen));
                return ExitCodes.Ok;
            },
            number,
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
            "Switch the lists off and take what Picket put there out of the UEM.",
            "picket appgroups clean-up Acme --wait",
            async (session, cancellationToken) =>
            {
                var id = await session.IntegrationAsync(session.Get(which), cancellationToken);
                var view = await session.Client.IntegrationAsync(id, cancellationToken);
                session.Confirm(
                    yes,
                    $"Switch the lists of denied apps of integration '{view.Name}' off, and delete what Picket put into the UEM?"
                );
                var run = await session.Client.CleanUpAppGroupsAsync(id, cancellationToken);
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
            "List the runs of app groups, newest first.",
            "picket appgroups runs --state held",
            async (session, cursor, limit, cancellationToken) =>
            {
                var id = await session.IntegrationOrAllAsync(integration, cancellationToken);
                return session.Client.AppGroupRuns(
                    new AppGroupRunFilter
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

    private static Command OnRun(
        Cli cli,
        string name,
        string description,
        string example,
        Func<PicketClient, Guid, CancellationToken, Task<AppGroupRunView>> act
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
                session.Printer.Value(run, screen => AppGroupText.Write(run, screen));
                return ExitCodes.Ok;
            },
            id
        );
    }

    private static Option<bool> WaitOption() => new("--wait") { Description = "Wait for the end of the run." };

    private static async Task<int> EndAsync(
        Session session,
        AppGroupRunView run,
        bool wait,
        CancellationToken cancellationToken
    )
    {
        if (wait)
            run = await RunFollowing.ToEndAsync(session, run, cancellationToken);
        session.Printer.Value(run, screen => AppGroupText.Write(run, screen));
        return RunText.ExitCode(run.State);
    }
}
