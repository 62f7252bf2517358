using System.Net;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Response;
using Picket.WorkspaceOne.Emulator;

namespace Picket.Server.Tests.Response;

/// <summary>Two people decide about one held tag run at the same moment.</summary>
public sealed class HeldTagRunDecisionTests
{
    private const int Rounds = 20;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_those_who_decide_at_once_one_wins_and_the_others_are_told()
    {
        await using var scene = await TagScene.StartAsync(new EmulatorOptions { Devices = 10 });
        await scene.AcceptAsync();

        for (var round = 0; round < Rounds; round++)
        {
            var run = await HoldAsync(scene);
            var decisions = await Task.WhenAll(
                Decisions.MadeAsync(() => scene.Client.ApproveTagsAsync(run, Cancel)),
                Decisions.MadeAsync(() => scene.Client.DiscardTagsAsync(run, Cancel)),
                Decisions.MadeAsync(() => scene.Client.ApproveTagsAsync(run, Cancel)),
                Decisions.MadeAsync(() => scene.Client.DiscardTagsAsync(run, Cancel))
            );
            var ended = await TagScene.EndAsync(scene.Client, run);

            Assert.Equal(
                [HttpStatusCode.OK, .. Enumerable.Repeat(HttpStatusCode.Conflict, decisions.Length - 1)],
                decisions.Order()
            );
            var approved = decisions[0] == HttpStatusCode.OK || decisions[2] == HttpStatusCode.OK;
            Assert.Equal(approved ? RunState.Completed : RunState.Cancelled, ended.State);
            Assert.Equal(
                [approved ? "tagging.approved" : "tagging.discarded"],
                await Decisions.AuditedAsync(scene.Picket, run)
            );
        }
    }

    /// <summary>As the brake leaves a tag run.</summary>
    private static async Task<Guid> HoldAsync(TagScene scene)
    {
        var now = TimeProvider.System.GetUtcNow();
        var run = new TagRunRow
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = scene.Integration,
            State = RunState.Held,
            HeldChanged = 6,
            HeldFleet = 10,
            HeldRecent = 0,
            QueuedAt = now,
        };
        await using var db = scene.Picket.OpenDatabase();
        db.TagRuns.Add(run);
        await db.SaveChangesAsync(Cancel);
        return run.Id;
    }
}
