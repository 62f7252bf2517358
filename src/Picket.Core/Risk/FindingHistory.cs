namespace Picket.Core.Risk;

/// <param name="Verdict">The current verdict with the times of its findings, and the findings held from before.</param>
/// <param name="Appeared">Findings that were not there before.</param>
/// <param name="Cleared">Findings that facts have refuted.</param>
public sealed record MergedVerdict(Verdict Verdict, IReadOnlyList<Finding> Appeared, IReadOnlyList<Finding> Cleared);

/// <summary>
/// Joins a verdict with the findings stored before it: carries when each became true, and keeps those that nothing
/// refutes. An unknown never clears a finding: it is held, with the time at which it was last seen to be true.
/// </summary>
public static class FindingHistory
{
    /// <param name="before">The level of the verdict before; some policies keep Secure while a device is silent.</param>
    public static MergedVerdict Merge(
        IReadOnlyList<Finding> previous,
        Verdict current,
        DateTimeOffset now,
        RiskLevel before = RiskLevel.Unknown
    )
    {
        var open = previous.GroupBy(finding => finding.Key).ToDictionary(same => same.Key, same => same.First());
        var merged = new List<Finding>(current.Findings.Count);
        var appeared = new List<Finding>();
        foreach (var finding in current.Findings)
        {
            var since = open.Remove(finding.Key, out var known) ? known.FirstTrue : null;
            merged.Add(
                Weighed(finding with { FirstTrue = since ?? now, LastTrue = now, IsHeld = false }, current, now)
            );
            if (known is null)
            {
                appeared.Add(merged[^1]);
            }
        }

        var (held, cleared) = Split(open.Values, current);
        merged.AddRange(held.Select(finding => Weighed(finding, current, now)));
        return new MergedVerdict(SilenceRule.Keep(WithFindings(current, merged), before), appeared, cleared);
    }

    /// <summary>Grace begins when a finding became true, which only its history knows.</summary>
    private static Finding Weighed(Finding finding, Verdict current, DateTimeOffset now) =>
        Standing.Of(finding, current.Policy, finding.FirstTrue ?? now, now);

    private static (List<Finding> Held, List<Finding> Cleared) Split(IEnumerable<Finding> gone, Verdict current)
    {
        var held = new List<Finding>();
        var cleared = new List<Finding>();
        foreach (var finding in gone)
        {
            // What is off is let go, unless it is open whether a policy that wants it holds for the device.
            var isOff = current.Policy.Policy.Off.Contains(finding.Kind);
            if (
                current.Unknowns.Any(unknown =>
                    unknown.Holds(finding) && (!isOff || unknown.Fact is FactName.Membership)
                )
            )
            {
                held.Add(finding with { IsHeld = true });
            }
            else
            {
                cleared.Add(finding);
            }
        }

        return (held, cleared);
    }

    private static Verdict WithFindings(Verdict current, List<Finding> findings)
    {
        var sorted = findings.OrderByDescending(finding => finding.Level).ThenBy(f => f.Key, StringComparer.Ordinal);
        var level = current.IsJudged ? Verdict.LevelOf(findings, current.Unknowns) : RiskLevel.Unknown;
        return current with { Level = level, Findings = sorted.ToList() };
    }
}
