namespace Picket.Api;

/// <summary>
/// How much a tag run may change before a person is asked. Each limit counts by itself; what changed within the last hour
/// without a person's word counts along with both shares.
/// </summary>
public sealed record TagBrakeSettings
{
    /// <summary>Share of the enrolled devices that may change within an hour, in percent: 0 to 100.</summary>
    public double Percent { get; set; } = 5;

    /// <summary>Devices that may change within an hour whatever share they are, 0 to 100000: a small fleet would else ask each time.</summary>
    public int Least { get; set; } = 5;

    /// <summary>Devices that one run may change, 1 to 1000000; null for no such limit.</summary>
    public int? PerRun { get; init; }

    /// <summary>Devices that may change within an hour, whatever share they are, 1 to 1000000; null for no such limit.</summary>
    public int? PerHour { get; init; }

    /// <summary>
    /// Share of the devices of one organization group, with all below it, that may change within an hour, in percent: above 0,
    /// to 100; so that no site changes as a whole. <see cref="Least"/> holds here, too. Null for no such limit.
    /// </summary>
    public double? GroupPercent { get; init; }
}
