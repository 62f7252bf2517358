using System.Collections.Concurrent;
using Picket.WorkspaceOne.Emulator.Life;

namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>
/// The devices: computed from (seed, index, time), with an overlay of what was changed since. Nothing is stored for a
/// device that nobody changed, so a million of them cost as much as one.
/// </summary>
public sealed class DeviceFleet
{
    private readonly ulong seed;
    private readonly SeededIds ids;
    private readonly DeviceGenerator generator;
    private readonly OrganizationTree tree;
    private readonly People people;
    private readonly TimeProvider time;
    private readonly NaturalLife life;
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<int, Override> overrides = [];
    private readonly HashSet<int> removed = [];
    private readonly DeviceListings listings;
    private readonly AlternateIds alternates;

    internal DeviceFleet(
        ulong seed,
        int count,
        OrganizationTree tree,
        People people,
        SeededIds ids,
        TimeProvider time,
        NaturalLife? life = null
    )
    {
        this.seed = seed;
        this.ids = ids;
        this.tree = tree;
        this.people = people;
        this.time = time;
        this.life = life ?? new NaturalLife(seed, 0, TimeSpan.Zero);
        Count = count;
        generator = new DeviceGenerator(seed, ids, people);
        listings = new DeviceListings(this, tree, people);
        alternates = new AlternateIds(generator, count);
    }

    /// <summary>A device as it was, as it is now (null: deleted), and when it came about.</summary>
    internal event Action<Device, Device?, DateTime>? Changing;

    /// <summary>How many devices the seed gave, removed ones included.</summary>
    public int Count { get; }

    /// <summary>How many devices there are now.</summary>
    public int Remaining
    {
        get
        {
            lock (gate)
            {
                return Count - removed.Count;
            }
        }
    }

    /// <summary>How many devices differ from what the seed gives: the only ones that take memory.</summary>
    public int Changed => overrides.Count + (Count - Remaining);

    internal NaturalLife Life => life;

    /// <summary>The devices that somebody changed.</summary>
    internal IReadOnlyList<Device> ChangedDevices
    {
        get
        {
            lock (gate)
            {
                return [.. overrides.Keys.Where(index => !removed.Contains(index)).Order().Select(At)];
            }
        }
    }

    internal DateTime Now => time.GetUtcNow().UtcDateTime;

    public Device? ById(int id) => ids.DeviceIndex(id, Count) is { } index && Exists(index) ? At(index) : null;

    public Device? ByUuid(Guid uuid) =>
        ids.Index(ThingKind.Device, uuid, Count) is { } index && Exists(index) ? At(index) : null;

    /// <summary>The device that the seed gave at a place, counted from 1.</summary>
    internal Device? ByPosition(int place) => place >= 1 && place <= Count && Exists(place - 1) ? At(place - 1) : null;

    /// <summary>Every device that is left, in the order of ids.</summary>
    public IEnumerable<Device> All => Enumerable.Range(0, Count).Where(Exists).Select(At);

    public void Remove(Device device)
    {
        lock (gate)
        {
            if (!removed.Add(device.Index))
            {
                return;
            }

            listings.Forget();
        }

        Changing?.Invoke(device, null, Now);
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

    /// <summary>The device with the lowest id leaves, and of those that had left the one with the highest comes back.</summary>
    public void Churn()
    {
        int[] away;
        lock (gate)
        {
            away = [.. removed];
        }

        Remove(All.First());
        Restore(away.Max());
    }

    public Device Change(int id, Func<Device, Device> change) => Change(id, change, Now);

    internal Device Change(int id, Func<Device, Device> change, DateTime at)
    {
        var index = (ById(id) ?? throw new KeyNotFoundException($"There is no device {id}.")).Index;
        Device before,
            after;
        lock (gate)
        {
            before = At(index);
            after = change(before);
            overrides[index] = Override.Of(overrides.GetValueOrDefault(index)?.Set ?? Facts.None, before, after);
            listings.Forget(before, after);
        }

        Changing?.Invoke(before, after, at);
        return after;
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

    /// <summary>Makes or changes a group; what was counted by group is counted anew.</summary>
    internal OrganizationGroup ChangeTree(Func<OrganizationTree, OrganizationGroup> change)
    {
        lock (gate)
        {
            var group = change(tree);
            people.Forget();
            listings.Forget();
            return group;
        }
    }

    /// <summary>Moves a user, and the devices that nobody placed elsewhere, into another group.</summary>
    public void MoveUser(string userName, OrganizationGroup group)
    {
        var user = people.ByName(userName) ?? throw new KeyNotFoundException($"There is no user {userName}.");
        var before = people.DevicesOf(user.Index).Where(Exists).Select(At).ToList();
        lock (gate)
        {
            people.Move(user.Index, group.Index);
            listings.Forget();
        }

        foreach (var device in before)
        {
            Changing?.Invoke(device, At(device.Index), Now);
        }
    }

    internal bool Exists(int index)
    {
        lock (gate)
        {
            return !removed.Contains(index);
        }
    }

    internal Device At(int index) => At(index, Now);

    internal Device At(int index, DateTime when)
    {
        var natural = life.At(generator.Full(index), when);
        return overrides.TryGetValue(index, out var set) ? set.Over(natural) : natural;
    }

    internal DeviceCore CoreAt(int index) => CoreAt(index, Now);

    internal DeviceCore CoreAt(int index, DateTime when) =>
        !overrides.IsEmpty && overrides.ContainsKey(index)
            ? DeviceCore.Of(At(index, when))
            : life.At(generator.Core(index), index, when);

    internal CheckIn CheckIn(Device device) =>
        Fleet.CheckIn.Of(seed, device.Index, device.SilentSince, device.ReportedAt, Now);

    /// <summary>When a device reports next after a time; null: it does not report.</summary>
    internal DateTime? NextReport(Device device, DateTime after) =>
        device.SilentSince is null ? Fleet.CheckIn.NextReport(seed, device.Index, after) : null;

    /// <summary>The same for a device that may have fallen silent meanwhile: when it would have reported.</summary>
    internal DateTime RegularReport(Device device, DateTime after) =>
        Fleet.CheckIn.NextReport(seed, device.Index, after);

    internal DateTime LastSeen(int index, DeviceCore core, DateTime when)
    {
        var seen = core.SilentSince ?? Fleet.CheckIn.LastReport(seed, index, when);
        return core.SilentSince is null && core.ReportedAt > seen ? core.ReportedAt.Value : seen;
    }

    /// <summary>Finds a device by an identifier of its hardware, in any case.</summary>
    internal Device? ByAlternate(AlternateKind kind, string text) =>
        alternates.Find(kind, text) is { } index && Exists(index) ? At(index) : null;

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

    internal (IReadOnlyList<Override> Overrides, IReadOnlyList<int> Removed) Save()
    {
        lock (gate)
        {
            return ([.. overrides.Values.OrderBy(set => set.Values.Index)], [.. removed.Order()]);
        }
    }

    internal void Load(IEnumerable<Override> saved, IEnumerable<int> gone)
    {
        lock (gate)
        {
            overrides.Clear();
            removed.Clear();
            removed.UnionWith(gone);
            foreach (var set in saved)
            {
                overrides[set.Values.Index] = set;
            }

            listings.Forget();
        }
    }
}
