using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Core.Risk;
using Picket.Server.Brakes;
using Picket.Server.Response;
using Picket.Server.Tests.Deployment;
using Picket.Server.Tests.Enrollment;
using Picket.Server.Tests.People;
using Picket.Server.Tests.Response;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Faults;
using LedgerState = Picket.Core.Response.LedgerState;

namespace Picket.Server.Tests.Brakes;

/// <summary>A stop is heard before the next write, wherever it comes from; the UEM's own log of requests decides.</summary>
public sealed class WriteStopTests
{
    private const string Why = "Profiles vanish, we are looking.";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tag_run_of_several_calls_stops_between_them_and_goes_on_after_the_release()
    {
        await using var scene = await TagScene.StartAsync(integration: row => row.TagBatchSize = 5);
        Slow(scene.Uem, "/adddevices");
        var preview = await scene.PreviewAsync();
        var run = await scene.Client.AcceptTagsAsync(scene.Integration, preview.Id, Cancel);
        await HitAsync(scene.Uem);

        var stopped = await scene.Client.StopWritesAsync(Why, Cancel);

        Assert.Equal((Why, 0), (stopped.Stop.Reason, stopped.UnderWay)); // The one that was under way has ended.
        var before = Writes(scene.Uem);
        var waiting = await TagScene.UntilAsync(
            () => scene.Client.TagRunAsync(run.Id, Cancel),
            view => view.State == RunState.Queued && view.IncompleteReasons.Count > 0
        );
        Assert.Contains(Why, Assert.Single(waiting.IncompleteReasons));
        await LookedAsync();
        Assert.Equal(before, Writes(scene.Uem));
        Assert.Equal(5, scene.Actual().Count);
        Assert.Empty(await SentAsync(scene.Picket));
        var brakes = await scene.Client.BrakesAsync(Cancel);
        Assert.Equal((1, stopped.Stop.Number), (brakes.Waiting.TagRuns, brakes.Stop!.Number));

        await scene.Client.ReleaseWritesAsync(stopped.Stop.Number, Cancel);
        // What was approved before somebody stopped is asked about again.
        var held = await scene.EndAsync(run);
        Assert.Equal((RunState.Held, 5), (held.State, scene.Actual().Count));
        // Also where the run hardly notices: stopped and released in one breath.
        Slow(scene.Uem, "/adddevices");
        await scene.Client.ApproveTagsAsync(run.Id, Cancel);
        await HitAsync(scene.Uem);
        stopped = await scene.Client.StopWritesAsync(Why, Cancel);
        await scene.Client.ReleaseWritesAsync(stopped.Stop.Number, Cancel);
        Assert.Equal(RunState.Held, (await scene.EndAsync(run)).State);
        await scene.Client.ApproveTagsAsync(run.Id, Cancel);
        var ended = await scene.EndAsync(run);

        Assert.True(ended.State == RunState.Completed, string.Join("\n", ended.IncompleteReasons));
        Assert.Equal(await scene.WantedAsync(), scene.Actual());
        Assert.Equal(0, ended.Failed);
        Assert.Empty(ended.IncompleteReasons);
        Assert.All(
            (await scene.WritesAsync("AddTag")).Where(write => write.State == Api.LedgerState.Confirmed),
            write => Assert.Equal(0, write.Failed)
        );
    }

    [Fact]
    public async Task No_run_starts_by_itself_while_writes_are_stopped()
    {
        await using var scene = await TagScene.StartAsync();
        await scene.AcceptAsync();
        await scene.Client.StopWritesAsync(Why, Cancel);
        await LookedAsync(); // One that was under way may have seen the time before.
        var runs = (await scene.RunsAsync()).Count;
        scene.Uem.RequestLog.Clear();

        await scene.JudgeAsync(RiskLevel.High, (await scene.DevicesAsync()).Where(Better).Take(2));
        await LookedAsync();

        Assert.Equal(runs, (await scene.RunsAsync()).Count);
        Assert.Equal(0, scene.Uem.RequestLog.Total);
        var waiting = (await scene.Client.BrakesAsync(Cancel)).Waiting;
        Assert.Equal((0, 2), (waiting.TagRuns, waiting.Devices));
        await scene.Client.ReleaseWritesAsync(cancellationToken: Cancel);
        await scene.SettledAsync();
    }

