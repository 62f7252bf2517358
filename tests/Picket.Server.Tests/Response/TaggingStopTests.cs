using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Inventory;
using Picket.Server.Response;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Response;

/// <summary>Whoever says stop is heard before the next write.</summary>
public sealed class TaggingStopTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Stops =>
        new()
        {
            { "writing", "Writing is switched off" },
            { "pause", "paused" },
            { "cancel", "cancelled" },
        };

    [Theory]
    [MemberData(nameof(Stops))]
    public async Task Stops_a_run_before_its_next_write(string how, string reason)
    {
        await using var scene = await TagScene.StartAsync(integration: row => row.TagBatchSize = 5);
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/adddevices",
                Action = FaultAction.Slow,
                Milliseconds = 1500,
                Times = 1,
            }
        );
        var preview = await scene.PreviewAsync();
        var run = await scene.Client.AcceptTagsAsync(scene.Integration, preview.Id, Cancel);
        await TagScene.UntilAsync(() => Task.FromResult(scene.Uem.FaultHits[0]), hits => hits > 0);

        await StopAsync(scene, how, run.Id);
        var ended = await scene.EndAsync(run);

        Assert.Equal(RunState.Cancelled, ended.State);
        Assert.Contains(ended.IncompleteReasons, line => line.Contains(reason, StringComparison.Ordinal));
        Assert.Equal(1, scene.BulkCalls);
        Assert.Equal(5, scene.Actual().Count);
        Assert.Equal(scene.Actual(), await scene.LedgerAsync());
        Assert.Equal((5, 0), (ended.Confirmed, ended.Failed));
    }

    [Fact]
    public async Task A_run_that_waited_through_a_stop_does_again_what_somebody_undid_meanwhile()
    {
        await using var scene = await TagScene.StartAsync(integration: row => row.TagBatchSize = 5);
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/adddevices",
                Action = FaultAction.Slow,
                Milliseconds = 1500,
                Times = 1,
            }
        );
        var preview = await scene.PreviewAsync();
        var run = await scene.Client.AcceptTagsAsync(scene.Integration, preview.Id, Cancel);
        await TagScene.UntilAsync(() => Task.FromResult(scene.Uem.FaultHits[0]), hits => hits > 0);
        await scene.Client.StopWritesAsync("A look around", Cancel);
        await scene.NewestAsync(now => now.State == RunState.Queued);
        Assert.Equal(5, scene.Actual().Count);
        foreach (
            var tag in scene.Uem.Tags.All.Where(tag => tag.Name.StartsWith(TagScene.Prefix, StringComparison.Ordinal))
        )
        {
            foreach (var device in scene.Carriers(tag).ToList())
            {
                scene.Uem.Tags.Detach(tag, scene.Uem.Fleet.ById(device)!);
            }
        }

        await scene.Client.ReleaseWritesAsync(cancellationToken: Cancel);
        var held = await scene.NewestAsync(now => now.State == RunState.Held);
        Assert.Equal(run.Id, held.Id);
        await scene.Client.ApproveTagsAsync(held.Id, held.Showing, Cancel);

        var ended = await scene.EndAsync(held);
        Assert.True(ended.State == RunState.Completed, string.Join("\n", ended.IncompleteReasons));
        await scene.SettledAsync();
    }

    [Fact]
    public async Task Goes_on_when_writing_is_switched_on_again()
    {
        await using var scene = await TagScene.StartAsync();
        await scene.AcceptAsync();
        await scene.Client.SetWritingAsync(scene.Integration, false, Cancel);
        await scene.JudgeAsync(RiskLevel.High, (await scene.DevicesAsync()).Where(Better).Take(2));

        await scene.Client.SetWritingAsync(scene.Integration, true, Cancel);

        await scene.SettledAsync();
    }

    [Theory]
    [InlineData("writing")]
    [InlineData("pause")]
    public async Task Lets_nobody_approve_a_run_while_nothing_may_be_written(string how)
    {
        await using var scene = await TagScene.StartAsync();
        await scene.AcceptAsync();
        await scene.JudgeAsync(RiskLevel.High, (await scene.DevicesAsync()).Where(Better).Take(12));
        var held = await scene.NewestAsync(run => run.State == RunState.Held);
        await StopAsync(scene, how, held.Id);

        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.Client.ApproveTagsAsync(held.Id, Cancel)
        );

        Assert.Equal(409, (int)refused.Status);
        Assert.Equal(RunState.Held, (await scene.Client.TagRunAsync(held.Id, Cancel)).State);
    }

    [Fact]
    public async Task Closes_a_run_that_a_stopped_server_left_open_and_that_may_not_write_any_more()
    {
        await using var scene = await TagScene.StartAsync();
        var run = new TagRunRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = scene.Integration,
            State = RunState.Running,
        };
        await using (var db = scene.Picket.OpenDatabase())
        {
            db.TagRuns.Add(run);
            await db.SaveChangesAsync(Cancel);
        }

        await scene.Picket.RestartAsync();
        var ended = await TagScene.EndAsync(scene.Client, run.Id);

        Assert.Equal(RunState.Cancelled, ended.State);
        Assert.Equal(0, scene.TagWrites);
    }

    [Fact]
    public async Task Says_in_which_state_a_run_is_that_cannot_be_decided_any_more()
    {
        await using var scene = await TagScene.StartAsync();
        var run = await scene.AcceptAsync();

        foreach (
            var decide in new Func<Guid, CancellationToken, Task<TagRunView>>[]
            {
                scene.Client.ApproveTagsAsync,
                scene.Client.DiscardTagsAsync,
                scene.Client.CancelTagRunAsync,
            }
        )
        {
            var refused = await Assert.ThrowsAsync<PicketApiException>(() => decide(run.Id, Cancel));
            Assert.Equal(409, (int)refused.Status);
            Assert.Contains("Completed", refused.Problem!.Detail, StringComparison.Ordinal);
            var missing = await Assert.ThrowsAsync<PicketApiException>(() => decide(Guid.NewGuid(), Cancel));
            Assert.Equal(404, (int)missing.Status);
        }
    }

    [Fact]
    public async Task Lists_the_runs_newest_first()
    {
        await using var scene = await TagScene.StartAsync();
        var first = await scene.AcceptAsync();
        var second = await scene.RunAsync();

        var runs = await scene.RunsAsync();

        Assert.Equal([second.Id, first.Id], runs.Select(run => run.Id));
        Assert.Empty(await scene.Client.TagRuns(new TagRunFilter { State = RunState.Held }).ToListAsync(Cancel));
    }

    private static bool Better(DeviceRow row) => row.Level is RiskLevel.Secure or RiskLevel.Low or RiskLevel.Medium;

    private static Task StopAsync(TagScene scene, string how, Guid run) =>
        how switch
        {
            "writing" => scene.Client.SetWritingAsync(scene.Integration, false, Cancel),
            "pause" => scene.Client.PauseIntegrationAsync(scene.Integration, Cancel),
            _ => scene.Client.CancelTagRunAsync(run, Cancel),
        };
}
