namespace Picket.Api;

/// <summary>What is wrong with a UEM itself, beside its devices.</summary>
public sealed record UemReport
{
    /// <summary>The UEM's version, e.g. <c>25.11.6.68</c>; null before the first full run.</summary>
    public string? Version { get; init; }

    /// <summary>When that was read.</summary>
    public DateTimeOffset? VersionReadAt { get; init; }

    /// <summary>What is wrong, worst first.</summary>
    public IReadOnlyList<UemFindingView> Findings { get; set; } = [];

    /// <summary>What was looked at and is in order, in sentences.</summary>
    public IReadOnlyList<string> Checked { get; set; } = [];

    /// <summary>What could not be told, and what mends it.</summary>
    public IReadOnlyList<string> Unknown { get; set; } = [];
}

/// <summary>One thing that is wrong with the UEM itself.</summary>
public sealed record UemFindingView
{
    /// <summary>Its kind, e.g. <c>uem.exploited-vulnerability</c>; more kinds may come.</summary>
    public required string Kind { get; init; }

    /// <summary>The kind as people read it.</summary>
    public required string Title { get; init; }

    /// <summary>How bad it is.</summary>
    public required Level Level { get; init; }

    /// <summary>What is wrong, and what to do.</summary>
    public required string Text { get; init; }

    /// <summary>Why Picket says so; facts have the time of their reading beside them, as <c>…CollectedAt</c>.</summary>
    public required EvidenceView Evidence { get; init; }

    /// <summary>Techniques of MITRE ATT&amp;CK for Mobile that it makes possible, e.g. <c>T1430.001</c>.</summary>
    public IReadOnlyList<string> AttackIds { get; set; } = [];

    /// <summary>The vulnerability, e.g. <c>CVE-2021-22054</c>, where it is about one.</summary>
    public string? Cve { get; init; }

    /// <summary>By when CISA wanted it mended.</summary>
    public DateOnly? Due { get; init; }
}
