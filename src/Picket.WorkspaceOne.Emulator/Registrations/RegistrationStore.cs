namespace Picket.WorkspaceOne.Emulator.Registrations;

/// <summary>Announced devices and batch imports.</summary>
internal sealed class RegistrationStore
{
    private const int FirstBatch = 801;

    private readonly Lock gate = new();
    private readonly List<Registration> registrations = [];
    private readonly List<Batch> batches = [];

    public IReadOnlyList<Registration> All
    {
        get
        {
            lock (gate)
            {
                return [.. registrations];
            }
        }
    }

    public IReadOnlyList<Batch> Batches
    {
        get
        {
            lock (gate)
            {
                return [.. batches];
            }
        }
    }

    /// <summary>False: a device with one of these ids is announced already.</summary>
    public bool Add(Registration registration)
    {
        lock (gate)
        {
            if (registrations.Exists(other => SameDevice(other, registration)))
            {
                return false;
            }

            registrations.Add(registration);
            return true;
        }
    }

    public int Remove(Func<Registration, bool> which)
    {
        lock (gate)
        {
            return registrations.RemoveAll(registration => which(registration));
        }
    }

    public Batch AddBatch(string name, string description, string type, int group, string by, DateTime at)
    {
        lock (gate)
        {
            var batch = new Batch(FirstBatch + batches.Count, Guid.NewGuid(), name, description, type, group, by, at);
            batches.Add(batch);
            return batch;
        }
    }

    public SavedRegistrations Save() => new(All, Batches);

    public void Load(SavedRegistrations saved)
    {
        lock (gate)
        {
            registrations.Clear();
            registrations.AddRange(saved.All);
            batches.Clear();
            batches.AddRange(saved.Batches);
        }
    }

    private static bool SameDevice(Registration one, Registration other) =>
        Same(one.SerialNumber, other.SerialNumber) || Same(one.Udid, other.Udid) || Same(one.Imei, other.Imei);

    private static bool Same(string one, string other) =>
        one.Length > 0 && one.Equals(other, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A batch import; the layout of its file is unknown, so its rows are not read here.</summary>
/// <param name="Group">Index of the organization group.</param>
internal sealed record Batch(
    int Number,
    Guid Uuid,
    string Name,
    string Description,
    string Type,
    int Group,
    string By,
    DateTime At
);

internal sealed record SavedRegistrations(IReadOnlyList<Registration> All, IReadOnlyList<Batch> Batches);
