namespace Picket.Core.Intelligence;

/// <summary>How a version of a feed differs from the one in force, in entries.</summary>
/// <param name="Before">Entries of the version in force.</param>
/// <param name="After">Entries of the new one.</param>
/// <param name="Changed">Entries that both have, and that say something else now.</param>
public sealed record FeedShift(int Before, int After, int Added, int Removed, int Changed)
{
    public int Differing => Added + Removed + Changed;

    public int Shrunk => Math.Max(0, Before - After);
}

/// <summary>How much of a feed may change before a person is asked. Shares are percent of the version in force.</summary>
/// <param name="ChangePercent">Of entries that were added, removed or changed.</param>
/// <param name="ShrinkPercent">Of entries that are fewer.</param>
/// <param name="Floor">Fewer entries than this never ask: a list of ten changes by a third with three lines.</param>
public sealed record FeedBrake(int ChangePercent = 30, int ShrinkPercent = 10, int Floor = 20)
{
    /// <returns>Why a person should decide, as a sentence; null where the version may come into force by itself.</returns>
    public string? ReasonToAsk(FeedShift shift)
    {
        if (shift is { Before: > 0, After: 0 })
        {
            return $"It is empty; the version in force has {shift.Before:N0} entries.";
        }

        if (IsMore(shift.Shrunk, ShrinkPercent, shift.Before))
        {
            return $"It has {shift.After:N0} entries where the version in force has {shift.Before:N0}: "
                + $"more than {ShrinkPercent} % fewer.";
        }

        return IsMore(shift.Differing, ChangePercent, shift.Before)
            ? $"It differs in {shift.Differing:N0} entries ({shift.Added:N0} added, {shift.Removed:N0} removed, "
                + $"{shift.Changed:N0} changed) from the version in force, which has {shift.Before:N0}: "
                + $"more than {ChangePercent} %."
            : null;
    }

    private bool IsMore(int entries, int percent, int of) =>
        of > 0 && entries >= Math.Max(1, Floor) && (long)entries * 100 > (long)percent * of;
}
