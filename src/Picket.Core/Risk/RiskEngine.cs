using Picket.Core.Devices;

namespace Picket.Core.Risk;

/// <summary>
/// Judges one device. Pure: the same facts, context and time give the same verdict, so live judging, what-if runs and
/// replays share it.
/// </summary>
public static class RiskEngine
{
    private static readonly IReadOnlyList<string> JudgedKinds =
    [
        .. FindingKinds.All.Select(kind => kind.Id).Except(FindingKinds.EnrollmentKinds),
    ];

    /// <summary>What only a known platform is judged by.</summary>
    private static readonly IReadOnlyList<string> PlatformKinds =
    [
        .. FindingKinds.OsKinds,
        FindingKinds.PatchOld.Id,
        FindingKinds.OsListed.Id,
        FindingKinds.ModelListed.Id,
        .. FindingKinds.AppKinds,
        FindingKinds.RogueProfile.Id,
        FindingKinds.DeniedApp.Id,
        FindingKinds.RequiredAppMissing.Id,
        FindingKinds.NotSupervised.Id,
    ];

    public static Verdict Judge(DeviceFacts facts, RiskContext context, DateTimeOffset now)
    {
        var judging = new Judging(facts, context, now);
        if (IsNotManaged(judging))
        {
            EnrollmentRules.Apply(judging);
            return new Verdict(RiskLevel.Unknown, judging.Findings, judging.Unknowns, judging.Notes, IsJudged: false)
            {
                Policy = judging.Effective,
            };
        }

        if (facts.Platform is DevicePlatform.Unknown or DevicePlatform.Other)
        {
            // There are no rules for it, so the absence of findings says nothing.
            judging.Miss(FactName.Platform, MissingReason.NotUnderstood, PlatformKinds, required: true);
        }

        PostureRules.Apply(judging);
        if (facts.Platform.IsMobile())
        {
            OsRules.Apply(judging);
            ListedRules.Apply(judging);
            AppRules.Apply(judging);
            FeedRules.Apply(judging);
        }

        OrganizationRules.Apply(judging);
        SilenceRule.Apply(judging);
        var findings = judging.Findings;
        findings.Sort(WorstFirst);
        return new Verdict(Verdict.LevelOf(findings, judging.Unknowns), findings, judging.Unknowns, judging.Notes)
        {
            Policy = judging.Effective,
        };
    }

    private static bool IsNotManaged(Judging judging)
    {
        if (!judging.Facts.Enrollment.TryGet(out var state) || state is EnrollmentState.Unknown)
        {
            var cause = judging.Facts.Enrollment.IsKnown
                ? MissingReason.NotUnderstood
                : judging.Facts.Enrollment.Reason;
            judging.Miss(FactName.Enrollment, cause, FindingKinds.EnrollmentKinds, required: true);
            return false;
        }

        if (state is EnrollmentState.Enrolled)
        {
            return false;
        }

        judging.Miss(FactName.Enrollment, MissingReason.NotEnrolled, JudgedKinds, required: true);
        return true;
    }

    private static int WorstFirst(Finding left, Finding right)
    {
        var byLevel = right.Level.CompareTo(left.Level);
        return byLevel != 0 ? byLevel : string.CompareOrdinal(left.Key, right.Key);
    }
}
