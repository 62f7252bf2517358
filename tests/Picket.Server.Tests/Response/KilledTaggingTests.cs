using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Storage;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Response;

public sealed class KilledTaggingTests
{
    private static readonly string[] Eager =
    [
        "--Response:LookEveryMilliseconds",
        "100",
        "--Response:RetryMilliseconds",
        "200",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Killed while a call is on its way that never arrives, then while one is whose answer never comes.</summary>
    [Theory]
    [InlineData("/addtag", "CreateTag")]
    [InlineData("/adddevices", "AddTag")]
    public async Task Converges_although_the_server_was_killed_between_mark_and_answer(string path, string kind)
    {
        await using var scene = await TagScene.StartAsync();
        var preview = await scene.PreviewAsync();
        await scene.Picket.StopServerAsync();

        var held = new FaultRule
        {
            Path = path,
            From = 2,
            Action = FaultAction.Slow,
        };
        await KilledAsync(scene, held, client => client.AcceptTagsAsync(scene.Integration, preview.Id, Cancel));
        await scene.Picket.RestartAsync();

        await AssertRightAsync(scene);
        var sends = await SendsAsync(scene, kind);
        Assert.Equal(1, sends.Count(times => times == 2)); // the one that was on its way, under its own key
        Assert.Equal(sends.Count - 1, sends.Count(times => times == 1));
    }

    [Fact]
    public async Task Takes_tags_away_although_the_server_was_killed_between_mark_and_answer()
    {
        await using var scene = await TagScene.StartAsync();
        await scene.AcceptAsync();
        await scene.Picket.StopServerAsync();
        await WorsenAsync(scene, 4);

        var held = new FaultRule { Path = "/removedevices", Action = FaultAction.Slow };
        await KilledAsync(scene, held, _ => Task.CompletedTask);
        await scene.Picket.RestartAsync();

        await AssertRightAsync(scene);
        Assert.Contains(2, await SendsAsync(scene, "RemoveTag"));
    }

    [Fact]
    public async Task Sends_nothing_again_that_was_answered_when_the_server_was_killed_while_reading_back()
    {
        await using var scene = await TagScene.StartAsync();
        var preview = await scene.PreviewAsync();
        await scene.Picket.StopServerAsync();

        // The listing of tags, the first tag read back, and the second.
        var held = new FaultRule
        {
            Path = "mdm/tags/",
            Method = "GET",
            From = 3,
            Action = FaultAction.Slow,
        };
        await KilledAsync(scene, held, client => client.AcceptTagsAsync(scene.Integration, preview.Id, Cancel));
        await scene.Picket.RestartAsync();

        await AssertRightAsync(scene);
        Assert.All(await SendsAsync(scene, "AddTag"), times => Assert.Equal(1, times));
        Assert.All(await SendsAsync(scene, "CreateTag"), times => Assert.Equal(1, times));
    }

    /// <summary>A process acts, is held by a slow answer of the UEM, and is killed.</summary>
    private static async Task KilledAsync(TagScene scene, FaultRule held, Func<PicketClient, Task> act)
    {
        scene.Uem.Faults = FaultScript.Of(held with { Milliseconds = 120_000 });
        await using (var server = PicketProcess.Start(scene.Picket.DataFolder, Eager))
        {
            await act(await server.ReadyAsync(Cancel));
            await TagScene.UntilAsync(() => Task.FromResult(scene.Uem.FaultHits[0]), hits => hits > 0);
            await server.KillAsync();
        }

        scene.Uem.Faults = new FaultScript();
    }

    private static async Task AssertRightAsync(TagScene scene)
    {
        await scene.SettledAsync();
        var ended = await scene.NewestAsync(run => run.State is not (RunState.Queued or RunState.Running));
        Assert.True(ended.State == RunState.Completed, string.Join("\n", ended.IncompleteReasons));
        Assert.Equal(await scene.WantedAsync(), scene.Actual());
        Assert.Equal(scene.Actual(), await scene.LedgerAsync());
    }

    private static async Task<List<int>> SendsAsync(TagScene scene, string kind)
    {
        await using var db = scene.Picket.OpenDatabase();
        return await db.Ledger.Where(entry => entry.Kind == kind).Select(entry => entry.Sends).ToListAsync(Cancel);
    }

    /// <summary>Gives some devices a worse verdict while no server runs.</summary>
    private static async Task WorsenAsync(TagScene scene, int devices)
    {
        await using var db = new PicketDatabase(new StorageOptions { DataFolder = scene.Picket.DataFolder }).Open();
        var some = await db
            .Devices.Where(row => row.Level == RiskLevel.Secure || row.Level == RiskLevel.Low)
            .OrderBy(row => row.RemoteId)
            .Select(row => row.Id)
            .Take(devices)
            .ToListAsync(Cancel);
        Assert.Equal(devices, some.Count);
        await db
            .Devices.Where(row => some.Contains(row.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Level, RiskLevel.High), Cancel);
    }
}
