using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Picket.Api;
using Picket.Server.Inventory;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Sync;

public sealed class RunTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Removes_with_history_what_a_complete_listing_lacks()
    {
        await using var scene = await SyncScene.StartAsync(new EmulatorOptions { Devices = 60 });
        await scene.RunAsync();
        var lost = scene.Uem.Fleet.All.First();
        scene.Uem.Fleet.Remove(lost);

        var run = await scene.RunAsync();

        var row = (await scene.DevicesAsync()).Single(device => device.RemoteId == lost.Id);
        Assert.Equal((RunState.Completed, 1), (run.State, run.Counts["devices"].Removed));
        Assert.NotNull(row.GoneAt);
        await using var db = scene.Picket.OpenDatabase();
        Assert.Contains(db.DeviceChanges, change => change.DeviceId == row.Id && change.After == "gone");
    }

    [Fact]
    public async Task Holds_a_run_that_would_lose_most_of_the_fleet_until_somebody_decides()
    {
        await using var scene = await SyncScene.StartAsync(new EmulatorOptions { Devices = 200 });
        await scene.RunAsync();
        var lost = scene.Uem.Fleet.RemoveShare(0.6);

        var held = await scene.RunAsync();
        var whileHeld = await scene.DevicesAsync();
        var second = await Assert.ThrowsAsync<PicketApiException>(() => scene.RunAsync());
        var discarded = await scene.Picket.Client.DiscardRunAsync(held.Id, Cancel);
        var afterDiscard = await scene.DevicesAsync();
        var again = await scene.RunAsync();
        await scene.Picket.Client.ApproveRunAsync(again.Id, Cancel);
        var approved = await scene.EndAsync(again.Id);

        Assert.Equal((RunState.Held, lost, 200), (held.State, held.Hold?.Lost, held.Hold?.Stored));
        Assert.All(whileHeld, row => Assert.Null(row.GoneAt));
        Assert.Equal((HttpStatusCode.Conflict, held.Id), (second.Status, second.Problem.Run?.Id));
        Assert.Equal(RunState.Incomplete, discarded.State);
        Assert.All(afterDiscard, row => Assert.Null(row.GoneAt));
        Assert.Equal(RunState.Held, again.State);
        Assert.True(approved.State == RunState.Completed, string.Join("\n", approved.IncompleteReasons));
        Assert.Equal(lost, (await scene.DevicesAsync()).Count(row => row.GoneAt is not null));
        Assert.Equal(scene.Truth(), await scene.PresentAsync());
    }

    [Fact]
    public async Task Says_what_state_forbids_it_to_cancel_approve_or_discard_a_run_and_what_to_do_next()
    {
        await using var scene = await SyncScene.StartAsync(new EmulatorOptions { Devices = 200 });
        var client = scene.Picket.Client;
        var over = await scene.RunAsync();
        scene.Uem.Fleet.RemoveShare(0.6);
        var held = await scene.RunAsync();

        Problem[] ofOver =
        [
            await ConflictAsync(() => client.CancelRunAsync(over.Id, Cancel)),
            await ConflictAsync(() => client.ApproveRunAsync(over.Id, Cancel)),
            await ConflictAsync(() => client.DiscardRunAsync(over.Id, Cancel)),
        ];
        var ofHeld = await ConflictAsync(() => client.CancelRunAsync(held.Id, Cancel));
        var unknown = await Assert.ThrowsAsync<PicketApiException>(() => client.CancelRunAsync(Guid.NewGuid(), Cancel));

        Assert.All(ofOver, problem => Assert.StartsWith($"Run {over.Id} is Completed, not ", problem.Detail));
        Assert.All(ofOver, problem => Assert.Contains("picket sync", problem.Next));
        Assert.Equal($"Run {held.Id} is Held, not queued or running.", ofHeld.Detail);
        Assert.Contains($"picket runs discard {held.Id}", ofHeld.Next);
        Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
        Assert.Equal(RunState.Held, (await client.RunAsync(held.Id, Cancel)).State);
    }

    [Fact]
    public async Task Approves_and_discards_no_run_that_still_reads()
    {
        await using var scene = await SyncScene.StartAsync();
        var client = scene.Picket.Client;
        Hold(scene, "tags/search", 1500);
        var run = await client.StartRunAsync(scene.Integration, new StartRun(), Cancel);
        await scene.AtStageAsync(run.Id, "tags");

        var approved = await ConflictAsync(() => client.ApproveRunAsync(run.Id, Cancel));
        var discarded = await ConflictAsync(() => client.DiscardRunAsync(run.Id, Cancel));

        Assert.Equal($"Run {run.Id} is Running, not held.", approved.Detail);
        Assert.Contains($"picket runs cancel {run.Id}", discarded.Next);
        Assert.Equal(RunState.Completed, (await scene.EndAsync(run.Id)).State);
    }

    [Fact]
    public async Task Lets_one_of_two_runs_in_that_are_asked_for_at_once()
    {
        await using var scene = await SyncScene.StartAsync();
        Hold(scene, "admins/search", 1500);

        var asked = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TryStartAsync(scene, new StartRun())));

        var started = Assert.Single(asked, answer => answer.Started is not null).Started!;
        Assert.All(
            asked.Where(answer => answer.Started is null),
            answer =>
                Assert.Equal(
                    (HttpStatusCode.Conflict, started.Id),
                    (answer.Refused!.Status, answer.Refused.Problem.Run!.Id)
                )
        );
        Assert.Equal(RunState.Completed, (await scene.EndAsync(started.Id)).State);
        Assert.Equal(1, scene.Uem.RequestLog.Count("GET mdm/devices/search"));
    }

    [Fact]
    public async Task Stops_a_run_when_asked_and_keeps_what_it_read()
    {
        await using var scene = await SyncScene.StartAsync();
        Hold(scene, "tags/search", 20_000);
        var run = await scene.Picket.Client.StartRunAsync(scene.Integration, new StartRun(), Cancel);
        await scene.AtStageAsync(run.Id, "tags");

        await scene.Picket.Client.CancelRunAsync(run.Id, Cancel);
        var ended = await scene.EndAsync(run.Id);
        var next = await scene.RunAsync();

        Assert.Equal(RunState.Cancelled, ended.State);
        Assert.Equal(60, ended.Counts["devices"].Added);
        Assert.Equal(RunState.Completed, next.State);
        Assert.DoesNotContain("Error Picket.Server.Sync", scene.Picket.Logs.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancels_the_run_that_was_meant_and_not_the_one_after_it()
    {
        await using var scene = await SyncScene.StartAsync();
        await scene.RunAsync();
        var device = (await scene.DevicesAsync())[0];
        Hold(scene, "tags/search", 20_000);
        var full = await scene.Picket.Client.StartRunAsync(scene.Integration, new StartRun(), Cancel);
        await scene.AtStageAsync(full.Id, "tags");
        var one = await scene.Picket.Client.StartRunAsync(
            scene.Integration,
            new StartRun(RunKind.Device, device.Id),
            Cancel
        );

        await scene.Picket.Client.CancelRunAsync(full.Id, Cancel);

        Assert.Equal(RunState.Cancelled, (await scene.EndAsync(full.Id)).State);
        Assert.Equal(RunState.Completed, (await scene.EndAsync(one.Id)).State);
    }

    [Fact]
    public async Task Cancels_a_run_that_waits_for_its_turn()
    {
        await using var scene = await SyncScene.StartAsync();
        await scene.RunAsync();
        var device = (await scene.DevicesAsync())[0];
        Hold(scene, "tags/search", 2000);
        var full = await scene.Picket.Client.StartRunAsync(scene.Integration, new StartRun(), Cancel);
        await scene.AtStageAsync(full.Id, "tags");
        var one = await scene.Picket.Client.StartRunAsync(
            scene.Integration,
            new StartRun(RunKind.Device, device.Id),
            Cancel
        );

        await scene.Picket.Client.CancelRunAsync(one.Id, Cancel);

        Assert.Equal(RunState.Completed, (await scene.EndAsync(full.Id)).State);
        var cancelled = await scene.EndAsync(one.Id);
        Assert.Equal((RunState.Cancelled, 0), (cancelled.State, cancelled.UemCalls));
    }

    [Fact]
    public async Task Reads_single_devices_while_a_run_is_held_each_by_one_run()
    {
        await using var scene = await SyncScene.StartAsync(new EmulatorOptions { Devices = 200 });
        await scene.RunAsync();
        var devices = await scene.DevicesAsync();
        scene.Uem.Fleet.RemoveShare(0.6);
        var held = await scene.RunAsync();
        var there = scene.Uem.Fleet.All.First().Id;
        var device = devices.Single(row => row.RemoteId == there);
        Hold(scene, $"devices/{there}", 1500);

        var asked = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => TryStartAsync(scene, new StartRun(RunKind.Device, device.Id)))
        );

        var started = Assert.Single(asked, answer => answer.Started is not null).Started!;
        Assert.Equal(RunState.Held, held.State);
        Assert.Equal(RunState.Completed, (await scene.EndAsync(started.Id)).State);
        Assert.All(
            asked.Where(answer => answer.Started is null),
            answer => Assert.Equal(started.Id, answer.Refused!.Problem.Run!.Id)
        );
        Assert.Equal(
            HttpStatusCode.Conflict,
            (await Assert.ThrowsAsync<PicketApiException>(() => scene.RunAsync(RunKind.Incremental))).Status
        );
    }

    [Theory]
    [InlineData(RunKind.Device)]
    [InlineData(RunKind.Incremental)]
    public async Task Leaves_the_time_of_the_next_full_run_to_full_runs(RunKind kind)
    {
        await using var scene = await SyncScene.StartAsync();
        await scene.RunAsync();
        var due = TimeProvider.System.GetUtcNow().AddMinutes(37);
        await using (var db = scene.Picket.OpenDatabase())
        {
            await db.Integrations.ExecuteUpdateAsync(set => set.SetProperty(row => row.NextRunAt, due), Cancel);
        }

        var before = (await scene.IntegrationAsync()).NextRunAt;
        await scene.RunAsync(kind, (await scene.DevicesAsync())[0].Id);

        Assert.Equal(before, (await scene.IntegrationAsync()).NextRunAt);
    }

    [Fact]
    public async Task Starts_runs_by_the_clock_and_never_all_integrations_at_once()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.Zero));
        await using var scene = await SyncScene.StartAsync(
            integration: row => row.NextRunAt = time.GetUtcNow().AddHours(4),
            time: time
        );
        var early = await scene.Picket.Client.Runs().CountAsync(Cancel);

        var first = await scene.DueRunAsync(time, TimeSpan.FromHours(4));
        var next = (await scene.IntegrationAsync()).NextRunAt!.Value;
        var second = await scene.DueRunAsync(time, next - time.GetUtcNow());

        Assert.Equal(0, early);
        Assert.Equal((RunState.Completed, RunTrigger.Schedule), (first.State, first.Trigger));
        Assert.Equal((RunState.Completed, RunTrigger.Schedule), (second.State, second.Trigger));
        Assert.InRange(next - first.StartedAt!.Value, TimeSpan.FromHours(3.6), TimeSpan.FromHours(4.4));
        Assert.NotEqual(TimeSpan.FromHours(4), next - first.StartedAt.Value);
        Assert.True(second.StartedAt >= next);
    }

    [Fact]
    public async Task Starts_runs_that_are_due_and_names_the_next_one()
    {
        await using var scene = await SyncScene.StartAsync(integration: row =>
            row.NextRunAt = TimeProvider.System.GetUtcNow()
        );

        RunView? run = null;
        while (run is null)
        {
            run = await scene.Picket.Client.Runs().FirstOrDefaultAsync(Cancel);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancel);
        }

        var ended = await scene.EndAsync(run.Id);

        Assert.Equal((RunState.Completed, RunTrigger.Schedule), (ended.State, ended.Trigger));
        var next = (await scene.IntegrationAsync()).NextRunAt!.Value - ended.StartedAt!.Value;
        Assert.InRange(next, TimeSpan.FromHours(3.5), TimeSpan.FromHours(4.5));
    }

    [Fact]
    public async Task Reads_details_within_the_budget_and_goes_on_in_the_next_run()
    {
        await using var scene = await SyncScene.StartAsync(new EmulatorOptions { Devices = 200, DailyQuota = 150 });

        var run = await scene.RunAsync();

        var read = (await scene.DevicesAsync()).Count(row => row.SecurityState == DetailState.Known);
        Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
        Assert.InRange(read, 20, 70);
        Assert.True(scene.Uem.RequestLog.Total <= 135);
    }

    private static void Hold(SyncScene scene, string path, int milliseconds) =>
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = path,
                Action = FaultAction.Slow,
                Milliseconds = milliseconds,
                Times = 1,
            }
        );

    private static async Task<Problem> ConflictAsync(Func<Task> act)
    {
        var refused = await Assert.ThrowsAsync<PicketApiException>(act);
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        return refused.Problem;
    }

    private static async Task<(RunView? Started, PicketApiException? Refused)> TryStartAsync(
        SyncScene scene,
        StartRun start
    )
    {
        try
        {
            return (await scene.Picket.Client.StartRunAsync(scene.Integration, start, Cancel), null);
        }
        catch (PicketApiException refused)
        {
            return (null, refused);
        }
    }
}
