using System.Globalization;
using Picket.Core.Devices;
using Picket.Core.Intelligence;

namespace Picket.Core.Risk;

/// <summary>
/// Which vulnerabilities a patch level leaves open, by the bulletins. Without a patch level nothing is known; that is said
/// where the level is asked for.
/// </summary>
internal static class AndroidFixRule
{
    /// <summary>Tells its findings from those that the version alone has: a device can have both.</summary>
    private const string Subject = "patch-level";

    private static readonly string[] FixKinds = [FindingKinds.OsExploited.Id, FindingKinds.OsOutdated.Id];

    public static void Apply(Judging judging, DateOnly patch, bool noneLeft)
    {
        if (!judging.Context.Systems.KnowsAndroidFixes || !judging.Facts.OsVersion.TryGet(out var version))
        {
            return;
        }

        if (judging.Context.Systems.AssessPatch(version, patch) is not { } assessment)
        {
            judging.Miss(FactName.SecurityPatch, MissingReason.NoFeed, FixKinds, required: false);
            return;
        }

        NoteAge(judging, assessment.Source);
        var isExploited = assessment.Exploited.Count > 0;
        if (isExploited)
        {
            FindExploited(judging, version, patch, assessment, noneLeft);
        }

        if (
            IsOutdated(judging, assessment, out var days)
            && !(isExploited && judging.Covers(FindingKinds.OsExploited, FindingKinds.OsOutdated))
            && !(noneLeft && judging.Covers(FindingKinds.HardwareEnded, FindingKinds.OsOutdated))
        )
        {
            FindOutdated(judging, version, patch, assessment, days, noneLeft);
        }
    }

    /// <summary>What an old feed lists as open is open; what came out since, it does not know.</summary>
    private static void NoteAge(Judging judging, FeedSource source)
    {
        int? days = source.Date is { } date ? judging.Today.DayNumber - date.DayNumber : null;
        if (days is not { } known || known > judging.Policy.OldestFeedDays)
        {
            var text = BlindSpotTexts.FeedTooOld(FactName.SecurityPatch, source, days);
            judging.Miss(FactName.SecurityPatch, MissingReason.FeedTooOld, FixKinds, text, required: false);
        }
    }

    private static bool IsOutdated(Judging judging, PatchAssessment assessment, out int days)
    {
        days = assessment.FirstFixed is { } first ? judging.Today.DayNumber - first.DayNumber : 0;
        return assessment.Missing > 0 && days > judging.Policy.OutdatedGraceDays;
    }

    private static void FindExploited(
        Judging judging,
        OsVersion version,
        DateOnly patch,
        PatchAssessment assessment,
        bool noneLeft
    )
    {
        var exploited = assessment.Exploited;
        var due = exploited.Min(cve => cve.Due) is { } date ? $" The earliest was due on {Text(date)}." : "";
        judging.Find(
            FindingKinds.OsExploited,
            $"Android {version} with patch level {Text(patch)} lacks fixes for {exploited.Count} vulnerabilities that are "
                + $"exploited, of {assessment.Missing} in all.{due} {Next(patch, assessment, noneLeft)}",
            FindingProof.Computed,
            Evidence(judging, patch, assessment) with
            {
                ExploitedCves = exploited,
            },
            subject: Subject
        );
    }

    private static void FindOutdated(
        Judging judging,
        OsVersion version,
        DateOnly patch,
        PatchAssessment assessment,
        int days,
        bool noneLeft
    ) =>
        judging.Find(
            FindingKinds.OsOutdated,
            $"Android {version} with patch level {Text(patch)} lacks fixes for {assessment.Missing} vulnerabilities, the "
                + $"first of them for {days} days; {CountExploited(assessment)} known to be exploited. "
                + Next(patch, assessment, noneLeft),
            FindingProof.Computed,
            Evidence(judging, patch, assessment),
            subject: Subject
        );

    private static string CountExploited(PatchAssessment assessment) =>
        assessment.Exploited.Count switch
        {
            0 => "none is",
            1 => "1 is",
            var count => $"{count} are",
        };

    private static string Next(DateOnly patch, PatchAssessment assessment, bool noneLeft) =>
        noneLeft
            ? "The maker offers no newer patch level: replace the device."
            : $"Install a system update with patch level {Text(assessment.Complete ?? patch)} or later.";

    private static FindingEvidence Evidence(Judging judging, DateOnly patch, PatchAssessment assessment) =>
        new(
            [
                Judging.Used(FactName.OsVersion, judging.Facts.OsVersion),
                new FactUsed(FactName.SecurityPatch, Text(patch), judging.Facts.SecurityPatch.CollectedAt),
            ],
            assessment.Source,
            Text(patch)
        )
        {
            MissingCves = assessment.Missing,
            Confidence = Confidence.High,
        };

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
