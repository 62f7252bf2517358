using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Commands;

/// <summary>The commands that wait, and the latest that have ended.</summary>
public sealed class CommandQueue
{
    private const int EndedKept = 50_000;
    private const int FirstId = 71_001;

    private readonly SeededIds ids;
    private readonly Lock gate = new();
    private readonly SortedDictionary<int, DeviceCommand> commands = [];
    private readonly Dictionary<int, List<int>> byDevice = [];
    private readonly Queue<int> ended = new();
    private int created;

    internal CommandQueue(SeededIds ids)
    {
        this.ids = ids;
    }

    /// <summary>Latest first.</summary>
    public IReadOnlyList<DeviceCommand> All
    {
        get
        {
            lock (gate)
            {
                return [.. commands.Values.Reverse()];
            }
        }
    }

    /// <summary>The commands of one device, latest first.</summary>
    public IReadOnlyList<DeviceCommand> Of(Device device) => Of(device.Index);

    public DeviceCommand? ByUuid(Guid uuid)
    {
        lock (gate)
        {
            return commands.Values.FirstOrDefault(command => command.Uuid == uuid);
        }
    }

    internal IReadOnlyList<DeviceCommand> Of(int device)
    {
        lock (gate)
        {
            return byDevice.TryGetValue(device, out var known)
                ? [.. known.Select(id => commands[id]).OrderByDescending(command => command.Id)]
                : [];
        }
    }

    internal DeviceCommand Add(Func<int, Guid, DeviceCommand> make)
    {
        lock (gate)
        {
            var command = make(FirstId + created, ids.Uuid(ThingKind.Command, created));
            created++;
            Keep(command);
            return command;
        }
    }

    internal DeviceCommand Update(DeviceCommand command)
    {
        lock (gate)
        {
            commands[command.Id] = command;
            if (!command.IsPending)
            {
                Retire(command.Id);
            }

            return command;
        }
    }

    internal void Load(IEnumerable<DeviceCommand> saved)
    {
        lock (gate)
        {
            commands.Clear();
            byDevice.Clear();
            ended.Clear();
            created = 0;
            foreach (var command in saved.OrderBy(command => command.Id))
            {
                Keep(command);
                created = command.Id - FirstId + 1;
            }
        }
    }

    private void Keep(DeviceCommand command)
    {
        commands[command.Id] = command;
        if (!byDevice.TryGetValue(command.Device, out var known))
        {
            byDevice[command.Device] = known = [];
        }

        known.Add(command.Id);
        if (!command.IsPending)
        {
            Retire(command.Id);
        }
    }

    private void Retire(int id)
    {
        ended.Enqueue(id);
        if (ended.Count <= EndedKept || !commands.Remove(ended.Dequeue(), out var oldest))
        {
            return;
        }

        var left = byDevice[oldest.Device];
        left.Remove(oldest.Id);
        if (left.Count == 0)
        {
            byDevice.Remove(oldest.Device);
        }
    }
}
