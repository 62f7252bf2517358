using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Sync;

public sealed class KilledRunTests
{
    private static readonly (string Stage, string Path)[] Stages =
    [
        ("organizationGroups", "/children"),
        ("administrators", "admins/search"),
        ("users", "users/search"),
        ("userGroups", "usergroups/search"),
        ("smartGroups", "smartgroups/search"),
        ("devices", "devices/search"),
        ("tags", "tags/search"),
        ("details", "/security"),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ends_like_an_undisturbed_run_although_the_server_was_killed_in_every_stage()
    {
        var options = new EmulatorOptions { Devices = 620 };
        await using var undisturbed = await SyncScene.StartAsync(options);
        await undisturbed.RunAsync();
        await using var scene = await SyncScene.StartAsync(options);
        await scene.Picket.StopServerAsync();

        var run = await KilledInEachStageAsync(scene);

        await scene.Picket.RestartAsync();
        Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
        Assert.Equal(Stages.Length, run.Resumes);
        await using var expected = undisturbed.Picket.OpenDatabase();
        await using var actual = scene.Picket.OpenDatabase();
        Assert.Equal(await Inventories.OfAsync(expected, Cancel), await Inventories.OfAsync(actual, Cancel));
        Assert.Equal(0, await actual.DeviceChanges.CountAsync(change => change.Attribute != "level", Cancel));
    }

    private static async Task<RunView> KilledInEachStageAsync(SyncScene scene)
    {
        Guid? run = null;
        foreach (var (stage, path) in Stages)
        {
            // The first call of a stage may pass; the second page of the devices finds rows that are stored.
            scene.Uem.Faults = FaultScript.Of(
                new FaultRule
                {
                    Path = path,
                    Action = FaultAction.Slow,
                    Milliseconds = 60_000,
                    From = stage is "devices" or "details" ? 2 : 1,
                }
            );
            await using var server = PicketProcess.Start(scene.Picket.DataFolder);
            var client = await server.ReadyAsync(Cancel);
            run ??= (await client.StartRunAsync(scene.Integration, new StartRun(), Cancel)).Id;
            await SyncScene.UntilAsync(client, run.Value, view => view.Stage == stage && scene.Uem.FaultHits[0] > 0);
            await server.KillAsync();
        }

        scene.Uem.Faults = new FaultScript();
        await using var last = PicketProcess.Start(scene.Picket.DataFolder);
        return await SyncScene.UntilAsync(
            await last.ReadyAsync(Cancel),
            run!.Value,
            view => view.State is not (RunState.Queued or RunState.Running)
        );
    }
}
