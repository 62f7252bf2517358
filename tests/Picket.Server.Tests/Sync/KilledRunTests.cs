using Picket.Api;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Sync;

/// <summary>Kills at any other moment of a run: <see cref="Simulation.KillsTests"/>.</summary>
public sealed class KilledRunTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Loses_just_what_was_approved_although_the_server_was_killed_in_the_approved_run()
    {
        await using var scene = await KillScene.StartAsync(new EmulatorOptions { Devices = 60 });
        await scene.Sync.RunAsync();
        var lost = scene.Uem.Fleet.RemoveShare(0.6);
        var held = await scene.Sync.RunAsync();
        Assert.Equal(RunState.Held, held.State);
        await scene.StopAsync();

        await scene.KillAsync(
            new FaultRule { Path = "devices/search", Action = FaultAction.Slow },
            client => client.ApproveRunAsync(held.Id, Cancel)
        );
        var ended = await scene.EndAsync(held.Id);

        Assert.True(ended.State == RunState.Completed, string.Join("\n", ended.IncompleteReasons));
        await scene.Sync.Picket.RestartAsync();
        // Law 5: a kill forgets no call.
        Assert.True((await scene.Sync.IntegrationAsync()).QuotaUsed >= scene.Uem.RequestLog.Total);
        Assert.Equal(lost, (await scene.Sync.DevicesAsync()).Count(row => row.GoneAt is not null));
        Assert.Equal(scene.Sync.Truth(), await scene.Sync.PresentAsync());
    }
}
