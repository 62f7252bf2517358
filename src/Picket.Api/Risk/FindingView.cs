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

/// <summary>One reason why a device is not fine.</summary>
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

    /// <summary>Kind of finding, e.g. <c>Compromised</c> or <c>AppIndicator</c>; more kinds may come.</summary>
    public required string Kind { get; init; }

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
}

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
);

/// <summary>The judgement of one device.</summary>
/// <param name="Level">The level: the worst of its findings.</param>
/// <param name="JudgedAt">When it was judged; null when it never was.</param>
/// <param name="Reason">Why it is Unknown, or what the level rests on.</param>
public sealed record VerdictView(Level Level, DateTimeOffset? JudgedAt, string? Reason);

/// <summary>Filter of the findings that are true now.</summary>
/// <param name="Kind">Only this kind.</param>
/// <param name="Level">Only this level.</param>
/// <param name="DeviceId">Only this device.</param>
/// <param name="IntegrationId">Only this integration.</param>
/// <param name="Cursor">Where to go on.</param>
/// <param name="Limit">Rows of one page, 1 to 500; 100 when absent.</param>
public sealed record FindingFilter(
    string? Kind = null,
    Level? Level = null,
    Guid? DeviceId = null,
    Guid? IntegrationId = null,
    string? Cursor = null,
    int? Limit = null
);
