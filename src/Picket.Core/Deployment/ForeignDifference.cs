namespace Picket.Core.Deployment;

/// <summary>What others changed of what is theirs between two lists, by the names of their assignments.</summary>
/// <param name="Rest">The order of theirs, or members beside the assignments, such as excluded smart groups.</param>
public sealed record ForeignDifference(
    IReadOnlyList<string> Added,
    IReadOnlyList<string> Removed,
    IReadOnlyList<string> Changed,
    bool Rest
)
{
    /// <param name="ours">Names of what is not foreign.</param>
    public static ForeignDifference Between(
        AssignmentList before,
        AssignmentList after,
        IReadOnlyCollection<string> ours
    )
    {
        var (gone, come) = (Foreign(before, ours), Foreign(after, ours));
        var isMoved = gone.Count == come.Count && !gone.Zip(come).All(pair => pair.First.IsSame(pair.Second));
        Pair(gone, come, (one, other) => one.IsSameButForPlace(other)); // What is as it was.
        var changed = Pair(gone, come, (one, other) => one.Name == other.Name);
        var named = gone.Count + come.Count + changed.Count;
        return new(Names(come), Names(gone), changed, !before.HasSameOthers(after) || (named == 0 && isMoved));
    }

    /// <summary>Takes those that belong together out of both lists.</summary>
    /// <returns>Their names.</returns>
    private static List<string> Pair(
        List<AssignmentRow> gone,
        List<AssignmentRow> come,
        Func<AssignmentRow, AssignmentRow, bool> belong
    )
    {
        var names = new List<string>();
        foreach (var row in gone.ToList())
        {
            if (come.Find(other => belong(row, other)) is { } found)
            {
                gone.Remove(row);
                come.Remove(found);
                names.Add(found.Name ?? "");
            }
        }

        return names;
    }

    private static List<AssignmentRow> Foreign(AssignmentList list, IReadOnlyCollection<string> ours) =>
        [.. list.Rows.Where(row => row.Name is not { } name || !ours.Contains(name))];

    private static IReadOnlyList<string> Names(IEnumerable<AssignmentRow> rows) =>
        [.. rows.Select(row => row.Name ?? "")];
}
