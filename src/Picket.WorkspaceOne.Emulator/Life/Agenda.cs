namespace Picket.WorkspaceOne.Emulator.Life;

internal enum DueKind
{
    /// <summary>A device reports, and takes the commands that wait for it.</summary>
    CheckIn,

    /// <summary>The compliance verdict on a device is given anew.</summary>
    Review,
}

/// <param name="Device">Index of the device.</param>
internal sealed record Due(DateTime At, DueKind Kind, int Device);

/// <summary>What is to happen when; only things that somebody caused. Callers hold the lock of the life.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Due, (DateTime At, long Order)> queue = new();
    private long order;

    public DateTime? Next => queue.TryPeek(out var due, out _) ? due.At : null;

    public IReadOnlyList<Due> All =>
        [.. queue.UnorderedItems.OrderBy(item => item.Priority).Select(item => item.Element)];

    public void Add(Due due) => queue.Enqueue(due, (due.At, order++));

    /// <summary>Null: nothing is due by then.</summary>
    public Due? Take(DateTime now) => Next <= now ? queue.Dequeue() : null;

    public void Load(IEnumerable<Due> saved)
    {
        queue.Clear();
        foreach (var due in saved)
        {
            Add(due);
        }
    }
}
