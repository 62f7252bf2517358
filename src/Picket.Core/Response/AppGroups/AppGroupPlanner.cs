namespace Picket.Core.Response;

public enum AppGroupStep
{
    /// <summary>It is as it should be.</summary>
    Nothing,

    /// <summary>There is none yet: it is made with its apps.</summary>
    Make,

    /// <summary>Apps are added, then others are taken out.</summary>
    Change,

    /// <summary>Nothing would be left in it, and the UEM keeps no empty group.</summary>
    Delete,
}

/// <param name="Adds">Ids that are to be in the group and are not; of a group that is made, all.</param>
/// <param name="Removes">Ids that Picket put there and that are to go; of a group that is deleted, all of them.</param>
/// <param name="Others">Ids in the group that somebody else put there. They stay.</param>
public sealed record AppGroupPlan(
    AppGroupStep Step,
    IReadOnlyList<string> Adds,
    IReadOnlyList<string> Removes,
    IReadOnlyList<string> Others
)
{
    public int Changes => Adds.Count + Removes.Count;

    /// <summary>Calls that write; two at the most.</summary>
    public int Calls =>
        Step switch
        {
            AppGroupStep.Nothing => 0,
            AppGroupStep.Change => (Adds.Count > 0 ? 1 : 0) + (Removes.Count > 0 ? 1 : 0),
            _ => 1,
        };
}

/// <summary>
/// Compares what a group of ours should hold with what it does, as read back. Only what Picket put there is ever taken out:
/// an app that somebody added by hand stays, wanted or not, and keeps the group alive.
/// </summary>
public static class AppGroupPlanner
{
    public static readonly StringComparer Ids = StringComparer.OrdinalIgnoreCase;

    /// <param name="wanted">Ids that are to be in it.</param>
    /// <param name="present">Ids that are, as read; null where there is no group.</param>
    /// <param name="ours">Those that Picket put there.</param>
    public static AppGroupPlan Plan(
        IEnumerable<string> wanted,
        IReadOnlyCollection<string>? present,
        IEnumerable<string> ours
    )
    {
        var wish = wanted.Distinct(Ids).ToList();
        if (present is null)
        {
            return new(wish.Count == 0 ? AppGroupStep.Nothing : AppGroupStep.Make, wish, [], []);
        }

        var (there, mine, kept) = (present.ToHashSet(Ids), ours.ToHashSet(Ids), wish.ToHashSet(Ids));
        var adds = wish.FindAll(id => !there.Contains(id));
        var removes = there.Where(id => mine.Contains(id) && !kept.Contains(id)).Order(Ids).ToList();
        var others = there.Where(id => !mine.Contains(id)).Order(Ids).ToList();
        var step =
            adds.Count == 0 && removes.Count == 0 ? AppGroupStep.Nothing
            : adds.Count == 0 && removes.Count == there.Count ? AppGroupStep.Delete
            : AppGroupStep.Change;
        return new(step, adds, removes, others);
    }
}
