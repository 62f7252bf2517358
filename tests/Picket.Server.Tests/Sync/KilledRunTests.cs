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
        var whole = await undisturbed.RunAsync();
        await using var scene = await SyncScene.StartAsync(options);
        await LearnTheQuotaAsync(scene);

        var run = await KilledInEachStageAsync(scene);

        Assert.Equal(whole.StageSeconds.Keys.Order(), Stages.Select(stage => stage.Stage).Order());
        Assert.Equal(Stages.Length, run.Resumes);
        await AssertAlikeAsync(undisturbed, scene, run);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Ends_like_an_undisturbed_run_although_the_server_was_killed_at_any_moment(int seed)
    {
        // Every answer comes a little later, so that kills fall between the calls and the transactions alike.
        var options = new EmulatorOptions { Devices = 620, Latency = 2 };
        await using var undisturbed = await SyncScene.StartAsync(options);
        await undisturbed.RunAsync();
        await using var scene = await SyncScene.StartAsync(options);
        await LearnTheQuotaAsync(scene);

        var run = await KilledAtMomentsAsync(scene, new Random(seed), kills: 3);

        await AssertAlikeAsync(undisturbed, scene, run);
    }

    /// <summary>As every integration does that was made through the API: the doctor saw the headers before the first run.</summary>
    private static async Task LearnTheQuotaAsync(SyncScene scene)
    {
        await scene.Picket.Client.DoctorAsync(scene.Integration, cancellationToken: Cancel);
        await scene.Picket.StopServerAsync();
    }

    private static async Task AssertAlikeAsync(SyncScene undisturbed, SyncScene scene, RunView run)
    {
        await scene.Picket.RestartAsync();
        Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
        // Law 5: a kill forgets no call.
        Assert.True((await scene.IntegrationAsync()).QuotaUsed >= scene.Uem.RequestLog.Total);
        await undisturbed.JudgedAsync();
        await scene.JudgedAsync();
        await using var expected = undisturbed.Picket.OpenDatabase();
        await using var actual = scene.Picket.OpenDatabase();
        var inventory = await Inventories.OfAsync(expected, Cancel);
        Assert.Contains(inventory, line => line.StartsWith("finding ", StringComparison.Ordinal));
        Inventories.AssertAlike(inventory, await Inventories.OfAsync(actual, Cancel));
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
        return await EndAsync(scene, run!.Value);
    }

    private static async Task<RunView> KilledAtMomentsAsync(SyncScene scene, Random random, int kills)
    {
        Guid? run = null;
        for (var killed = 0; killed < kills; killed++)
        {
            await using var server = PicketProcess.Start(scene.Picket.DataFolder);
            var client = await server.ReadyAsync(Cancel);
            run ??= (await client.StartRunAsync(scene.Integration, new StartRun(), Cancel)).Id;
            var moment = scene.Uem.RequestLog.Total + random.Next(5, 400);
            await SyncScene.UntilAsync(
                client,
                run.Value,
                view => scene.Uem.RequestLog.Total >= moment || view.State is not (RunState.Queued or RunState.Running)
            );
            await server.KillAsync();
        }

        return await EndAsync(scene, run!.Value);
    }

    private static async Task<RunView> EndAsync(SyncScene scene, Guid run)
    {
        await using var last = PicketProcess.Start(scene.Picket.DataFolder);
        return await SyncScene.UntilAsync(
            await last.ReadyAsync(Cancel),
            run,
            view => view.State is not (RunState.Queued or RunState.Running)
        );
    }
}
