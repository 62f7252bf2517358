using Microsoft.EntityFrameworkCore;
using Picket.Core.Sync;
using Picket.Server.Inventory;
using Picket.Server.Risk;
using Picket.Server.Storage;
using Picket.WorkspaceOne.Paging;

namespace Picket.Server.Sync.Stages;

/// <summary>
/// What becomes of devices that a listing lacks (law 1): 1 compare; 2 is the listing whole, and the loss under the
/// brake; 3 prove each loss; 4 remove what is proven, with its history.
/// </summary>
internal static class DeviceLoss
{
    public static async Task SettleAsync(
        IServiceProvider services,
        SyncRun run,
        ListingReport report,
        ListedDevices listed,
        DeviceScope scope,
        CancellationToken cancellation
    )
    {
        var database = services.GetRequiredService<PicketDatabase>();
        var loss = await MissingDevices.FindAsync(database, run.Integration.Id, listed, cancellation); // 1
        var facts = ListingFactsOf.Report(report) with
        {
            GroupReadable = await OrganizationGroupStage.IsReadableAsync(run, cancellation),
            StoredBefore = loss.Stored,
            Missing = loss.Count,
        };
        var approved = run.Row.HoldApproved ? run.Row.HeldLost : null;
        switch (LossPlan.Decide(facts, new LossBrake(), approved)) // 2
        {
            case LossOutcome.RemoveMissing when loss.Count > 0:
                var proof = await LossProof.OfAsync(services, run, loss, scope, cancellation); // 3
                await RemoveAsync(services, run, proof, cancellation); // 4
                break;
            case LossOutcome.HoldForApproval held:
                (run.Row.HeldLost, run.Row.HeldStored, run.Row.HoldApproved) = (held.Lost, held.StoredBefore, false);
                break;
            case LossOutcome.Incomplete incomplete:
                run.Incomplete(incomplete.Explanation);
                break;
        }
    }

    private static async Task RemoveAsync(
        IServiceProvider services,
        SyncRun run,
        LossProof proof,
        CancellationToken cancellation
    )
    {
        var database = services.GetRequiredService<PicketDatabase>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        run.Count("devices", removed: proof.Leaving.Count);
        run.Row.HeldLost = run.Row.HoldApproved ? run.Row.HeldLost : null;
        await run.WriteAsync(
            database,
            async db =>
            {
                foreach (var part in proof.Leaving.Select(device => device.Id).Chunk(1000))
                {
                    await db
                        .Devices.Where(row => part.Contains(row.Id))
                        .ExecuteUpdateAsync(
                            set => set.SetProperty(row => row.GoneAt, now).SetProperty(row => row.JudgingDue, false),
                            cancellation
                        );
                    await FindingEnds.DevicesLeftAsync(db, part, now, cancellation);
                }

                await database.Bulk.InsertAsync(
                    db,
                    [.. proof.Leaving.Select(device => Departure(device, run.Row.Id, now))],
                    cancellation
                );
            },
            cancellation
        );
    }

    private static DeviceChangeRow Departure(LeavingDevice device, Guid run, DateTimeOffset now) =>
        DeviceHistory.Change(
            device.Id,
            now,
            DeviceHistory.Presence,
            "in the fleet",
            device.LeftScope ? "left the scope" : "gone",
            run
        );
}
