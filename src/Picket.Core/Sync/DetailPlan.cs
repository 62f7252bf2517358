namespace Picket.Core.Sync;

/// <summary>Details cost calls per device; this says for whom the day's calls are spent.</summary>
public static class DetailPlan
{
    /// <summary>The UEM itself asks devices for their apps every 12 hours; sooner there is nothing new.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromHours(12);

    /// <summary>After the first failure; each further one doubles it.</summary>
    public static readonly TimeSpan FirstBackoff = TimeSpan.FromHours(2);

    public static readonly TimeSpan LongestBackoff = TimeSpan.FromDays(7);

    /// <summary>When a device may be asked again, so that one that always fails does not take the calls of the others.</summary>
    /// <param name="failures">Failures since the last good reading; 0 after a good one.</param>
    public static DateTimeOffset NotBefore(DateTimeOffset now, int failures)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(failures);
        if (failures == 0)
        {
            return now + Freshness;
        }

        var backoff = FirstBackoff * Math.Pow(2, Math.Min(failures - 1, 10));
        return now + (backoff < LongestBackoff ? backoff : LongestBackoff);
    }

    /// <summary>
    /// The devices to read, in order: at-risk ones, then the longest untried of all, as far as the calls reach. Those at
    /// risk take half the calls at most: otherwise a fleet with many of them would never learn the apps of the others.
    /// </summary>
    /// <param name="atRisk">In the order of their last try, as the others.</param>
    /// <param name="callsOf">Some cost more than others.</param>
    public static IReadOnlyList<TDevice> Choose<TDevice>(
        IEnumerable<TDevice> atRisk,
        IEnumerable<TDevice> longestUntried,
        Func<TDevice, int> callsOf,
        int calls
    ) => Within(Within(atRisk, callsOf, (calls + 1) / 2).Concat(longestUntried).Distinct(), callsOf, calls);

    /// <summary>The first of these whose calls fit.</summary>
    private static List<TDevice> Within<TDevice>(IEnumerable<TDevice> devices, Func<TDevice, int> callsOf, int calls)
    {
        var (fitting, left) = (new List<TDevice>(), calls);
        foreach (var device in devices)
        {
            left -= callsOf(device);
            if (left < 0)
            {
                break;
            }

            fitting.Add(device);
        }

        return fitting;
    }
}
