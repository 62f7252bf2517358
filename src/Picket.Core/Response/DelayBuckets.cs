namespace Picket.Core.Response;

/// <summary>
/// Counts delays in steps of a tenth, so that percentiles of any time can be told from a few numbers. What is told is the
/// upper end of a step: at most a tenth more than it was, never less.
/// </summary>
public static class DelayBuckets
{
    private const double Step = 1.1;

    /// <summary>A little over four days; what took longer counts as this.</summary>
    public const int Last = 207;

    /// <summary>Bucket 0 holds all up to a millisecond.</summary>
    public static int Of(TimeSpan delay) =>
        delay.TotalMilliseconds <= 1
            ? 0
            : Math.Min(Last, (int)Math.Ceiling(Math.Log(delay.TotalMilliseconds, Step) - 1e-9));

    /// <summary>The longest delay that a bucket holds.</summary>
    public static TimeSpan Upper(int bucket) => TimeSpan.FromMilliseconds(Math.Pow(Step, bucket));

    /// <param name="counts">By bucket.</param>
    /// <param name="share">0.5 for the median, above 0 and at most 1.</param>
    /// <returns>Null where nothing was counted.</returns>
    public static TimeSpan? Percentile(IEnumerable<KeyValuePair<int, long>> counts, double share)
    {
        var ordered = counts.OrderBy(each => each.Key).ToList();
        var rank = (long)Math.Ceiling(ordered.Sum(each => each.Value) * share);
        var seen = 0L;
        foreach (var (bucket, count) in ordered)
        {
            seen += count;
            if (count > 0 && seen >= rank)
            {
                return Upper(bucket);
            }
        }

        return null;
    }
}
