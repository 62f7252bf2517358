using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Audit;
using Picket.Server.Storage;

namespace Picket.Server.Integrations;

/// <summary>
/// Removes an integration whose tags are off all devices, or are to stay: 1 pause it, so that nothing starts; 2 its inventory in batches; 3 its records; 4 itself, with
/// the audit entry. Killed in between it is a paused integration, and removing it again goes on.
/// </summary>
internal static class IntegrationRemoval
{
    public static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        Guid id,
        HttpContext context,
        PicketDbContext db,
        SettingsServices services,
        InventoryRemoval inventory,
        bool? keepTags,
        CancellationToken cancellation
    )
    {
        var row = await IntegrationStore.FindAsync(db, id, cancellation);
        if (row is null)
        {
            return IntegrationProblems.NotFound(id);
        }

        if (await services.Gate.RefusalAsync(context, row, cancellation) is { } refused)
        {
            return refused;
        }

        if (await IntegrationStore.OpenWorkAsync(db, id, cancellation) is { } run)
        {
            return IntegrationProblems.UnderWay(run);
        }

        var carried = await db.DeviceTags.CountAsync(
            tag => db.OwnedTags.Any(own => own.Id == tag.OwnedTagId && own.IntegrationId == id),
            cancellation
        );
        if (carried > 0 && keepTags is not true)
        {
            return IntegrationProblems.Of(
                409,
                "Devices carry Picket's tags",
                $"{carried} tags of Picket's are on devices, and would stay there with nobody to take them off.",
                "Clean up first (`picket tags clean-up`), or remove with keepTags=true (`--keep-tags`)."
            );
        }

        var assigned = await db.OwnedAssignments.CountAsync(
            own => db.Publications.Any(each => each.Id == own.PublicationId && each.IntegrationId == id),
            cancellation
        );
        var groups = await db.PublicationRings.CountAsync(
            ring =>
                ring.MadeGroupId != null
                && db.Publications.Any(each =>
                    each.Id == ring.PublicationId && each.IntegrationId == id && each.State != PublicationState.Undone // What stays there was told.
                ),
            cancellation
        );
        if (assigned + groups > 0 && keepTags is not true)
        {
            return IntegrationProblems.Of(
                409,
                "Picket's assignments of apps are in the UEM",
                $"{assigned} assignments and {groups} smart groups that publications made would stay there with nobody to take them back.",
                "Undo the publications first (`picket publications undo`), or remove with keepTags=true (`--keep-tags`)."
            );
        }

        var denied = await db.AppGroupApps.CountAsync(
            app =>
                app.Ours
                && db.OwnedAppGroups.Any(group =>
                    group.Id == app.GroupId && group.IntegrationId == id && group.RemoteId != null
                ),
            cancellation
        );
        if (denied > 0 && keepTags is not true)
        {
            return IntegrationProblems.Of(
                409,
                "Picket's lists of denied apps are in the UEM",
                $"{denied} apps would stay denied there with nobody to take them off, and compliance would go on acting by them.",
                "Clean up first (`picket appgroups clean-up`), or remove with keepTags=true (`--keep-tags`)."
            );
        }

        (row.State, row.StateReason) = (IntegrationState.Paused, "It is being removed."); // 1
        (row.NextRunAt, row.WritingEnabled) = (null, false);
        if (await IntegrationStore.SaveAsync(db, row, cancellation) is { } lost)
        {
            return lost;
        }

        await inventory.RemoveAsync(id, cancellation); // 2
        var writes = await db.Ledger.CountAsync(entry => entry.IntegrationId == id, cancellation);
        await inventory.RemoveRecordsAsync(id, cancellation); // 3

        db.Integrations.Remove(row); // 4
        var before = new { Settings = SettingsSnapshot.Of(row), LedgerEntries = writes };
        services.Audit.Add(db, AuditLog.ActorOf(context.User), "integration.removed", $"{id}", before);
        if (await IntegrationStore.SaveAsync(db, row, cancellation) is { } changed)
        {
            return changed;
        }

        services.Connections.Forget(id);
        IntegrationLog.Changed(services.Log, id, "was removed");
        return TypedResults.NoContent();
    }
}
