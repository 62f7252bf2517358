namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>
/// What changed devices were a short while ago: the server works smart groups out in the background, so for some time
/// after a change it still answers with the old memberships.
/// </summary>
internal sealed class RecentCores
{
    private readonly Lock gate = new();
    private readonly Queue<(DateTime At, int Device, DeviceCore Before)> changes = new();

    public RecentCores(DeviceFleet fleet)
    {
        fleet.Changing += Note;
    }

    /// <summary>How long memberships lag behind; zero: not at all.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>The devices that changed since a time, as they were then.</summary>
    public IReadOnlyDictionary<int, DeviceCore> AsOf(DateTime when)
    {
        var then = new Dictionary<int, DeviceCore>();
        lock (gate)
        {
            foreach (var (_, device, before) in changes.Where(change => change.At > when))
            {
                then.TryAdd(device, before);
            }
        }

        return then;
    }

    private void Note(Device before, Device? after, DateTime at)
    {
        var core = DeviceCore.Of(before);
        if (Delay <= TimeSpan.Zero || after is null || core == DeviceCore.Of(after))
        {
            return;
        }

        lock (gate)
        {
            while (changes.TryPeek(out var oldest) && oldest.At < at - Delay)
            {
                changes.Dequeue();
            }

            changes.Enqueue((at, before.Index, core));
        }
    }
}
