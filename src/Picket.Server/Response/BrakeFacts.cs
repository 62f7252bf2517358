using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Server.Inventory;
using Picket.Server.Storage;
using LedgerState = Picket.Core.Response.LedgerState;

namespace Picket.Server.Response;

/// <summary>What the brake goes by.</summary>
internal static class BrakeFacts
{
    /// <summary>Devices that are enrolled.</summary>
    public static Task<int> FleetAsync(PicketDbContext db, Guid integration, CancellationToken cancellation) =>
        db
            .Devices.Where(row => row.IntegrationId == integration && row.GoneAt == null)
            .WhereEnrolled()
            .CountAsync(cancellation);

    /// <summary>
    /// Devices beside those of the plan that were changed within the brake's window without a person's word. From the
    /// ledger: a device whose change is tried again is one device.
    /// </summary>
    public static async Task<int> RecentAsync(
        PicketDbContext db,
        Guid integration,
        TagPlan plan,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var changed = await ChangedSince(db, integration, now - Core.Response.TagBrake.Window)
            .Distinct()
            .ToListAsync(cancellation);
        var planned = plan.Calls.SelectMany(call => call.Devices).ToHashSet();
        return changed.Count(device => !planned.Contains(device));
    }

    /// <summary>Numbers of the devices that were changed without a person's word; one may come more than once.</summary>
    public static IQueryable<int> ChangedSince(PicketDbContext db, Guid integration, DateTimeOffset since) =>
        from entry in db.Ledger
        join device in db.LedgerDevices on entry.Id equals device.EntryId
        where
            entry.IntegrationId == integration
            && entry.SentAt >= since
            && entry.ApprovedBy == null
            && device.State != LedgerState.Failed
            && device.State != LedgerState.Dropped
        select device.RemoteId;
}
