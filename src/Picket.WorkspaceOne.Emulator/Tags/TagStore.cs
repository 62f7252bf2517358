using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Tags;

/// <summary>The tags and which devices carry them since when.</summary>
public sealed class TagStore
{
    private const int FirstId = 10_301;

    private const int KeptDetached = 20_000;

    private static readonly string[] Seeded = ["Loaner", "VIP", "Kiosk"];

    private readonly Lock gate = new();
    private readonly SortedDictionary<int, Tag> tags = [];
    private readonly Dictionary<int, Dictionary<int, DateTime>> carriers = [];
    private readonly Queue<(int Tag, int Device, DateTime Since, DateTime Until)> detached = new();
    private readonly SeededIds ids;
    private readonly TimeProvider time;
    private int created;

    internal TagStore(Tenant tenant, EmulatorOptions options, TimeProvider time)
    {
        ids = tenant.Ids;
        this.time = time;
        BulkLimit = options.BulkLimit;
        foreach (var name in Seeded)
        {
            var tag = Create(name, tenant.Tree.Customer.Index);
            for (var index = 0; index < tenant.Fleet.Count; index++)
            {
                if (new Dice(options.Seed, (ulong)ThingKind.Tag, index).Chance(tag.Id - FirstId, 4))
                {
                    carriers[tag.Id][index] = DeviceGenerator.Epoch.AddDays(-20);
                }
            }
        }
    }

    /// <summary>Devices per call of the bulk tag routes.</summary>
    public int BulkLimit { get; set; }

    public IReadOnlyList<Tag> All
    {
        get
        {
            lock (gate)
            {
                return [.. tags.Values];
            }
        }
    }

    public Tag? ById(int id) => All.FirstOrDefault(tag => tag.Id == id);

    public Tag? ByUuid(Guid uuid) => All.FirstOrDefault(tag => tag.Uuid == uuid);

    public Tag? ByName(string name, int group) =>
        All.FirstOrDefault(tag => tag.Group == group && tag.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public Tag Create(string name, int group, string? avatar = null)
    {
        lock (gate)
        {
            var id = FirstId + created;
            var uuid = ids.Uuid(ThingKind.Tag, created++);
            tags[id] = new Tag(id, uuid, name, group, avatar ?? name, time.GetUtcNow().UtcDateTime);
            carriers[id] = [];
            return tags[id];
        }
    }

    public void Rename(Tag tag, string name)
    {
        lock (gate)
        {
            tags[tag.Id] = tag with { Name = name };
        }
    }

    public void Delete(Tag tag)
    {
        lock (gate)
        {
            tags.Remove(tag.Id);
            carriers.Remove(tag.Id);
        }
    }

    /// <summary>False: the device carries it already.</summary>
    public bool Attach(Tag tag, Device device)
    {
        lock (gate)
        {
            return carriers[tag.Id].TryAdd(device.Index, time.GetUtcNow().UtcDateTime);
        }
    }

    /// <summary>False: the device does not carry it.</summary>
    public bool Detach(Tag tag, Device device)
    {
        lock (gate)
        {
            if (!carriers[tag.Id].Remove(device.Index, out var since))
            {
                return false;
            }

            detached.Enqueue((tag.Id, device.Index, since, time.GetUtcNow().UtcDateTime));
            if (detached.Count > KeptDetached)
            {
                detached.Dequeue();
            }

            return true;
        }
    }

    /// <summary>Indexes of the devices that carry a tag, with the time when they got it, in the order of ids.</summary>
    public IReadOnlyList<(int Device, DateTime Since)> Carriers(Tag tag)
    {
        lock (gate)
        {
            return carriers.TryGetValue(tag.Id, out var found)
                ? [.. found.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value))]
                : [];
        }
    }

    /// <summary>Those that carried a tag a short while ago, in no order.</summary>
    internal IReadOnlyList<(int Device, DateTime Since)> CarriersAsOf(Tag tag, DateTime when)
    {
        lock (gate)
        {
            return
            [
                .. Carriers(tag).Where(one => one.Since <= when),
                .. detached
                    .Where(one => one.Tag == tag.Id && one.Since <= when && one.Until > when)
                    .Select(one => (one.Device, one.Since)),
            ];
        }
    }

    public IReadOnlyList<(Tag Tag, DateTime Since)> Of(Device device)
    {
        lock (gate)
        {
            return
            [
                .. tags
                    .Values.Where(tag => carriers[tag.Id].ContainsKey(device.Index))
                    .Select(tag => (tag, carriers[tag.Id][device.Index])),
            ];
        }
    }

    internal (IReadOnlyList<Tag> Tags, Dictionary<int, Dictionary<int, DateTime>> Carriers) Save()
    {
        lock (gate)
        {
            return ([.. tags.Values], carriers.ToDictionary(pair => pair.Key, pair => pair.Value.ToDictionary()));
        }
    }

    internal void Load(IEnumerable<Tag> saved, IReadOnlyDictionary<int, Dictionary<int, DateTime>> carried)
    {
        lock (gate)
        {
            tags.Clear();
            carriers.Clear();
            foreach (var tag in saved)
            {
                tags[tag.Id] = tag;
                carriers[tag.Id] = carried[tag.Id];
                created = Math.Max(created, tag.Id - FirstId + 1);
            }
        }
    }
}
