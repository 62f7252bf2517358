using System.Net;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Sync;
using Picket.Server.Tests.Storage;
using Picket.WorkspaceOne.Emulator;

namespace Picket.Server.Tests.Sync;

/// <summary>Two people decide about one held run at the same moment.</summary>
public sealed class HeldRunDecisionTests(TestPostgres postgres)
{
    private const int Rounds = 20;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Of_those_who_decide_at_once_one_wins_and_the_others_are_told(DatabaseKind kind)
    {
        await using var scene = await SyncScene.StartAsync(
            new EmulatorOptions { Devices = 10 },
            kind is DatabaseKind.Postgres
                ? new() { ["Storage:Postgres"] = await postgres.NewDatabaseAsync(Cancel) }
                : []
        );
        await scene.RunAsync();
        var client = scene.Picket.Client;

        for (var round = 0; round < Rounds; round++)
        {
            var run = await HoldAsync(scene);
            var decisions = await Task.WhenAll(
                Decisions.MadeAsync(() => client.ApproveRunAsync(run, Cancel)),
                Decisions.MadeAsync(() => client.DiscardRunAsync(run, Cancel)),
                Decisions.MadeAsync(() => client.ApproveRunAsync(run, Cancel)),
                Decisions.MadeAsync(() => client.DiscardRunAsync(run, Cancel))
            );
            var ended = await scene.EndAsync(run);

            Assert.Equal(
                [HttpStatusCode.OK, .. Enumerable.Repeat(HttpStatusCode.Conflict, decisions.Length - 1)],
                decisions.Order()
            );
            var approved = decisions[0] == HttpStatusCode.OK || decisions[2] == HttpStatusCode.OK;
            Assert.Equal(approved ? RunState.Completed : RunState.Incomplete, ended.State);
            Assert.Equal(
                [approved ? "run.approved" : "run.discarded"],
                await Decisions.AuditedAsync(scene.Picket, run)
            );
        }
    }

    /// <summary>As the brake leaves a run.</summary>
    private static async Task<Guid> HoldAsync(SyncScene scene)
    {
        var run = new SyncRunRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = scene.Integration,
            State = RunState.Held,
            Stage = "devices",
            HeldLost = 6,
            HeldStored = 10,
        };
        await using var db = scene.Picket.OpenDatabase();
        db.SyncRuns.Add(run);
        await db.SaveChangesAsync(Cancel);
        return run.Id;
    }
}
