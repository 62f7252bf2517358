using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Picket.Core.Sync;
using Picket.Server.Inventory;
using Picket.Server.Policy;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Sync.Stages;

internal static class OrganizationGroupStage
{
    public static async Task WorkAsync(IServiceProvider services, SyncRun run, CancellationToken cancellation)
    {
        var groups = await run.Client.OrganizationGroups.ChildrenAsync(run.OrganizationGroup, cancellation);
        var places = services.GetRequiredService<PlaceChanges>();
        await using var db = services.GetRequiredService<PicketDatabase>().Open();
        var before = await places.TreeAsync(db, run.Integration.Id, cancellation);
        await Groups.WorkAsync(services, run, groups, Doubt(run, groups), cancellation);
        if (before is not null && before != await places.TreeAsync(db, run.Integration.Id, cancellation))
        {
            await PlaceChanges.GroupsMovedAsync(db, run.Integration.Id, cancellation);
        }
    }

    public static async Task<bool> IsReadableAsync(SyncRun run, CancellationToken cancellation)
    {
        try
        {
            await run.Client.OrganizationGroups.GetAsync(run.OrganizationGroup, cancellation);
            return true;
        }
        catch (WorkspaceOneException unreadable)
            when (unreadable is OutOfScopeException or NotFoundException or PermissionMissingException)
        {
            return false;
        }
    }

    /// <summary>The answer has no total. A whole one holds the group itself, and the parent of every other row.</summary>
    private static string? Doubt(SyncRun run, IReadOnlyList<UemOrganizationGroup> groups)
    {
        var ids = groups.Select(group => group.Id).ToHashSet();
        var orphans = groups.Count(group =>
            group.Id != run.OrganizationGroup && group.ParentLocationGroup.Id is { } parent && !ids.Contains(parent)
        );
        return !ids.Contains(run.OrganizationGroup)
                ? $"The answer lacks the integration's own group {run.OrganizationGroup}, so it is not the whole tree."
            : orphans > 0 ? $"The answer lacks the parents of {orphans} groups, so it is not the whole tree."
            : null;
    }

    /// <summary>The excluded groups with all that lie below them.</summary>
    public static async Task<HashSet<int>> ExcludedAsync(
        PicketDatabase database,
        SyncRun run,
        CancellationToken cancellation
    )
    {
        var excluded = run.Integration.ExcludedOrganizationGroups.ToHashSet();
        if (excluded.Count == 0)
        {
            return excluded;
        }

        await using var db = database.Open();
        var children = (
            await db
                .OrganizationGroups.Where(row => row.IntegrationId == run.Integration.Id && row.ParentRemoteId != null)
                .Select(row => new { row.RemoteId, Parent = row.ParentRemoteId!.Value })
                .ToListAsync(cancellation)
        ).ToLookup(row => row.Parent, row => row.RemoteId);
        var open = new Queue<int>(excluded);
        while (open.TryDequeue(out var group))
        {
            foreach (var child in children[group].Where(excluded.Add))
            {
                open.Enqueue(child);
            }
        }

        return excluded;
    }

    private static readonly SmallListing<UemOrganizationGroup, OrganizationGroupRow, int> Groups = new(
        "organizationGroups",
        row => row.RemoteId,
        group => group.Id,
        group =>
            RowHash.Of(
                group.Name,
                group.GroupId,
                group.LocationGroupType,
                group.ParentLocationGroup.Id?.ToString(CultureInfo.InvariantCulture),
                group.Uuid?.ToString()
            ),
        (group, row) =>
            new OrganizationGroupRow
            {
                Id = row.Id,
                IntegrationId = row.IntegrationId,
                RemoteId = group.Id,
                RemoteUuid = group.Uuid,
                ParentRemoteId = group.ParentLocationGroup.Id,
                Name = group.Name,
                GroupCode = group.GroupId,
                Type = group.LocationGroupType,
                Hash = row.Hash,
                FirstSeenAt = row.FirstSeenAt,
            },
        (client, id, cancellation) => client.OrganizationGroups.GetAsync(id, cancellation)
    );
}
