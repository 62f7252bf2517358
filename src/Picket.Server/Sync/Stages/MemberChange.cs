using Microsoft.EntityFrameworkCore;
using Picket.Core.Sync;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Sync.Stages;

/// <summary>What a whole listing of a user group's members changes.</summary>
/// <param name="Stored">How many were known before.</param>
/// <param name="Listed">How many were listed.</param>
internal sealed record MemberChange(int Stored, int Listed, IEnumerable<UserGroupMemberRow> Added, List<string> Gone)
{
    /// <summary>Streams those known before: a group may hold everybody, so of the names one set is kept and no more.</summary>
    /// <param name="listed">Is used up: what stays in it is new.</param>
    /// <param name="nameless">Others that were listed, of whom no name is kept.</param>
    public static async Task<MemberChange> OfAsync(
        PicketDbContext db,
        UserGroupRow group,
        HashSet<string> listed,
        int nameless,
        CancellationToken cancellation
    )
    {
        var (stored, count) = (0, listed.Count + nameless);
        List<string> gone = [];
        var known = db.UserGroupMembers.Where(row => row.UserGroupId == group.Id).Select(row => row.UserName);
        await foreach (var name in known.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            stored++;
            if (!listed.Remove(name))
            {
                gone.Add(name);
            }
        }

        var added = listed.Select(name => new UserGroupMemberRow { UserGroupId = group.Id, UserName = name });
        return new MemberChange(stored, count, added, gone);
    }

    /// <summary>A great loss is believed when the group, in its own listing, counts as many members as were listed.</summary>
    /// <param name="counted">What the group says of itself.</param>
    public bool IsDoubtful(int? counted)
    {
        var facts = ListingFactsOf.OnePiece(Listed, doubt: null) with
        {
            GroupReadable = true,
            StoredBefore = Stored,
            Missing = Gone.Count,
        };
        return counted != Listed && LossPlan.Decide(facts, new LossBrake()) is LossOutcome.HoldForApproval;
    }
}
