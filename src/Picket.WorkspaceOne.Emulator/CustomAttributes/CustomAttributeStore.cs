namespace Picket.WorkspaceOne.Emulator.CustomAttributes;

/// <summary>Custom attributes of the devices that have any, and the latest changes.</summary>
internal sealed class CustomAttributeStore(TimeProvider time)
{
    private const int KeptChanges = 20_000;

    private readonly Lock gate = new();
    private readonly SortedDictionary<int, List<CustomAttribute>> byDevice = [];
    private readonly Queue<CustomAttributeChange> changes = new();

    /// <summary>Indexes of the devices that have any, in the order of ids.</summary>
    public IReadOnlyList<int> Devices
    {
        get
        {
            lock (gate)
            {
                return [.. byDevice.Keys];
            }
        }
    }

    public IReadOnlyList<CustomAttributeChange> Changes
    {
        get
        {
            lock (gate)
            {
                return [.. changes];
            }
        }
    }

    public IReadOnlyList<CustomAttribute> Of(int device)
    {
        lock (gate)
        {
            return byDevice.TryGetValue(device, out var found) ? [.. found] : [];
        }
    }

    public void Set(int device, string name, string value, string group)
    {
        lock (gate)
        {
            var own = byDevice.TryGetValue(device, out var found) ? found : byDevice[device] = [];
            var at = own.FindIndex(one => Is(one, name, group));
            var now = time.GetUtcNow().UtcDateTime;
            Record(new(device, name, group, at < 0 ? "" : own[at].Value, value, now));
            var set = new CustomAttribute(name, value, group, now);
            if (at < 0)
            {
                own.Add(set);
            }
            else
            {
                own[at] = set;
            }
        }
    }

    /// <summary>False: the device has no such attribute.</summary>
    public bool Remove(int device, string name, string group)
    {
        lock (gate)
        {
            if (!byDevice.TryGetValue(device, out var own) || own.Find(one => Is(one, name, group)) is not { } had)
            {
                return false;
            }

            own.Remove(had);
            if (own.Count == 0)
            {
                byDevice.Remove(device);
            }

            Record(new(device, had.Name, had.Group, had.Value, "", time.GetUtcNow().UtcDateTime));
            return true;
        }
    }

    public SavedCustomAttributes Save()
    {
        lock (gate)
        {
            return new(byDevice.ToDictionary(one => one.Key, one => one.Value.ToArray()), [.. changes]);
        }
    }

    public void Load(SavedCustomAttributes saved)
    {
        lock (gate)
        {
            byDevice.Clear();
            changes.Clear();
            foreach (var (device, own) in saved.ByDevice)
            {
                byDevice[device] = [.. own];
            }

            foreach (var change in saved.Changes)
            {
                changes.Enqueue(change);
            }
        }
    }

    private void Record(CustomAttributeChange change)
    {
        changes.Enqueue(change);
        if (changes.Count > KeptChanges)
        {
            changes.Dequeue();
        }
    }

    private static bool Is(CustomAttribute one, string name, string group) =>
        one.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
        && one.Group.Equals(group, StringComparison.OrdinalIgnoreCase);
}

internal sealed record SavedCustomAttributes(
    IReadOnlyDictionary<int, CustomAttribute[]> ByDevice,
    IReadOnlyList<CustomAttributeChange> Changes
);
