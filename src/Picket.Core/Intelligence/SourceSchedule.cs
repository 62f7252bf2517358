namespace Picket.Core.Intelligence;

/// <summary>When the source of a feed is asked next.</summary>
public static class SourceSchedule
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestWish = TimeSpan.FromDays(1);

    /// <summary>
    /// After a failure sooner than usual, then at doubling distances up to the usual one: what was broken for a minute
    /// does not cost a day, and what is broken for a week is not asked every five minutes.
    /// </summary>
    /// <param name="interval">The usual distance.</param>
    /// <param name="failures">How often it failed in a row.</param>
    /// <param name="wished">How long the source asked to be left alone; a day at most is granted.</param>
    public static TimeSpan UntilNext(TimeSpan interval, int failures, TimeSpan? wished = null)
    {
        var retry = failures == 0 ? interval : FirstRetry * Math.Pow(2, Math.Min(failures - 1, 20));
        var next = retry < interval ? retry : interval;
        return wished is not { } wish || wish <= next ? next
            : wish < LongestWish ? wish
            : next < LongestWish ? LongestWish
            : next;
    }
}
