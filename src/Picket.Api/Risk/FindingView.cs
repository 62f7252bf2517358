using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>Level of a verdict or a finding, from least to worst; Unknown stands apart and is never Secure.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Level>))]
public enum Level
{
    /// <summary>Too little is known to judge.</summary>
    Unknown,

    /// <summary>Judged, and nothing was found.</summary>
    Secure,

    /// <summary>Low.</summary>
    Low,

    /// <summary>Medium.</summary>
    Medium,

    /// <summary>High.</summary>
    High,

    /// <summary>Critical.</summary>
    Critical,
}

/// <summary>Why a finding ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FindingEnd>))]
public enum FindingEnd
{
    /// <summary>The facts, or the feeds and the policy in force, no longer say so.</summary>
    Refuted,

    /// <summary>The device left the fleet.</summary>
    DeviceLeft,
}

/// <summary>One reason why a device is not fine. One that returns after it ended is a new finding.</summary>
public sealed record FindingView
{
    /// <summary>Picket's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The integration.</summary>
    public required Guid IntegrationId { get; init; }

    /// <summary>The device.</summary>
    public required Guid DeviceId { get; init; }

    /// <summary>The device's friendly name.</summary>
    public required string DeviceName { get; init; }

    /// <summary>Kind of finding, e.g. <c>device.compromised</c> or <c>app.stalkerware</c>; more kinds may come.</summary>
    public required string Kind { get; init; }

    /// <summary>The kind as people read it, e.g. "Device is compromised".</summary>
    public string KindTitle { get; set; } = "";

    /// <summary>Version of the rule that found it; grows when the rule judges the same facts differently.</summary>
    public int RuleVersion { get; init; }

    /// <summary>Techniques of MITRE ATT&amp;CK for Mobile that it makes possible or shows, e.g. <c>T1404</c>.</summary>
    public IReadOnlyList<string> AttackIds { get; set; } = [];

    /// <summary>
    /// What the person who carries the device may be told, in plain words; empty where telling could harm that person, as of
    /// stalkerware. Null for a kind that the server no longer knows.
    /// </summary>
    public string? ForUser { get; init; }

    /// <summary>How bad it is.</summary>
    public required Level Level { get; init; }

    /// <summary>The finding in one sentence.</summary>
    public required string Title { get; init; }

    /// <summary>Why Picket says so.</summary>
    public required EvidenceView Evidence { get; init; }

    /// <summary>When it was first true.</summary>
    public DateTimeOffset FirstTrueAt { get; init; }

    /// <summary>When it was last seen true.</summary>
    public DateTimeOffset LastTrueAt { get; init; }

    /// <summary>When it ended; null while it is true.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it ended; null while it is true.</summary>
    public FindingEnd? EndReason { get; init; }

    /// <summary>Whether it has weight in the verdict, by the policy.</summary>
    public FindingWeight Weight { get; init; }

    /// <summary>In grace: from when on it counts.</summary>
    public DateTimeOffset? CountsFrom { get; init; }

    /// <summary>Excepted: by what, and who answers for it.</summary>
    public ExceptionOfFinding? Exception { get; init; }
}

/// <summary>Whether a finding has weight.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FindingWeight>))]
public enum FindingWeight
{
    /// <summary>It counts at its level.</summary>
    Counts,

    /// <summary>Its grace period goes on: it is shown, and does not count yet.</summary>
    InGrace,

    /// <summary>An exception takes its weight.</summary>
    Excepted,
}

/// <summary>The exception that takes a finding's weight.</summary>
/// <param name="Name">Its name in the policy document.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Ends">The last day (UTC) on which it holds.</param>
public sealed record ExceptionOfFinding(string Name, string Owner, string Reason, DateOnly Ends);

/// <summary>Evidence of a finding.</summary>
/// <param name="Rule">The rule that matched.</param>
/// <param name="Feed">Name of the feed; null for rules on the device's own facts.</param>
/// <param name="FeedVersion">Version of the feed that was in force.</param>
/// <param name="Licence">Licence of the feed.</param>
/// <param name="Matched">The value that matched, e.g. a package id or an OS version.</param>
/// <param name="Facts">Further facts, name to value, e.g. the CVEs.</param>
public sealed record EvidenceView(
    string Rule,
    string? Feed,
    string? FeedVersion,
    string? Licence,
    string? Matched,
    IReadOnlyDictionary<string, string> Facts
)
{
    /// <summary>Whom to name with the licence; null for rules on the device's own facts.</summary>
    public string? Attribution { get; init; }

    /// <summary>Vulnerabilities that the device has and that are known to be exploited; empty for other findings.</summary>
    public IReadOnlyList<ExploitedCveView> ExploitedCves { get; set; } = [];
}

