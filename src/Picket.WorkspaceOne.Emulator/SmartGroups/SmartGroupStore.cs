using System.Globalization;
using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Tags;

namespace Picket.WorkspaceOne.Emulator.SmartGroups;

/// <summary>Smart groups: those of the seed by platform, region and ownership, and those that callers made.</summary>
internal sealed class SmartGroupStore
{
    private const int FirstId = 30_011;
    private const int IdStep = 3;

    private readonly Tenant tenant;
    private readonly TagStore tags;
    private readonly RecentCores recent;
    private readonly Lock gate = new();
    private volatile IReadOnlyList<SmartGroup> all = [];
    private int made;

    public SmartGroupStore(Tenant tenant, TagStore tags)
    {
        this.tenant = tenant;
        this.tags = tags;
        recent = new RecentCores(tenant.Fleet);
        var customer = tenant.Tree.Customer;
        Seed("All Devices", customer);
        Seed("All Apple Mobile", customer, "Platforms", "Apple");
        Seed("All Android", customer, "Platforms", "Android");
        Seed("All Windows", customer, "Platforms", "WinRT");
        Seed("All Macs", customer, "Platforms", "AppleOsX");
        Seed("Corporate Dedicated", customer, "Ownerships", "CorporateDedicated");
        Seed("Employee Owned", customer, "Ownerships", "EmployeeOwned");
        Seed("Corporate Shared", customer, "Ownerships", "CorporateShared");
        foreach (var region in tenant.Tree.All.Where(group => group.Level == 1).ToList())
        {
            Seed(region.Name + " devices", region);
        }
    }

    /// <summary>How long memberships lag behind changes of devices and tags; zero: not at all.</summary>
    public TimeSpan Delay
    {
        get => recent.Delay;
        set => recent.Delay = value;
    }

    public IReadOnlyList<SmartGroup> All => all;

    public SmartGroup? ByUuid(Guid uuid) => all.FirstOrDefault(group => group.Uuid == uuid);

    /// <summary>Null: the organization group manages one of that name already.</summary>
    public SmartGroup? Create(string name, int group, JsonElement body, DateTime now)
    {
        lock (gate)
        {
            if (Named(name, group) is not null)
            {
                return null;
            }

            var index = made++;
            var created = new SmartGroup(
                FirstId + index * IdStep,
                tenant.Ids.Uuid(ThingKind.SmartGroup, index),
                name,
                group,
                ListsOf(body),
                SmartGroupCriteria.Read(body),
                now
            );
            all = [.. all, created];
            return created;
        }
    }

    /// <summary>Replaces name and criteria as a whole. False: another one has that name.</summary>
    public bool Replace(SmartGroup group, string name, JsonElement body, DateTime now)
    {
        lock (gate)
        {
            if (Named(name, group.Group) is { } other && other.Id != group.Id)
            {
                return false;
            }

            var changed = group with
            {
                Name = name,
                Lists = ListsOf(body),
                Criteria = SmartGroupCriteria.Read(body),
                ModifiedAt = now,
            };
            all = [.. all.Select(one => one.Id == group.Id ? changed : one)];
            return true;
        }
    }

    public void Delete(SmartGroup group)
    {
        lock (gate)
        {
            all = [.. all.Where(one => one.Id != group.Id)];
        }
    }

    /// <summary>Indexes of the member devices, in the order of ids.</summary>
    public int[] Members(SmartGroup group)
    {
        var now = MembersNow(group);
        return Delay > TimeSpan.Zero && group.Criteria.ByRule ? Late(group, now) : now;
    }

    /// <summary>Whether a group holds one device, without listing the others where that is not needed.</summary>
    public bool Holds(SmartGroup group, Device device)
    {
        var criteria = group.Criteria;
        if (criteria.IsOneListing || Delay > TimeSpan.Zero || criteria.UserAdditions.Count > 0)
        {
            return Members(group).AsSpan().BinarySearch(device.Index) >= 0;
        }

        var added = criteria.DeviceAdditions.Contains(device.Id) && tenant.Tree.IsWithin(device.Group, group.Group);
        return (added || (criteria.ByRule && IsByRule(group, device))) && !IsExcluded(device.Index, criteria);
    }

    private bool IsByRule(SmartGroup group, Device device) =>
        GroupsOf(group, group.Criteria).Any(top => tenant.Tree.IsWithin(device.Group, top))
        && IsMatch(device.Index, DeviceCore.Of(device), group.Criteria)
        && (group.Criteria.Tags.Count == 0 || CarriersOf(group.Criteria.Tags).Contains(device.Index));

    /// <summary>Those that changed within the delay count as what they were before it.</summary>
    private int[] Late(SmartGroup group, int[] now)
    {
        var members = new SortedSet<int>(now);
        var within = GroupsOf(group, group.Criteria).ToList();
        var tagged = group.Criteria.Tags.Count == 0 ? null : CarriersOf(group.Criteria.Tags);
        foreach (var (index, core) in recent.AsOf(tenant.Fleet.Now - Delay))
        {
            var was =
                within.Exists(top => tenant.Tree.IsWithin(core.Group, top))
                && tagged?.Contains(index) is not false
                && IsMatch(index, core, group.Criteria)
                && !IsExcluded(index, group.Criteria);
            _ = was ? members.Add(index) : members.Remove(index);
        }

        return [.. members];
    }

    private int[] MembersNow(SmartGroup group)
    {
        var criteria = group.Criteria;
        if (criteria.IsOneListing)
        {
            return tenant.Fleet.List(Listing(group, criteria));
        }

        var members = new SortedSet<int>(criteria.ByRule ? ByRule(group, criteria) : []);
        members.UnionWith(Added(group, criteria));
        members.RemoveWhere(index => IsExcluded(index, criteria));
        return [.. members];
    }

