using Picket.Core.Devices;
using Picket.Core.Intelligence;

namespace Picket.Core.Risk;

/// <summary>How well founded a finding is. A name match is never proof, and never enough for destruction.</summary>
public enum FindingProof
{
    /// <summary>An app or profile only bears the name of something bad.</summary>
    NameMatch,

    /// <summary>The UEM says so.</summary>
    Reported,

    /// <summary>It follows from versions and dates.</summary>
    Computed,

    /// <summary>The signing certificate is that of something bad.</summary>
    CertificateMatch,
}

/// <summary>One reason why a device is not fine.</summary>
/// <param name="Key">The same finding on the same device has the same key in every run.</param>
/// <param name="Text">What an administrator reads: what is wrong, and what to do.</param>
public sealed record Finding(
    string Kind,
    int RuleVersion,
    string Key,
    RiskLevel Level,
    string Title,
    string Text,
    IReadOnlyList<string> AttackIds,
    FindingProof Proof,
    FindingEvidence Evidence
)
{
    /// <summary>Null until <see cref="FindingHistory"/> has merged it with what was known before.</summary>
    public DateTimeOffset? FirstTrue { get; init; }

    public DateTimeOffset? LastTrue { get; init; }

    /// <summary>It was true at <see cref="LastTrue"/>; since then the facts that could clear it are missing.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Whether it counts, by the policy in force for the device.</summary>
    public FindingStanding Standing { get; init; }

    /// <summary>In grace: when it begins to count.</summary>
    public DateTimeOffset? CountsFrom { get; init; }

    /// <summary>It is about an app that watches people, whatever its kind: the user is told nothing of it.</summary>
    public bool UserIsNotTold { get; init; }

    /// <summary>Excepted: by what.</summary>
    public ExceptedBy? Exception { get; init; }
}

public enum FindingStanding
{
    Counts,

    /// <summary>Its grace period goes on: it is shown, without weight.</summary>
    InGrace,

    /// <summary>A person has answered for it: it is shown, without weight.</summary>
    Excepted,
}

/// <param name="Ends">The last day (UTC) on which the exception holds.</param>
public sealed record ExceptedBy(string Name, string Owner, string Reason, DateOnly Ends);

/// <param name="Facts">What was known about the device and when that was collected.</param>
/// <param name="Source">The feed (version, licence, attribution), where one is behind the finding.</param>
public sealed record FindingEvidence(
    IReadOnlyList<FactUsed> Facts,
    FeedSource? Source = null,
    string? MatchedValue = null,
    string? IndicatorId = null
)
{
    public IReadOnlyList<ExploitedCve> ExploitedCves { get; init; } = [];

    /// <summary>How sure the source is of what matched; null where the finding rests on what the UEM says.</summary>
    public Confidence? Confidence { get; init; }

    /// <summary>CVEs that releases of the device's own train mend and it does not have, exploited or not.</summary>
    public int MissingCves { get; init; }

    /// <summary>Whether the UEM manages the app behind the finding; null for other findings, or where it is not told.</summary>
    public bool? AppManaged { get; init; }

    /// <summary>A pattern of app ids matched, not one id. Of a personal app the pattern is all that is known then.</summary>
    public bool ByPattern { get; init; }

    /// <summary>The app's id, where it is known or an exact match has revealed it.</summary>
    public string? AppId { get; init; }
}

public sealed record FactUsed(FactName Name, string Value, DateTimeOffset? CollectedAt);

/// <param name="Due">The date by which CISA wants it fixed, if it lists it.</param>
public sealed record ExploitedCve(string Cve, DateOnly? Due, string? RequiredAction);

/// <summary>Which findings a blind spot keeps from ending.</summary>
public enum HeldFindings
{
    All,

    /// <summary>Managed apps are seen all the same, so findings about them can end.</summary>
    OfUnmanagedApps,

    /// <summary>Single ids are tested all the same.</summary>
    OfPatterns,
}

/// <summary>A blind spot: a fact that a rule needed and did not have.</summary>
/// <param name="Required">Without it nothing may be called Secure.</param>
/// <param name="Blocks">Kinds of findings that can be neither raised nor cleared meanwhile.</param>
public sealed record UnknownFact(
    FactName Fact,
    MissingReason Cause,
    string Text,
    bool Required,
    IReadOnlyList<string> Blocks,
    HeldFindings Holding = HeldFindings.All
)
{
    public bool Holds(Finding finding) =>
        Blocks.Contains(finding.Kind)
        && Holding switch
        {
            HeldFindings.OfUnmanagedApps => finding.Evidence.AppManaged is not true,
            HeldFindings.OfPatterns => finding.Evidence.ByPattern,
            _ => true,
        };
}

/// <summary>What the verdict does not cover, said once, without weight.</summary>
public sealed record VerdictNote(string Id, string Text);
