using Picket.Api;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Sync;

/// <summary>What is told of a run while it is under way, and after it.</summary>
public sealed class RunFigureTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shows_how_far_the_stage_is_while_it_is_under_way()
    {
        await using var scene = await SyncScene.StartAsync(new EmulatorOptions { Devices = 620 });
        scene.Uem.Faults = FaultScript.Of(Halt(after: 150), Halt(after: 350));

        var started = await scene.Picket.Client.StartRunAsync(scene.Integration, new StartRun(), Cancel);
        var early = await AtDetailsAsync(scene, started.Id, more: 0);
        var later = await AtDetailsAsync(scene, started.Id, more: early.Done);
        var ended = await scene.EndAsync(started.Id);

        Assert.Equal(ended.Counts["details"].Read, early.Total);
        Assert.Equal(early.Total, later.Total);
        Assert.InRange(later.Done, early.Done + 1, later.Total!.Value);
        Assert.Null(ended.Progress);
    }

    [Fact]
    public async Task Counts_the_bytes_that_the_UEM_sent()
    {
        await using var scene = await SyncScene.StartAsync(new EmulatorOptions { Devices = 620 });
        scene.Uem.RequestLog.Clear();

        var run = await scene.RunAsync();

        Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
        Assert.True(run.Bytes > 620 * 1000, $"{run.Bytes} bytes");
        Assert.Equal(scene.Uem.RequestLog.BytesSent, run.Bytes);
        Assert.Equal(scene.Uem.RequestLog.Total, run.UemCalls);
    }

    /// <summary>All eight that read details stand still for a while, so that what is told can be seen.</summary>
    private static FaultRule Halt(int after) =>
        new()
        {
            Path = "/security",
            Action = FaultAction.Slow,
            Milliseconds = 4000,
            From = after,
            Times = 8,
        };

    private static async Task<RunProgress> AtDetailsAsync(SyncScene scene, Guid run, int more)
    {
        var view = await SyncScene.UntilAsync(
            scene.Picket.Client,
            run,
            view =>
                view.State is not (RunState.Queued or RunState.Running)
                || (view.Progress is { Stage: "details" } at && at.Done > more)
        );
        Assert.True(view.State == RunState.Running, "The run was over before it told how far it was.");
        return view.Progress!;
    }
}
