namespace Picket.Core.Sync;

/// <summary>The UEM's daily quota, as its answers' headers tell it.</summary>
public readonly record struct CallQuota(int Limit, int Remaining, DateTimeOffset Reset);

/// <summary>
/// How many calls Picket may still make until the quota's reset. The share is a daily ceiling, not an even pace: a run
/// may spend it all at once. The reserve is kept from background work, so that a person can still look at a device.
/// </summary>
public sealed record CallBudget
{
    /// <summary>The smallest daily quota that was ever seen; assumed until the UEM's headers tell the real one.</summary>
    public const int AssumedLimit = 50_000;

    public const double DefaultReserve = 0.10;

    public required int Ceiling { get; init; }

    public required int Background { get; init; }

    public required int Interactive { get; init; }

    /// <summary>When the counting starts anew; null while no header was seen.</summary>
    public DateTimeOffset? Reset { get; init; }

    /// <param name="quota">The last headers; null when none were seen yet.</param>
    /// <param name="share">Our part of the quota, above 0 and up to 1.</param>
    /// <param name="used">Calls that we made since the quota's day began.</param>
    public static CallBudget Of(
        CallQuota? quota,
        double share,
        int used,
        DateTimeOffset now,
        double reserve = DefaultReserve
    )
    {
        // After its reset a quota is whole again; the next answer opens a new day with new figures.
        var over = quota is { } last && last.Reset <= now;
        var limit = quota?.Limit ?? AssumedLimit;
        var remaining = quota is null || over ? limit : quota.Value.Remaining;
        var spent = over ? 0 : used;
        var ceiling = (int)Math.Floor(limit * share);

        return new()
        {
            Ceiling = ceiling,
            Background = Left((int)Math.Floor(ceiling * (1 - reserve)) - spent, remaining),
            Interactive = Left(ceiling - spent, remaining),
            Reset = over ? null : quota?.Reset,
        };
    }

    private static int Left(int ours, int remaining) => Math.Max(0, Math.Min(ours, remaining));
}