    [Fact]
    public async Task An_import_stops_before_its_next_line_and_makes_each_user_once()
    {
        await using var scene = await ImportScene.StartAsync();
        var check = await scene.CheckAsync(
            ImportKind.Users,
            "user_name,first_name",
            "stop.one,One",
            "stop.two,Two",
            "stop.three,Three"
        );
        Slow(scene.Uem, "/adduser");
        // A line that was marked and met the gate is neither refused nor unclear: it waits.
        var gate = scene.Picket.Service<WriteGate>();
        gate.Close("In this very moment.");
        await scene.Client.StartImportAsync(check.Id, Cancel);
        var refused = await TagScene.UntilAsync(
            () => scene.Client.ImportAsync(check.Id, Cancel),
            view => view.Reasons.Count > 0
        );
        Assert.Equal((ImportState.Queued, 3, 0, 0), (refused.State, refused.Waiting, refused.Unclear, refused.Failed));
        Assert.Empty(await SentAsync(scene.Picket));
        gate.Open();
        await scene.Picket.Service<WriteBrake>().ReadAsync(Cancel);
        await HitAsync(scene.Uem);

        await scene.Client.StopWritesAsync(Why, Cancel);

        var before = scene.Writes;
        var waiting = await TagScene.UntilAsync(
            () => scene.Client.ImportAsync(check.Id, Cancel),
            view => view.State == ImportState.Queued && view.Reasons.Count > 0
        );
        Assert.Contains(Why, Assert.Single(waiting.Reasons));
        await LookedAsync();
        Assert.Equal((before, 1), (scene.Writes, before));
        Assert.Equal(["stop.one"], scene.Users("stop."));
        Assert.Empty(await SentAsync(scene.Picket));

        await scene.Client.ReleaseWritesAsync(cancellationToken: Cancel);
        var ended = await scene.EndAsync(check.Id);

        Assert.True(ended.State == ImportState.Completed, string.Join("\n", ended.Reasons));
        Assert.Equal((3, 0, 0, 0), (ended.Done, ended.Failed, ended.Unclear, ended.Waiting));
        Assert.Equal(3, scene.Writes);
        Assert.Equal(["stop.one", "stop.three", "stop.two"], scene.Users("stop."));
    }

    [Fact]
    public async Task Messages_stop_before_the_next_one_and_nobody_gets_two()
    {
        await using var scene = await NudgeScene.StartAsync();
        // The gate alone is closed, as in the moment in which a stop is being kept: what was marked already is refused there.
        var gate = scene.Picket.Service<WriteGate>();
        gate.Close("In this very moment.");
        scene.OnMessage(FaultAction.Slow, times: 1, milliseconds: 1000);
        var nudge = await scene.NudgeAsync();
        var refused = await TagScene.UntilAsync(
            () => scene.Client.NudgeAsync(nudge.Id, Cancel),
            view => view.Reason is not null
        );
        Assert.Equal((NudgeState.Sending, 0, 0), (refused.State, refused.Sent, refused.Unclear));
        Assert.Equal(0, scene.Messages);
        Assert.Empty(await SentAsync(scene.Picket));
        // The UEM refused nothing: the ledger says that it was not sent, and why. The next try may be on its way to the gate.
        var writes = await TagScene.UntilAsync(
            async () =>
                (await scene.Client.Ledger(new LedgerFilter()).ToListAsync(Cancel))
                    .Where(row => row.Kind == "SendMessage")
                    .ToList(),
            rows => rows.TrueForAll(row => row.State != Api.LedgerState.Sent)
        );
        Assert.All(
            writes,
            write =>
            {
                Assert.Equal((Api.LedgerState.Discarded, 0), (write.State, write.Failed));
                Assert.Contains("In this very moment.", write.Message);
            }
        );
        gate.Open();
        await HitAsync(scene.Uem);

        await scene.Client.StopWritesAsync(Why, Cancel);

        var waiting = await TagScene.UntilAsync(
            () => scene.Client.NudgeAsync(nudge.Id, Cancel),
            view => view.Reason?.Contains(Why, StringComparison.Ordinal) is true
        );
        Assert.Equal(NudgeState.Sending, waiting.State);
        await LookedAsync();
        Assert.Equal(1, scene.Messages);
        Assert.Empty(await SentAsync(scene.Picket));
        Assert.Equal(9, (await scene.Client.BrakesAsync(Cancel)).Waiting.Messages);

        await scene.Client.ReleaseWritesAsync(cancellationToken: Cancel);
        var ended = await scene.EndAsync(nudge.Id);

        Assert.Equal((NudgeState.Completed, 10, 0), (ended.State, ended.Sent, ended.Unclear));
        Assert.Null(ended.Reason);
        Assert.All(scene.Got(), got => Assert.Equal(1, got));
    }

