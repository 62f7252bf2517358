using Microsoft.EntityFrameworkCore;
using Picket.Server.Deployment;
using Picket.Server.Enrollment;
using Picket.Server.Notices;
using Picket.Server.Storage;

namespace Picket.Server.Integrations;

/// <summary>
/// Takes out what was read for an integration, some thousand devices at a time: one transaction over 100,000 devices
/// with their apps would block everybody else for minutes.
/// </summary>
public sealed class InventoryRemoval(PicketDatabase database, InventoryFigures figures)
{
    private const int Batch = 2000;

    public async Task RemoveAsync(Guid integration, CancellationToken cancellation)
    {
        await using var db = database.Open();
        while (await RemoveDevicesAsync(db, integration, cancellation) > 0) { }

        var groups = db.UserGroups.Where(row => row.IntegrationId == integration).Select(row => row.Id);
        await db.UserGroupMembers.Where(row => groups.Contains(row.UserGroupId)).ExecuteDeleteAsync(cancellation);
        await db.UserGroups.Where(row => row.IntegrationId == integration).ExecuteDeleteAsync(cancellation);
        await db.Users.Where(row => row.IntegrationId == integration).ExecuteDeleteAsync(cancellation);
        await db.Administrators.Where(row => row.IntegrationId == integration).ExecuteDeleteAsync(cancellation);
        await db.OrganizationGroups.Where(row => row.IntegrationId == integration).ExecuteDeleteAsync(cancellation);
        var readings = db.MembershipReadings.Where(row => row.IntegrationId == integration);
        await db
            .DeviceMemberships.Where(row => readings.Any(reading => reading.Id == row.GroupId))
            .ExecuteDeleteAsync(cancellation);
        await readings.ExecuteDeleteAsync(cancellation);
        await db.SmartGroups.Where(row => row.IntegrationId == integration).ExecuteDeleteAsync(cancellation);
        await db.Tags.Where(row => row.IntegrationId == integration).ExecuteDeleteAsync(cancellation);
        await db.VerdictDays.Where(row => row.IntegrationId == integration).ExecuteDeleteAsync(cancellation);
        figures.Forget(integration);
    }

    /// <summary>
    /// Runs and previews too, when the integration itself goes. The ledger and what it speaks of stay (law 3): what was
    /// written to a UEM is not forgotten, and the next integration there knows its tags by it.
    /// </summary>
    public async Task RemoveRecordsAsync(Guid integration, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var tags = db.OwnedTags.Where(row => row.IntegrationId == integration).Select(row => row.Id);
        await db.DeviceTags.Where(row => tags.Contains(row.OwnedTagId)).ExecuteDeleteAsync(cancellation);
        await db.TagDelays.Where(row => row.IntegrationId == integration).ExecuteDeleteAsync(cancellation);
        await db
            .ShownDevices.Where(row => db.TagRuns.Any(run => run.Id == row.RunId && run.IntegrationId == integration))
            .ExecuteDeleteAsync(cancellation);
        await db.TagPreviews.Where(row => row.IntegrationId == integration).ExecuteDeleteAsync(cancellation);
        await db.AppGroupPreviews.Where(row => row.IntegrationId == integration).ExecuteDeleteAsync(cancellation);
        await db.AppGroupSwitches.Where(row => row.IntegrationId == integration).ExecuteDeleteAsync(cancellation);
        await db
            .DriftDevices.Where(row => db.Drift.Any(of => of.Id == row.DriftId && of.IntegrationId == integration))
            .ExecuteDeleteAsync(cancellation);
        await db.Drift.Where(row => row.IntegrationId == integration).ExecuteDeleteAsync(cancellation);
        await db.TagReferences.Where(row => row.IntegrationId == integration).ExecuteDeleteAsync(cancellation);
        await db.SmartGroupLooks.Where(row => row.IntegrationId == integration).ExecuteDeleteAsync(cancellation);
        await db.WatchedPolicies.Where(row => row.IntegrationId == integration).ExecuteDeleteAsync(cancellation);
        await db.ReferenceWatches.Where(row => row.IntegrationId == integration).ExecuteDeleteAsync(cancellation);
        var runs = db.SyncRuns.Where(row => row.IntegrationId == integration);
        await db.RunTraces.Where(row => runs.Any(run => run.Id == row.RunId)).ExecuteDeleteAsync(cancellation);
        await runs.ExecuteDeleteAsync(cancellation);
        await db.DeviceCommands.Where(row => row.IntegrationId == integration).ExecuteDeleteAsync(cancellation);
        await ImportRemoval.RemoveAllAsync(db, integration, cancellation);
        await PublicationRemoval.RemoveAllAsync(db, integration, cancellation);
        await db.ErasedUsers.Where(row => row.IntegrationId == integration).ExecuteDeleteAsync(cancellation);
        await db.AdminLinks.Where(row => row.IntegrationId == integration).ExecuteDeleteAsync(cancellation);
        await db.LinkRequests.Where(row => row.IntegrationId == integration).ExecuteDeleteAsync(cancellation);
        await db.Recoveries.Where(row => row.IntegrationId == integration).ExecuteDeleteAsync(cancellation);
        await db.NeverTouch.Where(row => row.IntegrationId == integration).ExecuteDeleteAsync(cancellation);
        await NoticeRemoval.OfIntegrationAsync(db, integration, cancellation);
    }

    private static async Task<int> RemoveDevicesAsync(
        PicketDbContext db,
        Guid integration,
        CancellationToken cancellation
    )
    {
        var devices = await db
            .Devices.Where(row => row.IntegrationId == integration)
            .OrderBy(row => row.RemoteId)
            .Select(row => row.Id)
            .Take(Batch)
            .ToListAsync(cancellation);
        if (devices.Count == 0)
        {
            return 0;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.DeviceApps.Where(row => devices.Contains(row.DeviceId)).ExecuteDeleteAsync(cancellation);
        await db.DeviceChanges.Where(row => devices.Contains(row.DeviceId)).ExecuteDeleteAsync(cancellation);
        await db.Findings.Where(row => devices.Contains(row.DeviceId)).ExecuteDeleteAsync(cancellation);
        await db.WantedTags.Where(row => devices.Contains(row.DeviceId)).ExecuteDeleteAsync(cancellation);
        await db.HuntDevices.Where(row => devices.Contains(row.DeviceId)).ExecuteDeleteAsync(cancellation);
        await db.Devices.Where(row => devices.Contains(row.Id)).ExecuteDeleteAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return devices.Count;
    }
}
