using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Response;

/// <summary>A supervisor ends the server in the middle of a tag run.</summary>
public sealed class TerminatedTaggingTests
{
    /// <summary>Supervisors kill what has not ended by then.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ends_within_ten_seconds_and_afterwards_makes_the_tags_as_if_nothing_had_been()
    {
        await using var undisturbed = await TagScene.StartAsync();
        await undisturbed.AcceptAsync();
        await using var scene = await TagScene.StartAsync();
        var preview = await scene.PreviewAsync();
        await scene.Picket.StopServerAsync();
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/adddevices",
                Action = FaultAction.Slow,
                Milliseconds = 60_000,
                From = 2,
            }
        );

        Guid run;
        await using (var server = PicketProcess.Start(scene.Picket.DataFolder))
        {
            var client = await server.ReadyAsync(Cancel);
            run = (await client.AcceptTagsAsync(scene.Integration, preview.Id, Cancel)).Id;
            await TagScene.UntilAsync(() => Task.FromResult(scene.Uem.FaultHits[0]), hits => hits > 0);

            await server.TerminateAsync();
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            patience.CancelAfter(Patience);
            Assert.Equal(0, await server.ExitCodeAsync(patience.Token));
        }

        scene.Uem.Faults = new FaultScript();
        await scene.Picket.RestartAsync();
        var ended = await TagScene.EndAsync(scene.Client, run);

        Assert.True(ended.State == RunState.Completed, string.Join("\n", ended.IncompleteReasons));
        Assert.NotEmpty(scene.Actual());
        Assert.Equal(undisturbed.Actual(), scene.Actual());
        Assert.Equal(scene.Actual(), await scene.LedgerAsync());
        await AssertActedOnceAsync(scene);
    }

    /// <summary>Each write of the ledger was acted on once, and the UEM saw no write that is not in the ledger.</summary>
    private static async Task AssertActedOnceAsync(TagScene scene)
    {
        await using var db = scene.Picket.OpenDatabase();
        var sends = await db.Ledger.Select(entry => entry.Sends).ToListAsync(Cancel);
        var writes = scene.Uem.RequestLog.Entries.Where(call => call.Method == "POST").ToList();

        Assert.Equal(sends.Count, writes.Count(call => call.Status is >= 200 and < 300));
        Assert.Equal(sends.Sum(), writes.Count);
        Assert.Equal(sends.Count + 1, writes.Count); // the one that was on its way came again, under its own key
    }
}
