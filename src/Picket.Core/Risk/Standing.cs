using Picket.Core.Policy;

namespace Picket.Core.Risk;

/// <summary>Whether a finding counts: grace and exceptions take its weight, never the finding itself.</summary>
internal static class Standing
{
    /// <param name="firstTrue">When the finding became true; its grace begins then.</param>
    public static Finding Of(Finding finding, EffectivePolicy policy, DateTimeOffset firstTrue, DateTimeOffset now)
    {
        if (policy.ExceptionFor(finding, DateOnly.FromDateTime(now.UtcDateTime)) is { } exception)
        {
            return finding with
            {
                Standing = FindingStanding.Excepted,
                CountsFrom = null,
                Exception = new ExceptedBy(exception.Name, exception.Owner, exception.Reason, exception.Ends),
            };
        }

        // Without grace it counts, whatever the clocks say: a database keeps times less finely than a finding.
        var grace = policy.Policy.GraceOf(finding.Kind);
        var countsFrom = firstTrue.AddDays(grace);
        var inGrace = grace > 0 && now < countsFrom;
        return finding with
        {
            Standing = inGrace ? FindingStanding.InGrace : FindingStanding.Counts,
            CountsFrom = inGrace ? countsFrom : null,
            Exception = null,
        };
    }
}