    [Fact]
    public async Task A_publication_waits_with_its_ring_and_one_that_only_watches_goes_on_reading()
    {
        await using var scene = await PublicationScene.StartAsync();
        var watching = await scene.StartedAsync(PublicationScene.Wish("Other", PublicationScene.Canary));
        await scene.WatchingAsync(watching.Id);
        await scene.Client.StopWritesAsync(Why, Cancel);
        scene.Uem.RequestLog.Clear();

        var started = await scene.StartedAsync(PublicationScene.Wish(groups: PublicationScene.Everybody));

        var waiting = await scene.UntilAsync(started.Id, view => view.Reason is not null);
        Assert.Equal((PublicationState.Running, RingState.Writing), (waiting.State, waiting.Rings[0].State));
        Assert.Contains(Why, waiting.Reason);
        await LookedAsync();
        Assert.Empty(Writes(scene.Uem));

        await scene.Client.ReleaseWritesAsync(cancellationToken: Cancel);
        await scene.WatchingAsync(started.Id);
        // Its ring is told first, and then that it waits no more.
        await scene.UntilAsync(started.Id, view => view.Reason?.Contains(Why, StringComparison.Ordinal) is not true);

        // To take back is to write, and waits as well.
        await scene.Client.StopWritesAsync(Why, Cancel);
        scene.Uem.RequestLog.Clear();
        await scene.Client.UndoPublicationAsync(started.Id, cancellationToken: Cancel);
        var undoing = await scene.UntilAsync(started.Id, view => view.Reason is not null);
        Assert.Equal(PublicationState.Undoing, undoing.State);
        Assert.Contains(Why, undoing.Reason);
        Assert.Empty(Writes(scene.Uem));
        await scene.Client.ReleaseWritesAsync(cancellationToken: Cancel);
        await scene.UntilAsync(started.Id, view => view.State == PublicationState.Undone);
    }

    [Fact]
    public async Task What_a_person_wants_at_this_moment_is_refused_with_the_reason()
    {
        await using var scene = await PublicationScene.StartAsync();
        await scene.Client.StopWritesAsync(Why, Cancel);

        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.Client.AddStoreAppAsync(
                scene.Integration,
                new AddStoreApp
                {
                    Name = "Late",
                    BundleId = "com.example.late",
                    Platform = AppPlatform.Android,
                },
                Cancel
            )
        );

