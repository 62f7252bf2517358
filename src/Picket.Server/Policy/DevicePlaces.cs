using Microsoft.EntityFrameworkCore;
using Picket.Core.Policy;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Policy;

/// <summary>
/// Where devices stand in the organization, read by a handful of queries for many devices at once. User groups are looked
/// at only where the policy names some.
/// </summary>
internal sealed class DevicePlaces
{
    /// <summary>A tree as deep has gone round in a circle.</summary>
    private const int DeepestGroup = 100;
    private static readonly IReadOnlySet<string> NoGroups = new HashSet<string>();

    private readonly Dictionary<(Guid Integration, int Group), OrganizationGroupRow> groups = [];
    private readonly Dictionary<(Guid Integration, int Group), OrganizationPath?> paths = [];
    private readonly Dictionary<(Guid Integration, string User), HashSet<string>> members = [];
    private readonly HashSet<Guid> integrationsWithoutMembers = [];

    private DevicePlaces() { }

    /// <summary>Of the devices of some integrations.</summary>
    public static async Task<DevicePlaces> LoadAsync(
        PicketDbContext db,
        IReadOnlyCollection<Guid> integrations,
        PolicyBook book,
        CancellationToken cancellation
    )
    {
        var places = new DevicePlaces();
        await foreach (
            var row in db
                .OrganizationGroups.AsNoTracking()
                .Where(row => integrations.Contains(row.IntegrationId) && row.GoneAt == null)
                .AsAsyncEnumerable()
                .WithCancellation(cancellation)
        )
        {
            places.groups[(row.IntegrationId, row.RemoteId)] = row;
        }

        if (book.UserGroups.Count > 0)
        {
            await places.LoadMembersAsync(db, integrations, book, cancellation);
        }

        return places;
    }

    public DevicePlace Of(DeviceRow device) =>
        Of(device.IntegrationId, device.OrganizationGroupId, device.UserName, device.SerialNumber);

    public DevicePlace Of(Guid integration, int? group, string? user, string? serialNumber) =>
        new(
            group is { } number ? PathOf(integration, number) : null,
            integrationsWithoutMembers.Contains(integration) ? null
                : user is { } name && members.TryGetValue((integration, Folded(name)), out var named) ? named
                : NoGroups,
            serialNumber
        );

    /// <summary>Of every organization group.</summary>
    public IReadOnlyList<OrganizationPath> Paths() =>
        [.. groups.Keys.Select(key => PathOf(key.Integration, key.Group)).OfType<OrganizationPath>()];

    /// <summary>Null where the group was not read.</summary>
    private OrganizationPath? PathOf(Guid integration, int group)
    {
        if (paths.TryGetValue((integration, group), out var known))
        {
            return known;
        }

        var above = new List<OrganizationGroup>();
        var next = (int?)group;
        while (
            next is { } number && groups.TryGetValue((integration, number), out var row) && above.Count < DeepestGroup
        )
        {
            above.Insert(0, new OrganizationGroup(row.RemoteUuid?.ToString(), row.Name ?? row.GroupCode ?? ""));
            next = row.ParentRemoteId == number ? null : row.ParentRemoteId;
        }

        // The integration's own group stands at the top; what lies above it is not its to read.
        var path = above.Count == 0 ? null : new OrganizationPath(above);
        return paths[(integration, group)] = path;
    }

    private async Task LoadMembersAsync(
        PicketDbContext db,
        IReadOnlyCollection<Guid> integrations,
        PolicyBook book,
        CancellationToken cancellation
    )
    {
        var rows = await db
            .UserGroups.AsNoTracking()
            .Where(row => integrations.Contains(row.IntegrationId) && row.GoneAt == null)
            .Select(row => new
            {
                row.Id,
                row.IntegrationId,
                row.Name,
                row.MemberCount,
                Read = db.UserGroupMembers.Any(member => member.UserGroupId == row.Id),
            })
            .ToListAsync(cancellation);
        // Where no group at all was read, nobody knows who is in one.
        integrationsWithoutMembers.UnionWith(integrations.Except(rows.Select(row => row.IntegrationId)));
        var named = rows.Where(row => row.Name is { } name && book.UserGroups.Contains(name)).ToList();
        integrationsWithoutMembers.UnionWith(
            named.Where(row => !row.Read && row.MemberCount is not 0).Select(row => row.IntegrationId)
        );
        var ids = named.Select(row => row.Id).ToList();
        var byId = named.ToDictionary(row => row.Id);
        await foreach (
            var member in db
                .UserGroupMembers.AsNoTracking()
                .Where(member => ids.Contains(member.UserGroupId))
                .AsAsyncEnumerable()
                .WithCancellation(cancellation)
        )
        {
            var group = byId[member.UserGroupId];
            var key = (group.IntegrationId, Folded(member.UserName));
            if (!members.TryGetValue(key, out var names))
            {
                members[key] = names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            }

            names.Add(group.Name!);
        }
    }

    private static string Folded(string userName) => userName.ToUpperInvariant();
}
