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

    public RiskLevel LevelOf(FindingKind kind) =>
        Levels.TryGetValue(kind.Id, out var level) ? level : DefaultPolicy.Levels[kind.Id];
}
