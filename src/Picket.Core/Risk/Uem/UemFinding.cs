using Picket.Core.Intelligence;

namespace Picket.Core.Risk.Uem;

/// <summary>One thing that is wrong with the UEM itself.</summary>
/// <param name="Text">What an administrator reads: what is wrong, and what to do.</param>
/// <param name="Facts">What it rests on, name to value, with the time of its reading.</param>
public sealed record UemFinding(
    FindingKind Kind,
    RiskLevel Level,
    string Text,
    FindingProof Proof,
    IReadOnlyList<UemFact> Facts
)
{
    public FeedSource? Source { get; init; }

    /// <summary>The vulnerability, where it is about one.</summary>
    public ExploitedCve? Cve { get; init; }
}

public sealed record UemFact(string Name, string Value, DateTimeOffset? ReadAt);

/// <param name="Checked">What was looked at and found to be in order, in sentences: no "all clear" without it.</param>
/// <param name="Unknown">What could not be told, with what mends it.</param>
public sealed record UemVerdict(
    IReadOnlyList<UemFinding> Findings,
    IReadOnlyList<string> Checked,
    IReadOnlyList<string> Unknown
);

/// <summary>Kinds of findings about the UEM. Ids are part of the API and never change their meaning.</summary>
public static class UemFindingKinds
{
    public static readonly FindingKind Exploited = new(
        "uem.exploited-vulnerability",
        1,
        "The UEM has a vulnerability that is exploited",
        ["T1430.001"]
    );
    public static readonly FindingKind Excess = new(
        "uem.account-excess-rights",
        1,
        "Picket's account may do more than it needs",
        ["T1430.001"]
    );
    public static readonly FindingKind Unused = new(
        "uem.administrator-unused",
        2,
        "Administrators have not signed in for long",
        ["T1430.001"]
    );

    public static readonly IReadOnlyList<FindingKind> All = [Exploited, Excess, Unused];
}
