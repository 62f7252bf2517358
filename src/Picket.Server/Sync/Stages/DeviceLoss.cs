using Microsoft.EntityFrameworkCore;
using Picket.Core.Sync;
using Picket.Server.Inventory;
using Picket.Server.Risk;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Paging;

namespace Picket.Server.Sync.Stages;

/// <summary>What becomes of devices that a listing lacks (law 1).</summary>
internal static class DeviceLoss
{
    public static async Task SettleAsync(
        IServiceProvider services,
        SyncRun run,
        ListingReport report,
        List<int> listed,
        CancellationToken cancellation
    )
    {
        var database = services.GetRequiredService<PicketDatabase>();
        var (stored, missing) = await CompareAsync(database, run.Integration.Id, listed, cancellation);
        var facts = new ListingFacts
        {
            Complete = report.Complete,
            Coherent = report.Anomalies == ListingAnomalies.None,
            Pages = report.Pages,
            Total = report.ExpectedTotal,
            Received = report.DistinctIds,
            GroupReadable = await IsGroupReadableAsync(run, cancellation),
            StoredBefore = stored,
            Missing = missing.Count,
        };
        var approved = run.Row.HoldApproved ? run.Row.HeldLost : null;
        switch (LossPlan.Decide(facts, new LossBrake(), approved))
        {
            case LossOutcome.RemoveMissing:
                await RemoveAsync(
                    database,
                    run,
                    missing,
                    services.GetRequiredService<TimeProvider>().GetUtcNow(),
                    cancellation
                );
                break;
            case LossOutcome.HoldForApproval held:
                (run.Row.HeldLost, run.Row.HeldStored, run.Row.HoldApproved) = (held.Lost, held.StoredBefore, false);
                break;
            case LossOutcome.Incomplete incomplete:
                run.Incomplete($"devices: {incomplete.Explanation}");
                break;
        }
    }

    /// <summary>Streams the present devices against the sorted ids of the listing: 4 bytes a device, however large the fleet.</summary>
    private static async Task<(int Stored, List<Guid> Missing)> CompareAsync(
        PicketDatabase database,
        Guid integration,
        List<int> listed,
        CancellationToken cancellation
    )
    {
        listed.Sort();
        var stored = 0;
        var missing = new List<Guid>();
        await using var db = database.Open();
        var present = db
            .Devices.AsNoTracking()
            .Where(row => row.IntegrationId == integration && row.GoneAt == null)
            .Select(row => new { row.Id, row.RemoteId })
            .AsAsyncEnumerable();
        await foreach (var device in present.WithCancellation(cancellation))
        {
            stored++;
            if (listed.BinarySearch(device.RemoteId) < 0)
            {
                missing.Add(device.Id);
            }
        }

        return (stored, missing);
    }

    private static async Task<bool> IsGroupReadableAsync(SyncRun run, CancellationToken cancellation)
    {
        try
        {
            await run.Client.OrganizationGroups.GetAsync(run.OrganizationGroup, cancellation);
            return true;
        }
        catch (WorkspaceOneException unreadable)
            when (unreadable is OutOfScopeException or NotFoundException or PermissionMissingException)
        {
            return false;
        }
    }

    private static async Task RemoveAsync(
        PicketDatabase database,
        SyncRun run,
        List<Guid> missing,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        foreach (var part in missing.Chunk(1000))
        {
            await db
                .Devices.Where(row => part.Contains(row.Id))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.GoneAt, now).SetProperty(row => row.JudgingDue, false),
                    cancellation
                );
            await FindingEnds.DevicesLeftAsync(db, part, now, cancellation);
        }

        await database.Bulk.UpsertAsync(
            db,
            [
                .. missing.Select(device =>
                    DeviceHistory.Change(device, now, DeviceHistory.Presence, "in the fleet", "gone", run.Row.Id)
                ),
            ],
            cancellation
        );
        run.Count("devices", removed: missing.Count);
        run.Row.HeldLost = run.Row.HoldApproved ? run.Row.HeldLost : null;
        run.Attach(db);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
