using Picket.Core.Intelligence;
using Picket.Core.Policy;

namespace Picket.Core.Risk;

/// <summary>From this many days on, this level.</summary>
public sealed record AgeStep(int Days, RiskLevel Level);

/// <summary>What counts how much. <see cref="DefaultPolicy"/> holds the values that apply unless changed.</summary>
public sealed record RiskPolicy
{
    public static readonly RiskPolicy Default = new();

    /// <summary>Level of each kind of finding. Kinds whose level grows with age have their steps below.</summary>
    public IReadOnlyDictionary<string, RiskLevel> Levels { get; init; } = DefaultPolicy.Levels;

    public IReadOnlyList<AgeStep> PatchAge { get; init; } = DefaultPolicy.PatchAge;

    public IReadOnlyList<AgeStep> NoContact { get; init; } = DefaultPolicy.NoContact;

    /// <summary>An available update may wait this long before it is held against a device.</summary>
    public int OutdatedGraceDays { get; init; } = DefaultPolicy.OutdatedGraceDays;

    /// <summary>An older fact still proves what is bad, but no longer that all is well.</summary>
    public int OldestFactDays { get; init; } = DefaultPolicy.OldestFactDays;

    /// <summary>An older feed of releases still shows what is missing, but no longer that nothing is.</summary>
    public int OldestFeedDays { get; init; } = DefaultPolicy.OldestFeedDays;

    /// <summary>Kinds that are not raised at all.</summary>
    public IReadOnlySet<string> Off { get; init; } = new HashSet<string>();

    /// <summary>Days from when a finding of the kind first became true until it counts.</summary>
    public IReadOnlyDictionary<string, int> Grace { get; init; } = new Dictionary<string, int>();

    public Silence Silence { get; init; } = Silence.Unknown;

    public IReadOnlyList<PolicyApp> RequiredApps { get; init; } = [];

    public IReadOnlyList<PolicyApp> DeniedApps { get; init; } = [];

    public bool SupervisionRequired { get; init; }

    /// <summary>An indicator never outranks its confidence: the highest level that each allows.</summary>
    public IReadOnlyDictionary<Confidence, RiskLevel> Caps { get; init; } = DefaultPolicy.Caps;

    public IReadOnlyDictionary<FeedTrust, Confidence> Sources { get; init; } = new Dictionary<FeedTrust, Confidence>();

    /// <summary>Null: not raised.</summary>
    public RiskLevel? LevelOf(FindingKind kind) =>
        Off.Contains(kind.Id) ? null
        : Levels.TryGetValue(kind.Id, out var level) ? level
        : DefaultPolicy.Levels[kind.Id];

    public int GraceOf(string kind) =>
        kind == FindingKinds.Silent.Id
            ? Silence.GraceDays + Grace.GetValueOrDefault(kind)
            : Grace.GetValueOrDefault(kind);

    /// <summary>How sure an indicator of the feed is, by the organization's word where it has one.</summary>
    public Confidence ConfidenceOf(SourcedIndicator sourced) =>
        Sources.TryGetValue(new FeedTrust(sourced.Source.Name, sourced.Indicator.Kind), out var own)
            ? own
            : sourced.Indicator.Confidence;
}
