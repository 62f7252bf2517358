using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Picket.Core.Devices;
using Picket.Core.Policy;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Policy;

/// <summary>
/// Where devices stand in the organization, read by a handful of queries for many devices at once. Members are looked at
/// only of what the policy names.
/// </summary>
internal sealed class DevicePlaces
{
    /// <summary>A tree as deep has gone round in a circle.</summary>
    private const int DeepestGroup = 100;

    private readonly Dictionary<(Guid Integration, int Group), OrganizationGroupRow> groups = [];

    /// <summary>A trial asks for many devices at the same time.</summary>
    private readonly ConcurrentDictionary<(Guid Integration, int Group), OrganizationPath?> paths = [];
    private readonly Dictionary<(Guid Integration, string User), HashSet<string>> members = [];
    private readonly HashSet<Guid> integrationsWithoutUserGroups = [];
    private readonly Dictionary<Guid, HashSet<string>> openUserGroups = [];
    private Dictionary<(Guid Integration, MemberOf Kind), ListedMemberships> listed = [];

    private DevicePlaces() { }

    /// <summary>Of some devices of one integration.</summary>
    public static Task<DevicePlaces> LoadAsync(
        PicketDbContext db,
        Guid integration,
        IEnumerable<DeviceRow> devices,
        PolicyBook book,
        CancellationToken cancellation
    ) => LoadAsync(db, [integration], [.. devices.Select(device => device.RemoteId)], book, cancellation);

    /// <summary>Of the devices of some integrations.</summary>
    public static Task<DevicePlaces> LoadAsync(
        PicketDbContext db,
        IReadOnlyCollection<Guid> integrations,
        PolicyBook book,
        CancellationToken cancellation
    ) => LoadAsync(db, integrations, remoteIds: null, book, cancellation);

    private static async Task<DevicePlaces> LoadAsync(
        PicketDbContext db,
        IReadOnlyCollection<Guid> integrations,
        List<int>? remoteIds,
        PolicyBook book,
        CancellationToken cancellation
    )
    {
        var places = new DevicePlaces();
        await places.LoadGroupsAsync(db, integrations, cancellation);
        if (book.Named(MemberOf.UserGroup).Count > 0)
        {
            await places.LoadUserGroupsAsync(db, integrations, book.Named(MemberOf.UserGroup), cancellation);
        }

        places.listed = await ListedMemberships.LoadAsync(db, integrations, book, remoteIds, cancellation);
        return places;
    }

    /// <summary>In these user groups, and in the tree where that is asked for: for what asks for nothing else.</summary>
    public static async Task<DevicePlaces> LoadAsync(
        PicketDbContext db,
        Guid integration,
        bool tree,
        IReadOnlySet<string> userGroups,
        CancellationToken cancellation
    )
    {
        var places = new DevicePlaces();
        if (tree)
        {
            await places.LoadGroupsAsync(db, [integration], cancellation);
        }

        if (userGroups.Count > 0)
        {
            await places.LoadUserGroupsAsync(db, [integration], userGroups, cancellation);
        }

        return places;
    }

    /// <summary>The trees alone, of some integrations.</summary>
    public static async Task<DevicePlaces> LoadTreesAsync(
        PicketDbContext db,
        IReadOnlyCollection<Guid> integrations,
        CancellationToken cancellation
    )
    {
        var places = new DevicePlaces();
        await places.LoadGroupsAsync(db, integrations, cancellation);
        return places;
    }

    /// <summary>What a policy asks of a device.</summary>
    public DeviceSubject SubjectOf(DeviceRow device) =>
        new(
            device.Id.ToString(),
            DevicePlatforms.Recognise(device.Platform, device.ModelIdentifier, device.Model),
            Ownerships.Of(device.Ownership),
            Of(device)
        );

    public DevicePlace Of(DeviceRow device) => Of(PlacedDevice.Of(device));

    public DevicePlace Of(PlacedDevice device) =>
        new(device.Group is { } number ? PathOf(device.Integration, number) : null, device.SerialNumber)
        {
            UserGroups = UserGroupsOf(device.Integration, device.User),
            SmartGroups = Listed(device, MemberOf.SmartGroup),
            Tags = Listed(device, MemberOf.Tag),
        };

    /// <summary>Of every organization group.</summary>
    public IEnumerable<(Guid Integration, int Group, OrganizationPath Path)> Paths() =>
        from key in groups.Keys
        let path = PathOf(key.Integration, key.Group)
        where path is not null
        select (key.Integration, key.Group, path);

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

    private Memberships Listed(PlacedDevice device, MemberOf kind) =>
        listed.TryGetValue((device.Integration, kind), out var memberships)
            ? memberships.Of(device.RemoteId, device.FirstSeenAt)
            : Memberships.NotKnown;

    private Memberships UserGroupsOf(Guid integration, string? user)
    {
        if (integrationsWithoutUserGroups.Contains(integration))
        {
            return Memberships.NotKnown;
        }

        var open = openUserGroups.GetValueOrDefault(integration);
        var named = user is null ? null : members.GetValueOrDefault((integration, Folded(user)));
        return open is null && named is null
            ? Memberships.None
            : new Memberships(named ?? Memberships.NoNames, open ?? Memberships.NoNames);
    }

    private async Task LoadGroupsAsync(
        PicketDbContext db,
        IReadOnlyCollection<Guid> integrations,
        CancellationToken cancellation
    )
    {
        await foreach (
            var row in db
                .OrganizationGroups.AsNoTracking()
                .Where(row => integrations.Contains(row.IntegrationId) && row.GoneAt == null)
                .AsAsyncEnumerable()
                .WithCancellation(cancellation)
        )
        {
            groups[(row.IntegrationId, row.RemoteId)] = row;
        }
    }

    private async Task LoadUserGroupsAsync(
        PicketDbContext db,
        IReadOnlyCollection<Guid> integrations,
        IReadOnlySet<string> names,
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
        integrationsWithoutUserGroups.UnionWith(integrations.Except(rows.Select(row => row.IntegrationId)));
        var named = rows.Where(row => row.Name is { } name && names.Contains(name)).ToList();
        foreach (
            var group in named.Where(row => !row.Read && row.MemberCount is not 0).GroupBy(row => row.IntegrationId)
        )
        {
            openUserGroups[group.Key] = group.Select(row => row.Name!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        }

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
            if (!members.TryGetValue(key, out var isIn))
            {
                members[key] = isIn = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            }

            isIn.Add(group.Name!);
        }
    }

    private static string Folded(string userName) => userName.ToUpperInvariant();
}
