using Microsoft.EntityFrameworkCore;
using Picket.Core.Policy;
using Picket.Core.Response;
using Picket.Server.Policy;
using Picket.Server.Storage;

namespace Picket.Server.Brakes;

/// <summary>
/// Entries of groups that are gone, or were renamed in the UEM since: they named somebody once, and protect on until a
/// person says who is meant.
/// </summary>
internal static class NeverTouchLost
{
    /// <returns>Ids of those of the entries that are lost.</returns>
    public static async Task<IReadOnlySet<Guid>> OfAsync(
        PicketDbContext db,
        IReadOnlyCollection<NeverTouchRow> rows,
        CancellationToken cancellation
    ) =>
        (await UserGroupsAsync(db, Of(rows, NeverTouchKind.UserGroup), cancellation))
            .Concat(await OrganizationGroupsAsync(db, Of(rows, NeverTouchKind.OrganizationGroup), cancellation))
            .Select(row => row.Id)
            .ToHashSet();

    /// <summary>Whether there is an organization group of this name, path or uuid.</summary>
    public static async Task<bool> IsThereAsync(
        PicketDbContext db,
        Guid? integration,
        GroupName group,
        CancellationToken cancellation
    )
    {
        var where = await db
            .Integrations.Where(row => integration == null || row.Id == integration)
            .Select(row => row.Id)
            .ToListAsync(cancellation);
        foreach (var one in where)
        {
            var places = await DevicePlaces.LoadAsync(db, one, tree: true, Memberships.NoNames, cancellation);
            if (places.Paths().Any(path => group.DepthIn(path) is not null))
            {
                return true;
            }
        }

        return false;
    }

    private static List<NeverTouchRow> Of(IEnumerable<NeverTouchRow> rows, NeverTouchKind kind) =>
        [.. rows.Where(row => row.Kind == kind)];

    private static async Task<IEnumerable<NeverTouchRow>> UserGroupsAsync(
        PicketDbContext db,
        List<NeverTouchRow> rows,
        CancellationToken cancellation
    )
    {
        if (rows.Count == 0)
        {
            return rows;
        }

        var groups = await db
            .UserGroups.Where(group => group.GoneAt == null)
            .Select(group => new { group.IntegrationId, group.Name })
            .ToListAsync(cancellation);
        return rows.Where(row =>
            !groups.Exists(group =>
                (row.IntegrationId is null || row.IntegrationId == group.IntegrationId)
                && string.Equals(group.Name, row.Value, StringComparison.OrdinalIgnoreCase)
            )
        );
    }

    private static async Task<IEnumerable<NeverTouchRow>> OrganizationGroupsAsync(
        PicketDbContext db,
        List<NeverTouchRow> rows,
        CancellationToken cancellation
    )
    {
        var lost = new List<NeverTouchRow>();
        foreach (var row in rows)
        {
            if (!await IsThereAsync(db, row.IntegrationId, new GroupName(row.Value), cancellation))
            {
                lost.Add(row);
            }
        }

        return lost;
    }
}
