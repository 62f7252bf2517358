using System.Globalization;
using Picket.Core.Policy;

namespace Picket.Core.Risk;

/// <summary>What the policy makes of a device of which too little is known.</summary>
public static class SilenceRule
{
    public const string KeptNote = "kept-secure";

    internal static void Apply(Judging judging)
    {
        var silent = judging.Unknowns.Where(Silence.IsOf).ToList();
        if (silent.Count == 0 || !judging.Policy.Silence.IsFinding)
        {
            return;
        }

        var facts = silent.Select(unknown => unknown.Fact).Distinct().Order().ToList();
        var used = new FactUsed(
            FactName.LastSeen,
            judging.Facts.LastSeen.TryGet(out var at) ? at.ToString("u", CultureInfo.InvariantCulture) : "never",
            judging.Facts.LastSeen.CollectedAt
        );
        judging.Find(
            FindingKinds.Silent,
            $"The policy does not accept that so little is known: {string.Join(", ", facts)}. The blind spots below say "
                + "why, and what mends each.",
            FindingProof.Computed,
            new FindingEvidence([used])
        );
    }

    /// <summary>
    /// A device that was Secure may stay so by the policy's word while it is silent. Nothing becomes Secure by it, no
    /// finding is cleared by it, and whatever else is missing than the device's own word ends it.
    /// </summary>
    internal static Verdict Keep(Verdict verdict, RiskLevel before)
    {
        var silence = verdict.Policy.Policy.Silence;
        var keeps =
            silence.Mode is SilenceMode.FailOpen
            || verdict.Findings.Any(finding =>
                finding.Kind == FindingKinds.Silent.Id && finding.Standing is FindingStanding.InGrace
            );
        var isQuiet = verdict is { IsJudged: true, Level: RiskLevel.Unknown } && before is RiskLevel.Secure;
        if (!isQuiet || !keeps || !verdict.Unknowns.Where(unknown => unknown.Required).All(Silence.IsOf))
        {
            return verdict;
        }

        var note = new VerdictNote(
            KeptNote,
            $"Secure is kept by the policy's word (silence: {silence}): the last reading that knew enough found nothing, "
                + "and what is missing since stands among the blind spots."
        );
        return verdict with { Level = RiskLevel.Secure, Notes = [.. verdict.Notes, note] };
    }
}
