using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Commands;

/// <summary>
/// Holds wipes back where too many were asked for: while a group or one above it is locked, each new wipe waits for an
/// administrator's approval. How the real server counts is unknown; here it is wipes within a quarter of an hour below
/// the customer group.
/// </summary>
public sealed class WipeLock
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private readonly OrganizationTree tree;
    private readonly Lock gate = new();
    private readonly HashSet<int> locked = [];
    private readonly Queue<DateTime> recent = new();

    internal WipeLock(OrganizationTree tree, int threshold)
    {
        this.tree = tree;
        Threshold = threshold;
    }

    /// <summary>One wipe more than so many within the window locks the customer group; 0: never.</summary>
    public int Threshold { get; set; }

    public bool IsLocked(int group)
    {
        lock (gate)
        {
            return locked.Any(ancestor => tree.IsWithin(group, ancestor));
        }
    }

    public void Set(int group, bool on)
    {
        lock (gate)
        {
            if (on)
            {
                locked.Add(group);
            }
            else
            {
                // A lock above holds this group too, so it has to go.
                locked.RemoveWhere(ancestor => tree.IsWithin(group, ancestor));
                recent.Clear();
            }
        }
    }

    /// <summary>Counts a wipe, and says whether it has to wait.</summary>
    internal bool Holds(int group, DateTime now)
    {
        lock (gate)
        {
            while (recent.TryPeek(out var oldest) && oldest < now - Window)
            {
                recent.Dequeue();
            }

            recent.Enqueue(now);
            if (Threshold > 0 && recent.Count > Threshold)
            {
                locked.Add(tree.Customer.Index);
            }

            return locked.Any(ancestor => tree.IsWithin(group, ancestor));
        }
    }

    internal IReadOnlyList<int> Save()
    {
        lock (gate)
        {
            return [.. locked];
        }
    }

    internal void Load(IEnumerable<int> groups)
    {
        lock (gate)
        {
            locked.Clear();
            recent.Clear();
            locked.UnionWith(groups);
        }
    }
}
