using Picket.Core.Devices;

namespace Picket.Core.Risk;

/// <summary>A verdict as it was told.</summary>
/// <param name="Findings">With the times of each, and those that were held.</param>
public sealed record ToldVerdict(RiskLevel Level, IReadOnlyList<Finding> Findings, DateTimeOffset JudgedAt);

/// <param name="Differences">What comes out otherwise than it was told, for people.</param>
public sealed record RecomputedVerdict(Verdict Verdict, IReadOnlyList<string> Differences);

/// <summary>Judges facts again, at the time at which they were judged, and compares what comes out with what was told.</summary>
public static class Recomputation
{
    public static RecomputedVerdict Of(DeviceFacts facts, RiskContext context, ToldVerdict told)
    {
        var verdict = RiskEngine.Judge(facts, context, told.JudgedAt);
        var merged = FindingHistory.Merge(told.Findings, verdict, told.JudgedAt, told.Level).Verdict;
        return new RecomputedVerdict(merged, [.. Differences(merged, told)]);
    }

    private static IEnumerable<string> Differences(Verdict now, ToldVerdict told)
    {
        if (now.Level != told.Level)
        {
            yield return $"The level was {told.Level} and comes out as {now.Level}.";
        }

        var (before, after) = (ByKey(told.Findings), ByKey(now.Findings));
        foreach (var (key, finding) in before)
        {
            if (!after.TryGetValue(key, out var again))
            {
                yield return $"{finding.Title}: it was found then, and is not found now.";
            }
            else if (again.Level != finding.Level)
            {
                yield return $"{finding.Title}: its level was {finding.Level} and comes out as {again.Level}.";
            }
        }

        foreach (var (key, finding) in after)
        {
            if (!before.ContainsKey(key))
            {
                yield return $"{finding.Title}: it was not found then, and is found now.";
            }
        }

        foreach (var finding in told.Findings)
        {
            var kind = FindingKinds.All.FirstOrDefault(kind => kind.Id == finding.Kind);
            if (kind?.RuleVersion != finding.RuleVersion)
            {
                yield return kind is null
                    ? $"{finding.Title}: this version of Picket has no rule {finding.Kind}."
                    : $"{finding.Title}: it was judged by rule {finding.Kind}/{finding.RuleVersion}; this version of Picket "
                        + $"has {kind.RuleVersion}.";
            }
        }
    }

    private static Dictionary<string, Finding> ByKey(IReadOnlyList<Finding> findings) =>
        findings.GroupBy(finding => finding.Key).ToDictionary(same => same.Key, same => same.First());
}
