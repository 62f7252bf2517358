using Microsoft.EntityFrameworkCore;
using Picket.Core.Preparation;
using Picket.Core.Response;
using Picket.Server.Response;
using Picket.Server.Storage;

namespace Picket.Server.Integrations;

/// <summary>Rights to write show only in use: the ledger remembers how that went.</summary>
internal static class ProvenRights
{
    /// <summary>How the UEM says that a role lacks a right: on most routes, and on those of tags by version 2 and 3.</summary>
    private static readonly int?[] WantOfRight = [1011, 11];

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

        // What was proved once may have been taken away since: the latest use counts.
        if (await WasRefusedAsync([LedgerKinds.CreateTag]))
        {
            rights["tags-edit"] = RightUse.Refused;
        }

        if (await WasRefusedAsync([LedgerKinds.AddTag, LedgerKinds.RemoveTag]))
        {
            rights["bulk-management"] = RightUse.Refused;
        }

        return rights;

        async Task<bool> WasRefusedAsync(string[] kinds)
        {
            var latest = await db
                .Ledger.AsNoTracking()
                .Where(row => row.IntegrationId == integration && kinds.Contains(row.Kind))
                .Where(row => row.AnsweredAt != null || row.ConfirmedAt != null)
                .OrderByDescending(row => row.Id)
                .FirstOrDefaultAsync(cancellation);
            return latest is { State: LedgerState.Failed } && WantOfRight.Contains(latest.ErrorCode);
        }
    }
}
