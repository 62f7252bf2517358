using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>Whose the device is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeviceOwnership>))]
public enum DeviceOwnership
{
    /// <summary>The UEM does not say.</summary>
    Unknown,

    /// <summary>The organization's, for one person.</summary>
    CorporateDedicated,

    /// <summary>The organization's, shared.</summary>
    CorporateShared,

    /// <summary>The employee's own.</summary>
    EmployeeOwned,
}

/// <summary>A device in a list.</summary>
public sealed record DeviceSummary
{
    /// <summary>Picket's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The integration.</summary>
    public required Guid IntegrationId { get; init; }

    /// <summary>Number in the UEM.</summary>
    public required long UemId { get; init; }

    /// <summary>Friendly name.</summary>
    public required string FriendlyName { get; init; }

    /// <summary>Serial number.</summary>
    public string? SerialNumber { get; init; }

    /// <summary>Platform: <c>iOS</c>, <c>iPadOS</c>, <c>Android</c>, <c>Windows</c>, <c>macOS</c> or another name of the UEM.</summary>
    public required string Platform { get; init; }

    /// <summary>Model.</summary>
    public string? Model { get; init; }

    /// <summary>Version of the operating system.</summary>
    public string? OsVersion { get; init; }

    /// <summary>Whose it is.</summary>
    public DeviceOwnership Ownership { get; init; }

    /// <summary>Name of its organization group.</summary>
    public string? OrganizationGroup { get; init; }

    /// <summary>Sign-in name of its user; null where the UEM names none, and where the user was erased.</summary>
    public string? User { get; init; }

    /// <summary>Picket's id of that user; null where the user is not among those that were read.</summary>
    public Guid? UserId { get; init; }

    /// <summary>Level of its verdict.</summary>
    public Level Level { get; init; }

    /// <summary>Findings that are true now.</summary>
    public int Findings { get; init; }

    /// <summary>When the device was last in contact with the UEM.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }
}

/// <summary>A device with everything that Picket knows of it.</summary>
public sealed record DeviceView
{
    /// <summary>The device as in lists.</summary>
    public required DeviceSummary Device { get; init; }

    /// <summary>The judgement.</summary>
    public required VerdictView Verdict { get; init; }

    /// <summary>The findings that are true now, worst first.</summary>
    public required IReadOnlyList<FindingView> Findings { get; init; }

    /// <summary>Known facts with their age.</summary>
    public required IReadOnlyList<FactView> Facts { get; init; }

    /// <summary>What could not be judged, and why.</summary>
    public required IReadOnlyList<UnknownView> Unknowns { get; init; }

    /// <summary>Names of Picket's tags that it carries in the UEM, as last confirmed.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>State of enrolment in the UEM, e.g. <c>Enrolled</c>.</summary>
    public string? Enrollment { get; init; }

    /// <summary>When Picket first saw it.</summary>
    public DateTimeOffset FirstSeenAt { get; init; }

    /// <summary>When its apps were last read; null when never.</summary>
    public DateTimeOffset? AppsReadAt { get; init; }

    /// <summary>When it left the inventory; null while it is there.</summary>
    public DateTimeOffset? RemovedAt { get; init; }
}

/// <summary>One fact of a device.</summary>
/// <param name="Name">Name, e.g. <c>passcode</c>.</param>
/// <param name="Value">Value as text.</param>
/// <param name="ReadAt">When Picket read it.</param>
/// <param name="SampledAt">When the UEM had it from the device; null when it does not say.</param>
public sealed record FactView(string Name, string Value, DateTimeOffset ReadAt, DateTimeOffset? SampledAt);

/// <summary>One fact that is missing or too old.</summary>
/// <param name="Fact">Name of the fact.</param>
/// <param name="Reason">Why it is not known, and what mends it.</param>
public sealed record UnknownView(string Fact, string Reason)
{
    /// <summary>
    /// Its kind, of fact and cause, e.g. <c>unknown.apps.hidden-by-privacy</c>; never changes its meaning. It stands beside
    /// the findings and weighs nothing.
    /// </summary>
    public string Kind { get; init; } = "";

    /// <summary>The cause, e.g. <c>HiddenByPrivacy</c>, <c>PersonalSide</c> or <c>TooOld</c>; more may come.</summary>
    public string Cause { get; init; } = "";

    /// <summary>True when the device is not called Secure without it.</summary>
    public bool Required { get; init; }

    /// <summary>Kinds of findings that can neither begin nor end without it; null when it is not told.</summary>
    public IReadOnlyList<string>? Kinds { get; init; }
}

/// <summary>Filter of the devices; absent fields do not filter.</summary>
public sealed record DeviceFilter
{
    /// <summary>Only this integration.</summary>
    public Guid? IntegrationId { get; init; }

    /// <summary>Only this level.</summary>
    public Level? Level { get; init; }

    /// <summary>Only this platform, letter case ignored.</summary>
    public string? Platform { get; init; }

    /// <summary>Only this organization group (name, Group ID, number or uuid), without those below.</summary>
    public string? OrganizationGroup { get; init; }

    /// <summary>True: only devices of which the UEM names no organization group.</summary>
    public bool? WithoutGroup { get; init; }

    /// <summary>Only devices that carry Picket's tag of this level, as it was confirmed last.</summary>
    public Level? TaggedAs { get; init; }

    /// <summary>Only devices that carry the tag of Picket's with this name, as it was confirmed last.</summary>
    public string? Tag { get; init; }

    /// <summary>Only this ownership.</summary>
    public DeviceOwnership? Ownership { get; init; }

    /// <summary>Friendly name, serial number or user name starts with this.</summary>
    public string? Search { get; init; }

    /// <summary>Only devices with a finding of this kind.</summary>
    public string? Finding { get; init; }

    /// <summary>Only devices that have this app now (bundle or package id).</summary>
    public string? App { get; init; }

    /// <summary>Where to go on.</summary>
    public string? Cursor { get; init; }

    /// <summary>Rows of one page, 1 to 500; 100 when absent.</summary>
    public int? Limit { get; init; }

    /// <summary>Only devices that lack the fix of this exploited vulnerability, e.g. <c>CVE-2025-24201</c>.</summary>
    public string? Cve { get; init; }

    /// <summary>Only devices of whose verdict this fact is missing, e.g. <c>Apps</c>: <see cref="UnknownView.Fact"/>.</summary>
    public string? Lacks { get; init; }

    /// <summary>With <see cref="Lacks"/>, and only then: missing for this cause, e.g. <c>HiddenByPrivacy</c>.</summary>
    public string? Cause { get; init; }

    /// <summary>Only devices of which this fact, e.g. <c>Apps</c>, is as old as <see cref="FactAge"/> says; with it, and only then.</summary>
    public string? Fact { get; init; }

    /// <summary>How old <see cref="Fact"/> is.</summary>
    public FactAge? FactAge { get; init; }

    /// <summary>Only devices that an entry of this feed matches, by an app, the system or the model; with <see cref="FeedEntry"/>, and only then.</summary>
    public Guid? Feed { get; init; }

    /// <summary>Value of the entry, e.g. a pattern of app ids: <see cref="IndicatorView.Value"/>.</summary>
    public string? FeedEntry { get; init; }

    /// <summary>Only devices of this enrolment user (Picket's id), as the UEM numbers them.</summary>
    public Guid? UserId { get; init; }
}