/// <summary>A vulnerability that is known to be exploited.</summary>
/// <param name="Cve">Its id, e.g. <c>CVE-2025-43300</c>.</param>
/// <param name="Due">The day by which CISA wants it mended; null when its catalogue does not list it, or is not in force.</param>
/// <param name="RequiredAction">What CISA wants done; null as above.</param>
public sealed record ExploitedCveView(string Cve, DateOnly? Due, string? RequiredAction);

/// <summary>One kind of finding.</summary>
/// <param name="Id">Its name in filters and findings, e.g. <c>os.exploited-cves</c>; never changes its meaning.</param>
/// <param name="Title">The kind as people read it, e.g. "Device is compromised".</param>
/// <param name="AttackIds">Techniques of MITRE ATT&amp;CK for Mobile that it makes possible or shows, e.g. <c>T1404</c>.</param>
public sealed record FindingKindView(string Id, string Title, IReadOnlyList<string> AttackIds)
{
    /// <summary>Version of its rule, from 1; grows when the rule judges the same facts differently.</summary>
    public int RuleVersion { get; init; }

    /// <summary>What it means, for an administrator.</summary>
    public string Meaning { get; init; } = "";

    /// <summary>What the person who carries the device may be told; empty where telling could harm that person.</summary>
    public string ForUser { get; init; } = "";

    /// <summary>Names of the facts that it needs, as in <see cref="UnknownView.Fact"/>.</summary>
    public IReadOnlyList<string> Needs { get; set; } = [];

    /// <summary>What a feed has to say for it; null where the device's own facts are enough.</summary>
    public string? NeedsFeed { get; init; }

    /// <summary>What it cannot see even when all of that is known.</summary>
    public string CannotSee { get; init; } = "";

    /// <summary>Its level unless a policy says otherwise; of kinds that grow with age, where they begin.</summary>
    public Level Level { get; init; }
}

/// <summary>The judgement of one device.</summary>
/// <param name="Level">The level: the worst of its findings.</param>
/// <param name="JudgedAt">When it was judged; null when it never was.</param>
/// <param name="Reason">Why it is Unknown, or what the level rests on.</param>
public sealed record VerdictView(Level Level, DateTimeOffset? JudgedAt, string? Reason)
{
    /// <summary>What the judgement rests on; null when the device never was judged.</summary>
    public VerdictCoverage? Coverage { get; init; }
}

/// <summary>How much of what a judgement needs was known.</summary>
/// <param name="Known">How many of the needed facts are known, 0 to <paramref name="Needed"/>.</param>
/// <param name="Needed">How many facts a device of this platform must have known before it is called Secure, 2 or more.</param>
/// <param name="Oldest">
/// The known fact that is oldest, named as in <c>unknowns</c>, e.g. <c>Apps</c>; null when none is known.
/// </param>
/// <param name="OldestAt">Of when it is, by the UEM's own time where it gives one; null when none is known.</param>
public sealed record VerdictCoverage(int Known, int Needed, string? Oldest, DateTimeOffset? OldestAt);

/// <summary>Filter of the findings that are true now, or of those that were.</summary>
public sealed record FindingFilter
{
    /// <summary>Only this kind, e.g. <c>device.compromised</c>; one that does not exist is refused (400).</summary>
    public string? Kind { get; init; }

    /// <summary>Only this level.</summary>
    public Level? Level { get; init; }

    /// <summary>Only this device.</summary>
    public Guid? DeviceId { get; init; }

    /// <summary>Only this integration.</summary>
    public Guid? IntegrationId { get; init; }

    /// <summary>Only those whose weight the exception of this name takes.</summary>
    public string? Exception { get; init; }

    /// <summary>Where to go on.</summary>
    public string? Cursor { get; init; }

    /// <summary>Rows of one page, 1 to 500; 100 when absent.</summary>
    public int? Limit { get; init; }

    /// <summary>True: only those that ended, also of devices that left. Else those that are true now.</summary>
    public bool? Ended { get; init; }
}
