namespace Picket.Api;

/// <summary>The verdicts of one integration's devices, day by day.</summary>
/// <param name="IntegrationId">The integration.</param>
/// <param name="Days">
/// Oldest first, without a gap until today, from the first day on which the integration was judged. On a day without a
/// judging the verdicts of the day before stand.
/// </param>
public sealed record VerdictHistory(Guid IntegrationId, IReadOnlyList<VerdictDay> Days)
{
    /// <summary>As many days are kept.</summary>
    public const int MostDays = 400;
}

/// <summary>How many devices had which level at the end of a day.</summary>
/// <param name="Day">The day, in UTC. That of today goes on.</param>
/// <param name="Verdicts">Devices per level after the day's last judging.</param>
public sealed record VerdictDay(DateOnly Day, LevelCounts Verdicts);

/// <summary>A device that needs attention first: its verdict is High or Critical.</summary>
/// <param name="Device">The device.</param>
/// <param name="Finding">Its worst finding in one sentence; of several, the newest.</param>
/// <param name="Since">When that finding was first true.</param>
public sealed record DeviceAtRisk(DeviceSummary Device, string Finding, DateTimeOffset Since);
