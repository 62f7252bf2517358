using System.Text.Json;

namespace Picket.Api;

/// <summary>
/// The verdict of one device with all that it rests on, as a file that stands for itself: it can be kept, printed, handed
/// on, and judged again (<see cref="Routes.EvidenceCheck"/>).
/// </summary>
public sealed record EvidenceFile
{
    /// <summary>The only form of the file so far.</summary>
    public const int CurrentForm = 1;

    /// <summary>Form of the file; <see cref="CurrentForm"/>.</summary>
    public required int Form { get; init; }

    /// <summary>Version of Picket that made it.</summary>
    public required string PicketVersion { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The device as in lists.</summary>
    public required DeviceSummary Device { get; init; }

    /// <summary>Level of the verdict.</summary>
    public required Level Level { get; init; }

    /// <summary>When it was judged; null when it never was.</summary>
    public DateTimeOffset? JudgedAt { get; init; }

    /// <summary>True when facts or feeds changed after that: the device is judged again soon, and the file may differ then.</summary>
    public bool JudgingDue { get; init; }

    /// <summary>The findings that are true, worst first.</summary>
    public required IReadOnlyList<FindingEvidenceView> Findings { get; init; }

    /// <summary>What could not be judged, and why.</summary>
    public required IReadOnlyList<UnknownView> Unknowns { get; init; }

    /// <summary>The feeds that it was judged by, each in the version that was in force.</summary>
    public required IReadOnlyList<FeedEvidence> Feeds { get; init; }

    /// <summary>The facts for people: names, values, and when the UEM had them from the device.</summary>
    public required IReadOnlyList<FactView> FactsRead { get; init; }

    /// <summary>The calls to the UEM that read these facts.</summary>
    public required IReadOnlyList<CallEvidence> Calls { get; init; }

    /// <summary>
    /// All facts as they are judged: each <c>{"value", "at"}</c> or <c>{"missing"}</c> with the cause. Personal apps are keyed
    /// hashes here too. Null where the caller's role does not show them.
    /// </summary>
    public JsonElement? Facts { get; init; }

    /// <summary>The policy that weighed them, as a document that holds the same for any device: YAML.</summary>
    public string? Policy { get; init; }

    /// <summary>The indicators of the organization's own that they were compared with; null where there were none.</summary>
    public JsonElement? OwnIndicators { get; init; }

    /// <summary>
    /// By this the server that made the file knows that nothing in it was changed; how it is set out does not count.
    /// Without it no check comes out the same, and personal apps in the facts are not compared with anything: a changed
    /// file would else find out what they are.
    /// </summary>
    public string? Seal { get; init; }

    /// <summary>What is not in the file; null when it is whole.</summary>
    public string? Note { get; init; }
}

/// <summary>One finding with all that it rests on.</summary>
public sealed record FindingEvidenceView
{
    /// <summary>The same finding on the same device has the same key in every judgement.</summary>
    public required string Key { get; init; }

    /// <summary>Kind of finding.</summary>
    public required string Kind { get; init; }

    /// <summary>Version of the rule.</summary>
    public required int RuleVersion { get; init; }

    /// <summary>How bad it is.</summary>
    public required Level Level { get; init; }

    /// <summary>The finding in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>What is wrong, and what to do.</summary>
    public required string Text { get; init; }

    /// <summary>How well founded it is.</summary>
    public required string Proof { get; init; }

    /// <summary>Techniques of MITRE ATT&amp;CK for Mobile.</summary>
    public required IReadOnlyList<string> AttackIds { get; init; }

    /// <summary>The value that matched; null where none did.</summary>
    public string? Matched { get; init; }

    /// <summary>Id of the indicator in its feed; null where none is behind it.</summary>
    public string? IndicatorId { get; init; }

    /// <summary>How sure the feed is of it; null where none is behind it, or the feed is not stored any more.</summary>
    public string? Confidence { get; init; }

    /// <summary>Name of the feed; null for rules on the device's own facts.</summary>
    public string? Feed { get; init; }

    /// <summary>Version of the feed.</summary>
    public string? FeedVersion { get; init; }

    /// <summary>Licence of the feed.</summary>
    public string? Licence { get; init; }

    /// <summary>The line that has to stand beside what the feed says.</summary>
    public string? Attribution { get; init; }

    /// <summary>Exploited vulnerabilities that it is about, each with the day by which CISA wants it fixed.</summary>
    public required IReadOnlyList<string> ExploitedCves { get; init; }

    /// <summary>The facts that it rests on, with the time of each in the UEM.</summary>
    public required IReadOnlyList<UsedFact> Facts { get; init; }

    /// <summary>When it was first true.</summary>
    public DateTimeOffset? FirstTrueAt { get; init; }

    /// <summary>When it was last seen true.</summary>
    public DateTimeOffset? LastTrueAt { get; init; }

    /// <summary>True when the facts that could end it are missing since then.</summary>
    public bool Held { get; init; }

    /// <summary>The finding as it is stored, to be compared when it is judged again.</summary>
    public required JsonElement Stored { get; init; }
}

/// <summary>A fact that a finding rests on.</summary>
/// <param name="Name">Name of the fact.</param>
/// <param name="Value">Its value.</param>
/// <param name="CollectedAt">When the UEM had it from the device; null when it does not say.</param>
public sealed record UsedFact(string Name, string Value, DateTimeOffset? CollectedAt);

/// <summary>A feed in one version.</summary>
public sealed record FeedEvidence
{
    /// <summary>Picket's id of the version.</summary>
    public required Guid VersionId { get; init; }

    /// <summary>Name of the feed.</summary>
    public required string Name { get; init; }

    /// <summary>Its format.</summary>
    public required string Format { get; init; }

    /// <summary>As the feed calls its version.</summary>
    public string? Version { get; init; }

    /// <summary>SHA-256 of the imported file.</summary>
    public required string Sha256 { get; init; }

    /// <summary>When it was imported.</summary>
    public DateTimeOffset ImportedAt { get; init; }

    /// <summary>Licence.</summary>
    public string? Licence { get; init; }

    /// <summary>The line that has to stand beside what it says.</summary>
    public string? Attribution { get; init; }
}

/// <summary>A reading of the UEM that facts of the device come from.</summary>
/// <param name="What">What it read: the listing of devices, the security details or the apps.</param>
/// <param name="Call">The route of the UEM's API.</param>
/// <param name="ReadAt">When Picket kept what it read; null when only the run is known.</param>
/// <param name="RunId">The sync run that made it for sure; null when none is kept any more.</param>
/// <param name="RunStartedAt">When that began.</param>
/// <param name="RunEndedAt">When that ended; null while it goes on.</param>
public sealed record CallEvidence(
    string What,
    string Call,
    DateTimeOffset? ReadAt,
    Guid? RunId,
    DateTimeOffset? RunStartedAt,
    DateTimeOffset? RunEndedAt
)
{
    /// <summary>
    /// True where the device had been read by the end of this run at the latest, for sure, and a later run that read only
    /// what had reported since may have read it again.
    /// </summary>
    public bool AtTheLatest { get; init; }
}

/// <summary>What came of judging the facts of a file again.</summary>
/// <param name="Same">True when nothing in the file was changed and the same verdict comes out.</param>
/// <param name="Level">The level that comes out; null when the facts cannot be judged again.</param>
/// <param name="Differences">What differs and why, for people; empty when nothing does.</param>
public sealed record EvidenceCheck(bool Same, Level? Level, IReadOnlyList<string> Differences);
