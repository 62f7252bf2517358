using Picket.Core.Devices;

namespace Picket.Core.Intelligence;

/// <summary>One release of an operating system.</summary>
/// <param name="Platforms">Those it was released for; iOS and iPadOS go different ways.</param>
/// <param name="Models">Models it runs on; empty where the feed does not tell (older releases).</param>
/// <param name="DeviceSpecific">Made for models that cannot go on to later trains.</param>
public sealed record OsRelease(
    string Train,
    OsVersion Version,
    IReadOnlyList<DevicePlatform> Platforms,
    DateOnly? Released,
    IReadOnlySet<string> Models,
    IReadOnlyList<string> Cves,
    IReadOnlyList<string> ExploitedCves,
    bool DeviceSpecific
)
{
    public string? Link { get; init; }

    /// <summary>
    /// Whether it can be installed on such a device; what is not known (null) is left aside. A device-specific release
    /// was made for few models: of an unknown one it cannot be said that it lacks it.
    /// </summary>
    public bool RunsOn(DevicePlatform? platform, string? model) =>
        (platform is not { } known || Platforms.Contains(known))
        && (model is null ? !DeviceSpecific : Models.Count == 0 || Models.Contains(model));
}

/// <summary>endoflife writes a date or a boolean; both are kept as what they are.</summary>
public readonly record struct SupportEnd(bool? Ended, DateOnly? Date)
{
    /// <summary>Null: the feed does not tell.</summary>
    public bool? HasEndedAt(DateOnly day) => Date is { } end ? end < day : Ended;

    public override string ToString() =>
        Date is { } end ? $"{end:yyyy-MM-dd}"
        : Ended is true ? "ended"
        : Ended is false ? "supported"
        : "not stated";
}

/// <summary>Until when the train of an operating system gets security updates.</summary>
public sealed record OsTrain(
    IReadOnlyList<DevicePlatform> Platforms,
    string Cycle,
    string Label,
    DateOnly? Released,
    SupportEnd Security
);

/// <summary>Until when a piece of hardware gets security updates.</summary>
public sealed record HardwareSupport(
    string Product,
    string Cycle,
    string Label,
    DateOnly? Released,
    SupportEnd Upgrades,
    SupportEnd Security
);

/// <summary>An entry of a catalogue of vulnerabilities that are known to be exploited.</summary>
public sealed record KnownExploited(
    string Cve,
    string Vendor,
    string Product,
    string Name,
    DateOnly? Added,
    DateOnly? Due,
    string? RequiredAction,
    bool Ransomware
);

/// <summary>From which security patch level on one version of Android has the fix of one vulnerability.</summary>
/// <param name="Vulnerability">Its CVE; where it has none, the bulletin's own id.</param>
/// <param name="Introduced">The patch level that brought it; null: it was there from the beginning.</param>
public sealed record AndroidFix(string Vulnerability, OsVersion Version, DateOnly? Introduced, DateOnly Fixed)
{
    public bool IsLackedBy(DateOnly patchLevel) => patchLevel < Fixed && !(patchLevel < Introduced);

    /// <summary>Of several that tell of the same, the latest fix and the earliest begin count.</summary>
    internal AndroidFix JoinedWith(AndroidFix other) =>
        this with
        {
            Introduced = other.Introduced < Introduced || other.Introduced is null ? other.Introduced : Introduced,
            Fixed = other.Fixed > Fixed ? other.Fixed : Fixed,
        };
}
