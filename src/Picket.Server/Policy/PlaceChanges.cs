using Microsoft.EntityFrameworkCore;
using Picket.Core.Policy;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Policy;

/// <summary>
/// Devices whose place in the organization changes are judged anew, where the policy in force asks for places. What this
/// misses, such as a name in another case, is caught up with by the judging that every device gets once a day.
/// </summary>
public sealed class PlaceChanges(PolicyStore policies)
{
    private const int AtOnce = 1000;

    /// <param name="users">Who came into the group or left it.</param>
    /// <param name="first">Nobody was known to be in it before, so it was open for every device.</param>
    public async Task MembersMovedAsync(
        PicketDbContext db,
        UserGroupRow group,
        IReadOnlyList<string> users,
        bool first,
        CancellationToken cancellation
    )
    {
        var book = (await policies.CurrentAsync(db, cancellation)).Book;
        if (users.Count == 0 || group.Name is not { } name || !book.Named(MemberOf.UserGroup).Contains(name))
        {
            return;
        }

        var devices = db.Devices.Where(row => row.IntegrationId == group.IntegrationId && row.GoneAt == null);
        if (first)
        {
            await MarkAsync(devices, cancellation);
            return;
        }

        foreach (var some in users.Chunk(AtOnce))
        {
            await MarkAsync(devices.Where(row => some.Contains(row.UserName!)), cancellation);
        }
    }

    /// <summary>Of a smart group or a tag.</summary>
    /// <param name="devices">UEM ids of those that came into it or left it.</param>
    /// <param name="before">When its members were read before; null: never, so it was open for every device.</param>
    internal static async Task MembersMovedAsync(
        PicketDbContext db,
        Guid integration,
        IEnumerable<int> devices,
        DateTimeOffset? before,
        CancellationToken cancellation
    )
    {
        var present = db.Devices.Where(row => row.IntegrationId == integration && row.GoneAt == null);
        if (before is not { } then)
        {
            await MarkAsync(present, cancellation);
            return;
        }

        // For those that came after the reading before, it was open too.
        await MarkAsync(present.Where(row => row.FirstSeenAt > then), cancellation);
        foreach (var some in devices.Chunk(AtOnce))
        {
            await MarkAsync(present.Where(row => some.Contains(row.RemoteId)), cancellation);
        }
    }

    /// <summary>The tree as far as policies can tell one from another; null where the document names no group.</summary>
    public async Task<string?> TreeAsync(PicketDbContext db, Guid integration, CancellationToken cancellation)
    {
        var document = (await policies.CurrentAsync(db, cancellation)).Book.Document;
        var named = document.Policies.Select(policy => policy.Scope).Concat(document.Exceptions.Select(e => e.Scope));
        if (named.All(scope => scope.Group.IsAll))
        {
            return null;
        }

        var groups = await db
            .OrganizationGroups.Where(row => row.IntegrationId == integration && row.GoneAt == null)
            .OrderBy(row => row.RemoteId)
            .Select(row => new
            {
                row.RemoteId,
                row.ParentRemoteId,
                row.RemoteUuid,
                row.Name,
            })
            .ToListAsync(cancellation);
        return string.Join('\n', groups);
    }

    public static Task GroupsMovedAsync(PicketDbContext db, Guid integration, CancellationToken cancellation) =>
        MarkAsync(db.Devices.Where(row => row.IntegrationId == integration && row.GoneAt == null), cancellation);

    // Those that are due already too: they may be being judged just now, by where they stood before.
    private static Task<int> MarkAsync(IQueryable<DeviceRow> devices, CancellationToken cancellation) =>
        devices.ExecuteUpdateAsync(set => set.SetProperty(row => row.JudgingDue, true), cancellation);
}
