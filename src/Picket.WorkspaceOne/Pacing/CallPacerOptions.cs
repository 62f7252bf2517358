namespace Picket.WorkspaceOne.Pacing;

/// <summary>How much of the UEM's budget may be spent.</summary>
public sealed record CallPacerOptions
{
    /// <summary>Share of the daily limit, above 0 up to 1. A ceiling for the day, not an even pace. Default 0.5.</summary>
    public double Share { get; init; } = 0.5;

    /// <summary>Part of the share that only interactive calls may spend, 0 to below 1. Default 0.1.</summary>
    public double InteractiveReserve { get; init; } = 0.1;

    /// <summary>Most calls in any 60 s; null for none. The UEM shows no header for its own (trust: unknown).</summary>
    public int? CallsPerMinute { get; init; }

    /// <summary>State of an earlier pacer for the same UEM, so that a restart does not forget what was spent.</summary>
    public QuotaSnapshot? Resume { get; init; }

    /// <summary>
    /// How many calls may have been made after <see cref="Resume"/> was saved, because the process was killed. Up to so
    /// many calls that the UEM counted meanwhile are taken as ours: rather too few calls than too many. Default 0.
    /// </summary>
    public int UnsavedCalls { get; init; }

    internal CallPacerOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Share, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Share, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(InteractiveReserve);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(InteractiveReserve, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(CallsPerMinute ?? 1, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(UnsavedCalls);
        return this;
    }
}
