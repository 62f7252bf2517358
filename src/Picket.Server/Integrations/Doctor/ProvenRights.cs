using Microsoft.EntityFrameworkCore;
using Picket.Core.Preparation;
using Picket.Server.Storage;

namespace Picket.Server.Integrations;

/// <summary>Rights to write show only in use: the ledger remembers how that went.</summary>
internal static class ProvenRights
{
    public static async Task<IReadOnlyDictionary<string, RightUse>> OfAsync(
        PicketDbContext db,
        Guid integration,
        CancellationToken cancellation
    )
    {
        // A tag that was there before proves nothing about us.
        var ours = db.OwnedTags.Where(tag => tag.IntegrationId == integration && !tag.Adopted);
        var rights = new Dictionary<string, RightUse>();
        if (await ours.AnyAsync(tag => tag.RemoteId != null, cancellation))
        {
            rights["tags-edit"] = RightUse.Proved;
        }

        var carried = db.DeviceTags.Where(row => ours.Any(tag => tag.Id == row.OwnedTagId));
        if (await carried.AnyAsync(cancellation))
        {
            rights["bulk-management"] = RightUse.Proved;
        }

        return rights;
    }
}
