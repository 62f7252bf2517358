namespace Picket.Core.Sync;

/// <summary>When an integration is read next.</summary>
public static class SyncSchedule
{
    /// <summary>Runs come a tenth of the interval early or late, so that many integrations do not call at once.</summary>
    public const double Jitter = 0.10;

    public static readonly TimeSpan DefaultInterval = TimeSpan.FromHours(4);

    /// <param name="seed">From the integration: the same integration and the same last run give the same time.</param>
    /// <returns>Never a time in the past: a run that was missed is due now.</returns>
    public static DateTimeOffset Next(DateTimeOffset? lastStart, TimeSpan interval, ulong seed, DateTimeOffset now)
    {
        if (lastStart is not { } last)
        {
            return now;
        }

        var swing = (2 * Fraction(seed ^ (ulong)last.UtcTicks)) - 1;
        var next = last + interval + (interval * (Jitter * swing));
        return next > now ? next : now;
    }

    /// <summary>SplitMix64: spreads neighbouring seeds over [0, 1).</summary>
    private static double Fraction(ulong seed)
    {
        var mixed = seed + 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
