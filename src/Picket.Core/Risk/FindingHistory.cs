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
    public static MergedVerdict Merge(IReadOnlyList<Finding> previous, Verdict current, DateTimeOffset now)
    {
        var before = previous.GroupBy(finding => finding.Key).ToDictionary(same => same.Key, same => same.First());
        var merged = new List<Finding>(current.Findings.Count);
        var appeared = new List<Finding>();
        foreach (var finding in current.Findings)
        {
            var since = before.Remove(finding.Key, out var known) ? known.FirstTrue : null;
            merged.Add(finding with { FirstTrue = since ?? now, LastTrue = now, IsHeld = false });
            if (known is null)
            {
                appeared.Add(merged[^1]);
            }
        }

        var (held, cleared) = Split(before.Values, current);
        merged.AddRange(held);
        return new MergedVerdict(WithFindings(current, merged), appeared, cleared);
    }

    private static (List<Finding> Held, List<Finding> Cleared) Split(IEnumerable<Finding> gone, Verdict current)
    {
        var held = new List<Finding>();
        var cleared = new List<Finding>();
        foreach (var finding in gone)
        {
            if (current.Unknowns.Any(unknown => unknown.Holds(finding)))
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
