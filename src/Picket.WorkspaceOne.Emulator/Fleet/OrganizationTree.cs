namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>A Customer OG, its regions, and the departments of each region. The same for every fleet size.</summary>
public sealed class OrganizationTree
{
    private const int FirstId = 570;

    private static readonly string[] Regions = ["Europe", "North America", "Asia Pacific", "Latin America", "Africa"];

    private static readonly string[] Departments = ["Sales", "Field Service", "Finance", "Care", "Research", "Staff"];

    private readonly SeededIds ids;
    private readonly Lock gate = new();

    // Replaced as a whole, so that readers need no lock.
    private volatile OrganizationGroup[] groups = [];

    // Replaced as a whole, so that readers need no lock.
    private volatile HashSet<int> removed = [];

    internal OrganizationTree(SeededIds ids)
    {
        this.ids = ids;
        var customer = Add(null, "Northwind Care", "northwind", "Customer", 0, hides: false);
        foreach (var (region, number) in Regions.Select((name, number) => (name, number)))
        {
            var code = "nw-" + region.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
            // Two regions keep personal apps private, as works councils ask.
            var parent = Add(customer, region, code, "Region", 1, hides: number is 0 or 3);
            foreach (var department in Departments)
            {
                var departmentCode = code + "-" + department.Split(' ')[0].ToLowerInvariant();
                Add(parent, $"{department} {region}", departmentCode, "Container", 2, parent.HidesPersonalApps);
            }
        }
    }

    public OrganizationGroup Customer => groups[0];

    public IEnumerable<OrganizationGroup> All => groups.Where(group => !removed.Contains(group.Index));

    internal int Count => groups.Length;

    internal OrganizationGroup At(int index) => groups[index];

    public OrganizationGroup? ById(int id) => All.FirstOrDefault(group => group.Id == id);

    public OrganizationGroup? ByUuid(Guid uuid) => All.FirstOrDefault(group => group.Uuid == uuid);

    /// <summary>Finds by id, uuid, Group ID or name, in this order.</summary>
    public OrganizationGroup? Find(string text) =>
        (int.TryParse(text, out var id) ? ById(id) : null)
        ?? (Guid.TryParse(text, out var uuid) ? ByUuid(uuid) : null)
        ?? All.FirstOrDefault(group => group.GroupId.Equals(text, StringComparison.OrdinalIgnoreCase))
        ?? All.FirstOrDefault(group => group.Name.Equals(text, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether <paramref name="group"/> is <paramref name="ancestor"/> or lies below it.</summary>
    public bool IsWithin(int group, int ancestor)
    {
        if (removed.Contains(group))
        {
            return false;
        }

        for (int? at = group; at is { } index; at = groups[index].ParentIndex)
        {
            if (index == ancestor)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The group itself first, then everything below it.</summary>
    public IEnumerable<OrganizationGroup> Within(OrganizationGroup ancestor) =>
        All.Where(group => IsWithin(group.Index, ancestor.Index));

    internal bool Exists(int index) => !removed.Contains(index);

    internal void Remove(OrganizationGroup group) =>
        removed = [.. removed, .. Within(group).Select(below => below.Index)];

    /// <summary>A group that an administrator makes below another one; callers tell the fleet.</summary>
    internal OrganizationGroup Create(OrganizationGroup parent, string name, string groupId, string type) =>
        Add(parent, name, groupId, type, parent.Level + 1, parent.HidesPersonalApps);

    internal void Replace(OrganizationGroup group)
    {
        lock (gate)
        {
            var copy = groups.ToArray();
            copy[group.Index] = group;
            groups = copy;
        }
    }

    internal SavedTree Save() => new(groups, [.. removed.Order()]);

    internal void Load(SavedTree saved)
    {
        lock (gate)
        {
            groups = [.. saved.Groups];
            removed = [.. saved.Removed];
        }
    }

    private OrganizationGroup Add(
        OrganizationGroup? parent,
        string name,
        string groupId,
        string type,
        int level,
        bool hides
    )
    {
        lock (gate)
        {
            var index = groups.Length;
            var uuid = ids.Uuid(ThingKind.OrganizationGroup, index);
            var id = FirstId + index * 7;
            var group = new OrganizationGroup(index, id, uuid, name, groupId, type, parent?.Index, level, hides);
            groups = [.. groups, group];
            return group;
        }
    }
}

/// <summary>The tree as a saved state holds it: every group that ever was, in the order of their indexes.</summary>
internal sealed record SavedTree(IReadOnlyList<OrganizationGroup> Groups, IReadOnlyList<int> Removed);
