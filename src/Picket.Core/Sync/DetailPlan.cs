namespace Picket.Core.Sync;

/// <summary>What decides whether, and how soon, a device's apps and security details are read.</summary>
/// <param name="LastSeen">The device's own last contact: what it can tell is as old as that.</param>
/// <param name="ReadAt">When Picket last read the details; null if never.</param>
/// <param name="ReadsToday">How often it did so within the quota's day.</param>
public readonly record struct DetailCandidate<TKey>(
    TKey Key,
    bool AtRisk,
    DateTimeOffset? LastSeen,
    DateTimeOffset? ReadAt,
    int ReadsToday
)
    where TKey : notnull;

/// <summary>How many devices fit, and how many of these may be at-risk ones that were read before.</summary>
public readonly record struct DetailAllowance(int Devices, int AtRiskFirst);

/// <summary>Details cost calls per device; this says for whom the day's calls are spent.</summary>
public static class DetailPlan
{
    public const int ReadsPerDay = 2;

    /// <summary>
    /// Devices at risk come first, but take half the calls at most: otherwise a fleet with many of them would never
    /// learn the apps of the others.
    /// </summary>
    public static DetailAllowance Allow(int calls, int callsPerDevice)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(callsPerDevice, 1);
        var devices = Math.Max(0, calls) / callsPerDevice;
        return new(devices, (devices + 1) / 2);
    }

    /// <summary>A device that made no contact since the last reading would answer the same again.</summary>
    public static bool IsDue<TKey>(DetailCandidate<TKey> device)
        where TKey : notnull =>
        device.ReadsToday < ReadsPerDay
        && (device.ReadAt is null || (device.LastSeen is { } seen && seen > device.ReadAt));

    /// <summary>
    /// The devices to read, in order: at-risk ones up to their part, then all others; within each, never read before
    /// stalest before fresher, then by key, so that two nodes choose alike.
    /// </summary>
    public static IReadOnlyList<TKey> Choose<TKey>(
        IEnumerable<DetailCandidate<TKey>> candidates,
        DetailAllowance allowance
    )
        where TKey : notnull
    {
        var due = candidates
            .Where(IsDue)
            .OrderBy(device => device.ReadAt ?? DateTimeOffset.MinValue)
            .ThenBy(device => device.Key)
            .ToList();
        var first = due.Where(device => device.AtRisk)
            .Take(allowance.AtRiskFirst)
            .Select(device => device.Key)
            .ToList();
        var chosen = first.ToHashSet();

        return
        [
            .. first
                .Concat(due.Select(device => device.Key).Where(key => !chosen.Contains(key)))
                .Take(allowance.Devices),
        ];
    }
}