        Assert.Equal((409, "All writes are stopped"), ((int)refused.Status, refused.Problem.Title));
        Assert.Contains(Why, refused.Problem.Detail);
        Assert.Empty(await SentAsync(scene.Picket));
    }

    [Fact]
    public async Task A_server_that_starts_anew_is_still_stopped()
    {
        await using var scene = await TagScene.StartAsync();
        await scene.AcceptAsync();
        var stopped = await scene.Client.StopWritesAsync(Why, Cancel);
        await scene.JudgeAsync(RiskLevel.High, (await scene.DevicesAsync()).Where(Better).Take(2));
        var run = await scene.Client.RunTagsAsync(scene.Integration, Cancel);
        scene.Uem.RequestLog.Clear();

        await scene.Picket.RestartAsync();
        await LookedAsync();

        Assert.Empty(Writes(scene.Uem));
        Assert.Equal(stopped.Stop.Number, (await scene.Client.BrakesAsync(Cancel)).Stop!.Number);
        Assert.Equal(RunState.Queued, (await scene.Client.TagRunAsync(run.Id, Cancel)).State);

        await scene.Client.ReleaseWritesAsync(cancellationToken: Cancel);
        Assert.Equal(RunState.Completed, (await scene.EndAsync(run)).State);
        await scene.SettledAsync();
    }

    /// <summary>However the two meet: once the stop has answered, the UEM hears of no further write.</summary>
    [Fact]
    public async Task Nothing_begins_after_the_answer_when_a_run_starts_at_the_same_moment()
    {
        await using var scene = await TagScene.StartAsync(integration: row => row.TagBatchSize = 1);
        await scene.AcceptAsync();
        var levels = new[] { RiskLevel.High, RiskLevel.Low };
        var devices = (await scene.DevicesAsync()).Where(row => row.Level != RiskLevel.Unknown).Take(4).ToList();
        for (var round = 0; round < 8; round++)
        {
            await scene.JudgeAsync(levels[round % 2], devices);
            await Task.Delay(TimeSpan.FromMilliseconds(round * 12), TimeProvider.System, Cancel);

            await scene.Client.StopWritesAsync($"Round {round}", Cancel);

            var before = Writes(scene.Uem);
            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System, Cancel);
            Assert.Equal(before, Writes(scene.Uem));
            Assert.Empty(await SentAsync(scene.Picket));
            await scene.Client.ReleaseWritesAsync(cancellationToken: Cancel);
            await scene.SettledAsync();
        }

        Assert.Equal(8, (await scene.Client.WriteStops().ToListAsync(Cancel)).Count);
    }

    [Fact]
    public async Task A_stop_needs_a_reason_is_told_wherever_somebody_looks_and_stands_in_history_and_audit()
    {
        await using var scene = await TagScene.StartAsync();
        foreach (var reason in new[] { "", "  ", new string('x', StopWrites.LongestReason + 1) })
        {
            Assert.Equal(400, await StatusAsync(() => scene.Client.StopWritesAsync(reason, Cancel)));
        }

        Assert.Null((await scene.Client.BrakesAsync(Cancel)).Stop);
        var stopped = await scene.Client.StopWritesAsync(Why, Cancel);

        var again = await scene.Client.StopWritesAsync("Me, too", Cancel);
        Assert.Equal((stopped.Stop.Number + 1, "Me, too"), (again.Stop.Number, again.Stop.Reason));
        Assert.Equal((stopped.Stop.Number, Why), (again.Before!.Number, again.Before.Reason));
        Assert.Empty(again.Unseen);
        // Who has not seen the second one does not release it.
        Assert.Equal(409, await StatusAsync(() => scene.Client.ReleaseWritesAsync(stopped.Stop.Number, Cancel)));
        await Task.Delay(TimeSpan.FromSeconds(1.1), TimeProvider.System, Cancel); // As long as an overview is good for.
        var warning = (await scene.Client.OverviewAsync(Cancel)).Warnings[0];
        Assert.Contains("All writes to every UEM are stopped by", warning);
        Assert.Contains("Me, too", warning);
        Assert.Contains(
            "All writes to the UEM are stopped",
            await scene.Picket.Http.GetStringAsync("/health/ready", Cancel)
        );

        var released = await scene.Client.ReleaseWritesAsync(again.Stop.Number, Cancel);

        Assert.NotNull(released.ReleasedAt);
        Assert.Equal("Healthy", await scene.Picket.Http.GetStringAsync("/health/ready", Cancel));
        var history = await scene.Client.WriteStops().ToListAsync(Cancel);
        Assert.Equal(["Me, too", Why], history.Select(stop => stop.Reason));
        Assert.All(
            history,
            stop => Assert.All<object?>([stop.ReleasedAt, stop.StoppedBy, stop.ReleasedBy], Assert.NotNull)
        );
        foreach (var (action, times) in new[] { ("writes.stopped", 2), ("writes.released", 1) })
        {
            var told = await scene.Client.Audit(new AuditFilter { Action = action }).ToListAsync(Cancel);
            Assert.Equal(times, told.Count);
        }

        await StopsThatMeetReleasesStandAsync(scene);
        await WhatCannotBeStoredStaysClosedAsync(scene);
    }

    /// <summary>However they meet: a stop that was answered is in force until somebody releases that very one.</summary>
    private static async Task StopsThatMeetReleasesStandAsync(TagScene scene)
    {
        for (var round = 0; round < 5; round++)
        {
            var first = await scene.Client.StopWritesAsync(Why, Cancel);
            var release = StatusOrOkAsync(() => scene.Client.ReleaseWritesAsync(first.Stop.Number, Cancel));
            var second = await scene.Client.StopWritesAsync("Meanwhile", Cancel);
            await release;

            Assert.Equal(second.Stop.Number, (await scene.Client.BrakesAsync(Cancel)).Stop?.Number);
            Assert.NotNull(scene.Picket.Service<WriteGate>().Closed);
            await scene.Client.ReleaseWritesAsync(second.Stop.Number, Cancel);
            Assert.Null(scene.Picket.Service<WriteGate>().Closed);
            Assert.All(await scene.Client.WriteStops().ToListAsync(Cancel), stop => Assert.NotNull(stop.ReleasedAt));
        }
    }

    private static async Task WhatCannotBeStoredStaysClosedAsync(TagScene scene)
    {
        await using var db = scene.Picket.OpenDatabase();
        await db.Database.ExecuteSqlRawAsync(
            "CREATE TRIGGER full BEFORE INSERT ON write_stops BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
            Cancel
        );
        var refused = await Assert.ThrowsAsync<PicketApiException>(() => scene.Client.StopWritesAsync(Why, Cancel));

        Assert.Equal((503, "Closed here, not stored"), ((int)refused.Status, refused.Problem.Title));
        Assert.Contains(Why, scene.Picket.Service<WriteGate>().Closed);
        var told = (await scene.Client.BrakesAsync(Cancel)).Stop!;
        Assert.Equal((false, Why, 0), (told.Stored, told.Reason, told.Number));
        await scene.Client.ReleaseWritesAsync(told.Number, Cancel);
        Assert.Null(scene.Picket.Service<WriteGate>().Closed);

        await StatusAsync(() => scene.Client.StopWritesAsync("Again", Cancel));
        await db.Database.ExecuteSqlRawAsync("DROP TRIGGER full", Cancel);
        var stored = await TagScene.UntilAsync(
            () => scene.Client.BrakesAsync(Cancel),
            brakes => brakes.Stop?.Stored is not false
        );
        Assert.Equal("Again", stored.Stop!.Reason);
        Assert.NotNull(scene.Picket.Service<WriteGate>().Closed);
        await scene.Client.ReleaseWritesAsync(stored.Stop.Number, Cancel);
    }

    private static async Task<int> StatusOrOkAsync(Func<Task> ask)
    {
        try
        {
            await ask();
            return 200;
        }
        catch (PicketApiException refused)
        {
            return (int)refused.Status;
        }
    }

    [Fact]
    public async Task Whoever_operates_one_integration_may_stop_and_only_who_administers_all_may_release()
    {
        await using var scene = await TagScene.StartAsync();
        using var analyst = await Colleague.JoinAsync(scene.Picket, new Grant(Role.Analyst, scene.Integration));
        using var administrator = await Colleague.JoinAsync(
            scene.Picket,
            new Grant(Role.Administrator, scene.Integration)
        );
        using var auditor = await Colleague.JoinAsync(scene.Picket, new Grant(Role.Auditor, null));
        Assert.Equal(403, await StatusAsync(() => auditor.Client.StopWritesAsync(Why, Cancel)));

        var stopped = await analyst.Client.StopWritesAsync(Why, Cancel);

        Assert.Equal(403, await StatusAsync(() => analyst.Client.ReleaseWritesAsync(cancellationToken: Cancel)));
        Assert.Equal(403, await StatusAsync(() => administrator.Client.ReleaseWritesAsync(cancellationToken: Cancel)));
        Assert.Equal(Why, (await auditor.Client.BrakesAsync(Cancel)).Stop!.Reason);
        Assert.Equal(409, await StatusAsync(() => scene.Client.ReleaseWritesAsync(stopped.Stop.Number + 1, Cancel)));
        await scene.Client.ReleaseWritesAsync(stopped.Stop.Number, Cancel);
        Assert.Equal(409, await StatusAsync(() => scene.Client.ReleaseWritesAsync(cancellationToken: Cancel)));
    }

    private static bool Better(Server.Inventory.DeviceRow row) => row.Level is RiskLevel.Secure or RiskLevel.Low;

    private static async Task<int> StatusAsync(Func<Task> ask) =>
        (int)(await Assert.ThrowsAsync<PicketApiException>(ask)).Status;

    private static void Slow(EmulatorHost uem, string path) =>
        uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = path,
                Action = FaultAction.Slow,
                Milliseconds = 1000,
                Times = 1,
            }
        );

    private static Task<int> HitAsync(EmulatorHost uem) =>
        TagScene.UntilAsync(() => Task.FromResult(uem.FaultHits[0]), hits => hits > 0);

    /// <summary>Long enough for every worker to look several times.</summary>
    private static Task LookedAsync() => Task.Delay(TimeSpan.FromMilliseconds(600), TimeProvider.System, Cancel);

    private static List<string> Writes(EmulatorHost uem) =>
        [.. uem.RequestLog.Entries.Where(call => call.Method != "GET").Select(call => $"{call.Method} {call.Path}")];

    /// <summary>Entries that say to have been sent and of which nothing is known: none may be left by a stop.</summary>
    private static async Task<List<LedgerEntryRow>> SentAsync(PicketApplication picket)
    {
        await using var db = picket.OpenDatabase();
        return await db.Ledger.Where(row => row.State == LedgerState.Sent).ToListAsync(Cancel);
    }
}
