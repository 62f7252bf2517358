using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Events;

/// <summary>The subscriptions, in the order of their ids.</summary>
public sealed class EventSubscriptions
{
    private const int FirstId = 301;

    private readonly SeededIds ids;
    private readonly Lock gate = new();
    private readonly SortedDictionary<int, EventSubscription> rows = [];
    private int created;

    internal EventSubscriptions(SeededIds ids)
    {
        this.ids = ids;
    }

    public IReadOnlyList<EventSubscription> All
    {
        get
        {
            lock (gate)
            {
                return [.. rows.Values];
            }
        }
    }

    public EventSubscription? ById(int id) => All.FirstOrDefault(row => row.Id == id);

    public EventSubscription? ByUuid(Guid uuid) => All.FirstOrDefault(row => row.Uuid == uuid);

    /// <param name="draft">Its id and uuid are given here.</param>
    public EventSubscription Add(EventSubscription draft)
    {
        lock (gate)
        {
            var row = draft with { Id = FirstId + created, Uuid = ids.Uuid(ThingKind.EventSubscription, created) };
            created++;
            return rows[row.Id] = row;
        }
    }

    public void Update(EventSubscription row)
    {
        lock (gate)
        {
            if (rows.ContainsKey(row.Id))
            {
                rows[row.Id] = row;
            }
        }
    }

    public void Remove(EventSubscription row)
    {
        lock (gate)
        {
            rows.Remove(row.Id);
        }
    }

    internal void Load(IEnumerable<EventSubscription> saved)
    {
        lock (gate)
        {
            rows.Clear();
            created = 0;
            foreach (var row in saved.OrderBy(row => row.Id))
            {
                rows[row.Id] = row;
                created = row.Id - FirstId + 1;
            }
        }
    }
}
