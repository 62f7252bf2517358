namespace Picket.Core.Intelligence;

/// <summary>How often a feed brings something new, and when it is late.</summary>
public static class FeedRhythm
{
    /// <summary>For feeds whose rhythm is not known yet.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromDays(45);

    private const int FewestGaps = 3;
    private const int Late = 4;
    private static readonly TimeSpan Shortest = TimeSpan.FromDays(7);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(180);

    /// <summary>
    /// The age from which a feed is old: four times the usual time between its versions, a week at least and half a year
    /// at most. A feed of daily versions that stands still for a week is late; one that comes twice a year is not.
    /// </summary>
    /// <param name="versions">Dates of its versions, in any order.</param>
    public static TimeSpan OldAfter(IEnumerable<DateTimeOffset> versions)
    {
        DateTimeOffset[] dates = [.. versions.Distinct().Order()];
        TimeSpan[] gaps = [.. dates.Zip(dates.Skip(1), (one, next) => next - one).Order()];
        if (gaps.Length < FewestGaps)
        {
            return Usual;
        }

        var late = gaps[gaps.Length / 2] * Late;
        return late < Shortest ? Shortest
            : late > Longest ? Longest
            : late;
    }
}
