using System.Collections.Frozen;

namespace Picket.Core.Risk;

/// <summary>From this many days on, this level.</summary>
public sealed record AgeStep(int Days, RiskLevel Level);

public enum HiddenAppsRule
{
    /// <summary>
    /// Privacy settings that hide the apps of an employee-owned device are the organization's own choice. The device is
    /// judged on what can be seen, and its verdict says that the view is limited. Otherwise every such device would be
    /// Unknown for ever, and Unknown would stop meaning "look here".
    /// </summary>
    LimitedView,

    /// <summary>Apps that cannot be seen keep a device from being called Secure.</summary>
    Unknown,
}

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

    public HiddenAppsRule HiddenApps { get; init; } = HiddenAppsRule.LimitedView;

    /// <summary>App ids that this organization does not want, whatever feeds say. Matched ignoring case.</summary>
    public IReadOnlySet<string> DeniedApps { get; init; } = FrozenSet<string>.Empty;

    public RiskLevel LevelOf(FindingKind kind) =>
        Levels.TryGetValue(kind.Id, out var level) ? level : DefaultPolicy.Levels[kind.Id];
}
