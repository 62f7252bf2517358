namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>
/// The devices: computed from (seed, index), with an overlay of what was changed since. Nothing is stored for a device
/// that nobody changed, so a million of them cost as much as one.
/// </summary>
public sealed class DeviceFleet
{
    private readonly ulong seed;
    private readonly SeededIds ids;
    private readonly DeviceGenerator generator;
    private readonly OrganizationTree tree;
    private readonly People people;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly Dictionary<int, Device> changed = [];
    private readonly HashSet<int> removed = [];
    private readonly DeviceListings listings;

    internal DeviceFleet(ulong seed, int count, OrganizationTree tree, People people, SeededIds ids, TimeProvider time)
    {
        this.seed = seed;
        this.ids = ids;
        this.tree = tree;
        this.people = people;
        this.time = time;
        Count = count;
        generator = new DeviceGenerator(seed, ids, people);
        listings = new DeviceListings(this, tree, people);
    }

    /// <summary>How many devices the seed gave, removed ones included.</summary>
    public int Count { get; }

    /// <summary>How many devices there are now.</summary>
    public int Remaining => Enumerable.Range(0, Count).Count(index => Exists(index));

    /// <summary>How many devices differ from what the seed gives: the only ones that take memory.</summary>
    public int Changed => changed.Count + removed.Count;

    internal DateTime Now => time.GetUtcNow().UtcDateTime;

    public Device? ById(int id) => ids.DeviceIndex(id, Count) is { } index && Exists(index) ? At(index) : null;

    public Device? ByUuid(Guid uuid) =>
        ids.Index(ThingKind.Device, uuid, Count) is { } index && Exists(index) ? At(index) : null;

    /// <summary>Every device that is left, in the order of ids.</summary>
    public IEnumerable<Device> All => Enumerable.Range(0, Count).Where(Exists).Select(At);

    public void Remove(Device device)
    {
        lock (gate)
        {
            removed.Add(device.Index);
            listings.Forget();
        }
    }

    /// <summary>Removes a share of the fleet, spread over all of it.</summary>
    public int RemoveShare(double share)
    {
        var doomed = All.Where(device =>
                new Dice(seed, (ulong)ThingKind.Device, device.Index).Below(777, 10_000) < share * 10_000
            )
            .ToList();
        doomed.ForEach(Remove);
        return doomed.Count;
    }

    public void Restore(int index)
    {
        lock (gate)
        {
            removed.Remove(index);
            listings.Forget();
        }
    }

    public Device Change(int id, Func<Device, Device> change)
    {
        var device = change(ById(id) ?? throw new KeyNotFoundException($"There is no device {id}."));
        lock (gate)
        {
            changed[device.Index] = device;
            listings.Forget();
        }

        return device;
    }

    /// <summary>Removes a group with everything below it. Its devices go too.</summary>
    public void RemoveGroup(OrganizationGroup group)
    {
        lock (gate)
        {
            tree.Remove(group);
            people.Forget();
            listings.Forget();
        }
    }

    /// <summary>Moves a user, and the devices that nobody placed elsewhere, into another group.</summary>
    public void MoveUser(string userName, OrganizationGroup group)
    {
        var user = people.ByName(userName) ?? throw new KeyNotFoundException($"There is no user {userName}.");
        lock (gate)
        {
            people.Move(user.Index, group.Index);
            listings.Forget();
        }
    }

    internal bool Exists(int index)
    {
        lock (gate)
        {
            return !removed.Contains(index);
        }
    }

    internal Device At(int index)
    {
        lock (gate)
        {
            return changed.TryGetValue(index, out var device) ? device : generator.Full(index);
        }
    }

    internal DeviceCore CoreAt(int index)
    {
        if (changed.Count > 0 && changed.TryGetValue(index, out var device))
        {
            return new(
                device.Platform,
                device.Group,
                device.User,
                device.Ownership,
                device.EnrollmentStatus,
                device.SilentSince
            );
        }

        return generator.Core(index);
    }

    internal CheckIn CheckIn(Device device) => Fleet.CheckIn.Of(seed, device.Index, device.SilentSince, Now);

    internal DateTime LastSeen(int index, DateTime? silentSince) =>
        silentSince ?? Fleet.CheckIn.LastReport(seed, index, Now);

    /// <summary>Indexes of the devices that a question asks for, in the order of ids.</summary>
    internal int[] List(DeviceFilter filter)
    {
        lock (gate)
        {
            return listings.Of(filter, removed);
        }
    }

    /// <summary>How many devices sit in a group or below it.</summary>
    internal int CountIn(int group)
    {
        lock (gate)
        {
            return listings.CountIn(group, removed);
        }
    }
}
