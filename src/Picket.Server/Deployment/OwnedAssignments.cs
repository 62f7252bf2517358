using Microsoft.EntityFrameworkCore;
using Picket.Core.Deployment;
using Picket.Server.Storage;

namespace Picket.Server.Deployment;

internal static class OwnedAssignments
{
    /// <summary>What a publication made, as Core wants it: of what is pending either end is good.</summary>
    public static async Task<IReadOnlyList<OwnedAssignment>> OfAsync(
        PicketDbContext db,
        Guid publication,
        CancellationToken cancellation
    )
    {
        var rows = await db
            .OwnedAssignments.AsNoTracking()
            .Where(row => row.PublicationId == publication)
            .OrderBy(row => row.Ring)
            .ToListAsync(cancellation);
        return
        [
            .. rows.Select(row => new OwnedAssignment(
                row.Name,
                row.Pending || row.LastRead is null ? null : PublicationJson.Parse(row.LastRead),
                row.Leaving
            )),
        ];
    }
}
