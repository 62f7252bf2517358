using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Picket.Core.Policy;
using Picket.Core.Response;
using Picket.Server.Policy;
using Picket.Server.Storage;

namespace Picket.Server.Brakes;

/// <summary>A group that an entry of the never-touch list named when it was made, as the inventory knew it then.</summary>
/// <param name="Id">The UEM's number.</param>
internal sealed record NeverTouchGroup(Guid Integration, int Id, string Name);

/// <summary>
/// A name may be that of several groups. Which they were is kept: when one of them is gone, or called otherwise, a name that
/// still fits the others would hide that its people are not protected any more.
/// </summary>
internal static class NeverTouchGroups
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static string? Json(IReadOnlyList<NeverTouchGroup> groups) =>
        groups.Count == 0 ? null : JsonSerializer.Serialize(groups, Options);

    public static IReadOnlyList<NeverTouchGroup> Of(NeverTouchRow row) =>
        row.Groups is { } kept ? JsonSerializer.Deserialize<List<NeverTouchGroup>>(kept, Options)! : [];

    /// <summary>Those that a name means now.</summary>
    /// <param name="integration">Null for all.</param>
    public static async Task<IReadOnlyList<NeverTouchGroup>> NamedAsync(
        PicketDbContext db,
        Guid? integration,
        NeverTouchKind kind,
        string name,
        CancellationToken cancellation
    )
    {
        var where = await db
            .Integrations.Where(row => integration == null || row.Id == integration)
            .Select(row => row.Id)
            .ToListAsync(cancellation);
        return
        [
            .. (await ReadAsync(db, where, kind, cancellation))
                .Where(group => group.IsCalled(name))
                .Select(group => group.Group),
        ];
    }

    /// <summary>
    /// Of each entry the groups that it named once and does not name any more: gone, or called otherwise since. Until a
    /// person says who is meant, they protect on. Those of an integration that was removed went with it.
    /// </summary>
    /// <param name="integration">Only groups of this integration; null for all.</param>
    public static async Task<IReadOnlyDictionary<Guid, IReadOnlyList<NeverTouchGroup>>> LostAsync(
        PicketDbContext db,
        IReadOnlyCollection<NeverTouchRow> rows,
        Guid? integration,
        CancellationToken cancellation
    )
    {
        var lost = new Dictionary<Guid, IReadOnlyList<NeverTouchGroup>>();
        var kept = rows.Where(row => row.Groups is not null).ToDictionary(row => row, Of);
        foreach (var kind in kept.Keys.Select(row => row.Kind).Distinct().ToList())
        {
            var asked = kept.Where(row => row.Key.Kind == kind).ToList();
            var named = asked.SelectMany(row => row.Value).Select(group => group.Integration).Distinct().ToList();
            var where = await db
                .Integrations.Where(row => named.Contains(row.Id) && (integration == null || row.Id == integration))
                .Select(row => row.Id)
                .ToListAsync(cancellation);
            var there = (await ReadAsync(db, where, kind, cancellation)).ToLookup(group =>
                (group.Group.Integration, group.Group.Id)
            );
            foreach (var (row, groups) in asked)
            {
                var gone = groups.Where(group =>
                    where.Contains(group.Integration)
                    && !there[(group.Integration, group.Id)].Any(now => now.IsCalled(row.Value))
                );
                lost[row.Id] = [.. gone];
            }
        }

        return lost.Where(entry => entry.Value.Count > 0).ToDictionary();
    }

    private static async Task<IReadOnlyList<NowCalled>> ReadAsync(
        PicketDbContext db,
        IReadOnlyCollection<Guid> where,
        NeverTouchKind kind,
        CancellationToken cancellation
    )
    {
        if (kind == NeverTouchKind.OrganizationGroup)
        {
            var places = await DevicePlaces.LoadTreesAsync(db, where, cancellation);
            return
            [
                .. places
                    .Paths()
                    .Select(at => new NowCalled(
                        new NeverTouchGroup(at.Integration, at.Group, at.Path.Groups[^1].Name),
                        at.Path
                    )),
            ];
        }

        var groups = await db
            .UserGroups.Where(row => row.GoneAt == null && row.Name != null && where.Contains(row.IntegrationId))
            .Select(row => new
            {
                row.IntegrationId,
                row.RemoteId,
                row.Name,
            })
            .ToListAsync(cancellation);
        return
        [
            .. groups.Select(row => new NowCalled(
                new NeverTouchGroup(row.IntegrationId, row.RemoteId, row.Name!),
                null
            )),
        ];
    }

    /// <param name="Path">Of an organization group.</param>
    private sealed record NowCalled(NeverTouchGroup Group, OrganizationPath? Path)
    {
        public bool IsCalled(string name) =>
            Path is null
                ? string.Equals(Group.Name, name, StringComparison.OrdinalIgnoreCase)
                : new GroupName(name).DepthIn(Path) == Path.Groups.Count - 1;
    }
}