    private DeviceFilter Listing(SmartGroup group, SmartGroupCriteria criteria) =>
        new(GroupsOf(group, criteria).First())
        {
            Platform = criteria.Platforms.SingleOrDefault(),
            Ownership = criteria.Ownerships.SingleOrDefault(),
        };

    private IEnumerable<int> ByRule(SmartGroup group, SmartGroupCriteria criteria)
    {
        var tagged = criteria.Tags.Count == 0 ? null : CarriersOf(criteria.Tags);
        return GroupsOf(group, criteria)
            .SelectMany(within => tenant.Fleet.List(new DeviceFilter(within)))
            .Where(index => tagged is null || tagged.Contains(index))
            .Where(index => IsMatch(index, tenant.Fleet.CoreAt(index), criteria));
    }

    private bool IsMatch(int index, DeviceCore device, SmartGroupCriteria criteria) =>
        Among(criteria.Ownerships, device.Ownership)
        && (criteria.Platforms.Count == 0 || criteria.Platforms.Any(name => Platforms.Is(name, device.Platform)))
        && (criteria.UserGroups.Count == 0 || IsInUserGroup(device.User, criteria.UserGroups))
        && (criteria.Models.Count == 0 || Among(criteria.Models, tenant.Fleet.At(index).Model.Name));

    private IEnumerable<int> Added(SmartGroup group, SmartGroupCriteria criteria)
    {
        var devices = criteria.DeviceAdditions.Select(id => tenant.Fleet.ById(id)).OfType<Device>();
        var ofUsers = criteria
            .UserAdditions.Select(id => tenant.People.ById(id))
            .OfType<EnrollmentUser>()
            .SelectMany(user => tenant.Fleet.List(new DeviceFilter(group.Group) { User = user.UserName }));
        return devices
            .Where(device => tenant.Tree.IsWithin(device.Group, group.Group))
            .Select(device => device.Index)
            .Concat(ofUsers);
    }

    private bool IsExcluded(int index, SmartGroupCriteria criteria)
    {
        if (!criteria.Excludes)
        {
            return false;
        }

        var user = tenant.Fleet.CoreAt(index).User;
        return criteria.DeviceExclusions.Contains(tenant.Ids.DeviceId(index))
            || criteria.UserExclusions.Contains(SeededIds.UserId(user))
            || IsInUserGroup(user, criteria.UserGroupExclusions);
    }

    private bool IsInUserGroup(int user, IReadOnlyList<int> groups) =>
        tenant.UserGroups.All.Any(group => groups.Contains(group.Id) && tenant.UserGroups.IsMember(group, user));

    private HashSet<int> CarriersOf(IReadOnlyList<int> wanted) =>
        [.. wanted.Select(tags.ById).OfType<Tag>().SelectMany(tag => CarriersOf(tag)).Select(one => one.Device)];

    private IReadOnlyList<(int Device, DateTime Since)> CarriersOf(Tag tag) =>
        Delay > TimeSpan.Zero ? tags.CarriersAsOf(tag, tenant.Fleet.Now - Delay) : tags.Carriers(tag);

    /// <summary>Groups that were named and still are below the managing one; that one itself when none is named.</summary>
    private IEnumerable<int> GroupsOf(SmartGroup group, SmartGroupCriteria criteria) =>
        criteria.OrganizationGroups.Count == 0
            ? [group.Group]
            : criteria
                .OrganizationGroups.Select(tenant.Tree.ById)
                .OfType<OrganizationGroup>()
                .Where(one => tenant.Tree.IsWithin(one.Index, group.Group))
                .Select(one => one.Index)
                .DefaultIfEmpty(group.Group);

    private SmartGroup? Named(string name, int group) =>
        all.FirstOrDefault(one => one.Group == group && one.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static bool Among(IReadOnlyList<string> wanted, string actual) =>
        wanted.Count == 0 || wanted.Contains(actual, StringComparer.OrdinalIgnoreCase);

    /// <summary>What the body does not name reads back as an empty list, and ownership as any.</summary>
    private static Dictionary<string, JsonElement> ListsOf(JsonElement body)
    {
        var lists = new Dictionary<string, JsonElement>();
        foreach (var name in SmartGroupCriteria.ListNames)
        {
            var given =
                Wire.JsonBody.Member(body, name) is { ValueKind: JsonValueKind.Array } array
                && array.GetArrayLength() > 0
                    ? array.Clone()
                    : JsonSerializer.SerializeToElement<string[]>(name == "Ownerships" ? ["allownerships"] : []);
            lists[name] = given;
        }

        return lists;
    }

    private void Seed(string name, OrganizationGroup group, string? list = null, string? value = null)
    {
        var body = new Dictionary<string, object>
        {
            ["OrganizationGroups"] = new[]
            {
                new Dictionary<string, string>
                {
                    ["Id"] = group.Id.ToString(CultureInfo.InvariantCulture),
                    ["Name"] = group.Name,
                    ["Uuid"] = group.Uuid.ToString(),
                },
            },
        };
        if (list is not null)
        {
            body[list] = new[] { value! };
        }

        Create(name, group.Index, JsonSerializer.SerializeToElement(body), DeviceGenerator.Epoch);
    }

    public SavedSmartGroups Save()
    {
        lock (gate)
        {
            return new(all, made);
        }
    }

    public void Load(SavedSmartGroups saved)
    {
        lock (gate)
        {
            all = saved.All;
            made = saved.Made;
        }
    }
}

internal sealed record SavedSmartGroups(IReadOnlyList<SmartGroup> All, int Made);
