using Microsoft.EntityFrameworkCore;
using Picket.Server.Storage;

namespace Picket.Server.Deployment;

/// <summary>Forgets publications. The ledger stays.</summary>
internal static class PublicationRemoval
{
    public static Task RemoveAllAsync(PicketDbContext db, Guid integration, CancellationToken cancellation) =>
        RemoveAsync(db, db.Publications.Where(row => row.IntegrationId == integration), cancellation);

    public static async Task RemoveAsync(
        PicketDbContext db,
        IQueryable<PublicationRow> publications,
        CancellationToken cancellation
    )
    {
        var ids = publications.Select(row => row.Id);
        await db.PublicationDevices.Where(row => ids.Contains(row.PublicationId)).ExecuteDeleteAsync(cancellation);
        await db.PublicationRings.Where(row => ids.Contains(row.PublicationId)).ExecuteDeleteAsync(cancellation);
        await db.OwnedAssignments.Where(row => ids.Contains(row.PublicationId)).ExecuteDeleteAsync(cancellation);
        await db.NudgeDevices.Where(row => ids.Contains(row.PublicationId)).ExecuteDeleteAsync(cancellation);
        await db.Nudges.Where(row => ids.Contains(row.PublicationId)).ExecuteDeleteAsync(cancellation);
        await publications.ExecuteDeleteAsync(cancellation);
    }
}
