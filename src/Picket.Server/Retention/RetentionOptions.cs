using System.ComponentModel.DataAnnotations;

namespace Picket.Server.Retention;

/// <summary>
/// Section <c>Retention</c>: days for which each kind of fact is kept. Long enough by default that a new indicator is
/// answered for a year; shorter where privacy wants it.
/// </summary>
public sealed record RetentionOptions
{
    private const string OfDays = "Retention: each of its settings is a number of days from 1 to 3650.";

    /// <summary>Apps that are on a device no more: after the reading that lacked them.</summary>
    [Range(1, 3650, ErrorMessage = OfDays)]
    public int AppHistoryDays { get; init; } = 400;

    /// <summary>Changes of devices and their verdicts.</summary>
    [Range(1, 3650, ErrorMessage = OfDays)]
    public int DeviceHistoryDays { get; init; } = 400;

    /// <summary>Findings that ended, with their evidence.</summary>
    [Range(1, 3650, ErrorMessage = OfDays)]
    public int EndedFindingDays { get; init; } = 400;

    /// <summary>Devices that left the fleet, with all that was known of them.</summary>
    [Range(1, 3650, ErrorMessage = OfDays)]
    public int GoneDeviceDays { get; init; } = 400;

    /// <summary>Users and administrators of a UEM that it does not list any more.</summary>
    [Range(1, 3650, ErrorMessage = OfDays)]
    public int GonePersonDays { get; init; } = 400;

    /// <summary>Sync runs that ended.</summary>
    [Range(1, 3650, ErrorMessage = OfDays)]
    public int RunDays { get; init; } = 400;

    /// <summary>So long ago everything is known that a verdict of then rested on.</summary>
    public int HistoryDays => new[] { AppHistoryDays, DeviceHistoryDays, EndedFindingDays, GoneDeviceDays }.Min();
}
