using Picket.Core.Policy;
using Picket.Core.Risk;

namespace Picket.Core.Response;

/// <summary>Says which tags of the policy's sets a verdict asks for: of each set that of the first line that fits, or none.</summary>
public static class WantedTags
{
    /// <param name="before">See the other one.</param>
    public static IReadOnlyList<WantedTag> Of(
        IReadOnlyList<PolicyTagSet> sets,
        DeviceSubject subject,
        Verdict verdict,
        IReadOnlyCollection<WantedTag> before
    ) =>
        sets.Count == 0
            ? []
            : Of(
                sets,
                subject,
                verdict.Level,
                [
                    .. verdict
                        .Findings.Where(finding => finding.Standing is FindingStanding.Counts)
                        .Select(finding => finding.Kind)
                        .Distinct(),
                ],
                before
            );

    /// <param name="weighing">Kinds of the findings that have weight, worst first.</param>
    /// <param name="before">
    /// What was wanted until now. A line of which it is not known whether it holds for the device gives its tag to nobody, and
    /// takes it from nobody.
    /// </param>
    public static IReadOnlyList<WantedTag> Of(
        IReadOnlyList<PolicyTagSet> sets,
        DeviceSubject subject,
        RiskLevel level,
        IReadOnlyCollection<string> weighing,
        IReadOnlyCollection<WantedTag> before
    ) =>
        [
            .. sets.Select(set =>
                    Of(set, subject, level, weighing, before.FirstOrDefault(wanted => wanted.Set == set.Name))
                )
                .OfType<WantedTag>(),
        ];

    private static WantedTag? Of(
        PolicyTagSet set,
        DeviceSubject subject,
        RiskLevel level,
        IReadOnlyCollection<string> weighing,
        WantedTag? before
    )
    {
        foreach (var line in set.Lines)
        {
            if (Cause(line, level, weighing) is not { } cause)
            {
                continue;
            }

            var holds = line.Scope.Ask(subject).Holds ?? line.Tag == before?.Tag;
            if (holds)
            {
                return new WantedTag(set.Name, line.Tag, cause);
            }
        }

        return null;
    }

    /// <returns>Null: the verdict does not ask for the line's tag.</returns>
    private static string? Cause(PolicyTagLine line, RiskLevel level, IReadOnlyCollection<string> weighing) =>
        line.Levels.Count > 0 && !line.Levels.Contains(level) ? null
        : line.Findings.Count == 0 ? level.ToString()
        : weighing.FirstOrDefault(line.Findings.Contains);
}
