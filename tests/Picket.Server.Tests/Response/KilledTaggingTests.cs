using Microsoft.EntityFrameworkCore;
using Picket.Api;
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
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = path,
                Action = FaultAction.Slow,
                Milliseconds = 120_000,
                From = 2,
            }
        );

        Guid run;
        await using (var server = PicketProcess.Start(scene.Picket.DataFolder, Eager))
        {
            var client = await server.ReadyAsync(Cancel);
            run = (await client.AcceptTagsAsync(scene.Integration, preview.Id, Cancel)).Id;
            await TagScene.UntilAsync(() => Task.FromResult(scene.Uem.FaultHits[0]), hits => hits > 0);
            await server.KillAsync();
        }

        scene.Uem.Faults = new FaultScript();
        await scene.Picket.RestartAsync();
        var ended = await TagScene.EndAsync(scene.Client, run);

        Assert.True(ended.State == RunState.Completed, string.Join("\n", ended.IncompleteReasons));
        Assert.Equal(await scene.WantedAsync(), scene.Actual());
        Assert.Equal(scene.Actual(), await scene.LedgerAsync());
        await using var db = scene.Picket.OpenDatabase();
        var sends = await db.Ledger.Where(entry => entry.Kind == kind).Select(entry => entry.Sends).ToListAsync(Cancel);
        Assert.Equal(1, sends.Count(times => times == 2)); // the one that was on its way, under its own key
        Assert.Equal(sends.Count - 1, sends.Count(times => times == 1));
    }
}
