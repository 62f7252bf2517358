using Picket.Core.Response;
using Picket.Core.Risk;

namespace Picket.Core.Policy;

/// <summary>Of which findings the users of which devices are told by themselves. All must hold; of each list one is enough.</summary>
/// <param name="Levels">Of the finding, not of the device; empty: whichever.</param>
/// <param name="Findings">Kinds; empty: whichever.</param>
/// <param name="AfterHours">Hours since it first became true.</param>
public sealed record PolicyMessage(
    IReadOnlyList<RiskLevel> Levels,
    IReadOnlyList<string> Findings,
    MessageChannel By,
    int AfterHours,
    PolicyScope Scope
)
{
    /// <summary>What it asks for, as people read it.</summary>
    public string Rule
    {
        get
        {
            var parts = new List<string> { MessageSection.WordOf(By) };
            if (Levels.Count > 0)
            {
                parts.Add($"level {string.Join(" or ", Levels.Order().Select(PolicyWords.OfAny))}");
            }

            if (Findings.Count > 0)
            {
                parts.Add($"finding {string.Join(" or ", Findings.Order(StringComparer.Ordinal))}");
            }

            parts.Add($"after {MessageSection.HoursOf(AfterHours)}");
            if (!Scope.Group.IsAll)
            {
                parts.Add($"group {Scope.Group}");
            }

            if (!Scope.When.IsEmpty)
            {
                parts.Add($"{Scope.When}");
            }

            return string.Join(", ", parts);
        }
    }

    /// <summary>
    /// Whether the user is to be told of a finding now. What has no weight in the verdict is not told, nor is anything while it is
    /// not known whether the line holds for the device.
    /// </summary>
    /// <param name="firstTrue">When it first became true.</param>
    public bool Asks(DeviceSubject subject, Finding finding, DateTimeOffset firstTrue, DateTimeOffset now) =>
        finding.Standing is FindingStanding.Counts
        && !MessageBrakes.Watches(finding)
        && (Levels.Count == 0 || Levels.Contains(finding.Level))
        && (Findings.Count == 0 || Findings.Contains(finding.Kind))
        && firstTrue <= now - TimeSpan.FromHours(AfterHours)
        && Scope.Ask(subject).Holds is true;
}
