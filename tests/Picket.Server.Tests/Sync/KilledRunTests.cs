using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Inventory;
using Picket.Server.Storage;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Sync;

public sealed class KilledInStagesTests
{
    private const int Devices = 300;

    /// <summary>
    /// Where stages are held, and what of them must be stored by then: something, and not all. The first two stand for all that
    /// are written at once.
    /// </summary>
    private static readonly (string Stage, FaultRule Hold, Func<PicketDbContext, Task<int>>? Stored)[] Stages =
    [
        ("users", At("users/search"), null),
        ("smartGroups", At("smartgroups/search"), null),
        ("devices", At("devices/search") with { Query = "page=12" }, db => db.Devices.CountAsync(Cancel)),
        (
            "details",
            At("/security") with
            {
                From = 150,
            },
            db => db.Devices.CountAsync(row => row.SecurityState == DetailState.Known, Cancel)
        ),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ends_like_an_undisturbed_run_although_the_server_was_killed_in_its_stages()
    {
        var options = new EmulatorOptions { Devices = Devices };
        await using var undisturbed = await SyncScene.StartAsync(options);
        var whole = await undisturbed.RunAsync();
        await using var scene = await KillScene.StartAsync(options);
        await scene.StopAsync();

        Guid? run = null;
        foreach (var (stage, hold, stored) in Stages)
        {
            await scene.KillAsync(
                hold,
                async client => run ??= (await client.StartRunAsync(scene.Sync.Integration, new StartRun(), Cancel)).Id,
                async client =>
                    (await client.RunAsync(run!.Value, Cancel)).Stage == stage
                    && (stored is null || await scene.LookAsync(stored) > 0)
            );
            if (stored is not null)
            {
                Assert.InRange(await scene.LookAsync(stored), 1, Devices - 50);
            }
        }

        var ended = await scene.EndAsync(run!.Value);
        Assert.Subset(whole.StageSeconds.Keys.ToHashSet(), Stages.Select(stage => stage.Stage).ToHashSet());
        Assert.Equal(Stages.Length, ended.Resumes);
        await scene.AssertLikeAsync(undisturbed, ended);
    }

    private static FaultRule At(string path) => new() { Path = path, Action = FaultAction.Slow };
}

/// <summary>Kills in runs that the stages above do not show. At any moment: <see cref="Simulation.KillsTests"/>.</summary>
public sealed class KilledRunTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(RunKind.Incremental, "devices/search")]
    [InlineData(RunKind.Device, "/security")]
    public async Task Goes_on_with_a_run_of_each_kind_that_was_killed(RunKind kind, string path)
    {
        await using var scene = await KillScene.StartAsync(new EmulatorOptions { Devices = 60 });
        await scene.Sync.RunAsync();
        await scene.Sync.JudgedAsync();
        var device = (await scene.Sync.DevicesAsync()).First(row => row.SecurityState == DetailState.Known).Id;
        await scene.Sync.DetailsAreDueAsync();
        await scene.StopAsync();

        Guid run = default;
        await scene.KillAsync(
            new FaultRule { Path = path, Action = FaultAction.Slow },
            async client =>
                run = (await client.StartRunAsync(scene.Sync.Integration, new StartRun(kind, device), Cancel)).Id
        );
        var ended = await scene.EndAsync(run);

        Assert.True(ended.State == RunState.Completed, string.Join("\n", ended.IncompleteReasons));
        Assert.Equal((kind, 1), (ended.Kind, ended.Resumes));
        await scene.Sync.Picket.RestartAsync();
        Assert.Equal(scene.Sync.Truth(), await scene.Sync.PresentAsync());
        Assert.Single(await scene.Sync.Picket.Client.Runs().Where(view => view.Id == run).ToListAsync(Cancel));
    }

    [Fact]
    public async Task Loses_just_what_was_approved_although_the_server_was_killed_in_the_approved_run()
    {
        await using var scene = await KillScene.StartAsync(new EmulatorOptions { Devices = 200 });
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
        Assert.Equal(lost, (await scene.Sync.DevicesAsync()).Count(row => row.GoneAt is not null));
        Assert.Equal(scene.Sync.Truth(), await scene.Sync.PresentAsync());
    }
}
