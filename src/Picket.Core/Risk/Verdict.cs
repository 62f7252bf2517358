using Picket.Core.Policy;

namespace Picket.Core.Risk;

/// <summary>The level of one device with all that made it.</summary>
/// <param name="IsJudged">False when the UEM does not manage the device: then the level is Unknown whatever is known.</param>
public sealed record Verdict(
    RiskLevel Level,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<UnknownFact> Unknowns,
    IReadOnlyList<VerdictNote> Notes,
    bool IsJudged = true
)
{
    /// <summary>The policy by which it was judged.</summary>
    public EffectivePolicy Policy { get; init; } = EffectivePolicy.BuiltIn;

    /// <summary>The worst finding that has weight counts. Without one, a required fact that is missing makes it Unknown.</summary>
    public static RiskLevel LevelOf(IReadOnlyCollection<Finding> findings, IReadOnlyCollection<UnknownFact> unknowns)
    {
        var worst = RiskLevel.Secure;
        foreach (var finding in findings)
        {
            worst = finding.Standing is FindingStanding.Counts && finding.Level > worst ? finding.Level : worst;
        }

        return worst is RiskLevel.Secure && unknowns.Any(unknown => unknown.Required) ? RiskLevel.Unknown : worst;
    }
}
