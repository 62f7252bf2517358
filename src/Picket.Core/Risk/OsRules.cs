using System.Globalization;
using Picket.Core.Devices;
using Picket.Core.Intelligence;

namespace Picket.Core.Risk;

/// <summary>Operating system, patch level and hardware, against releases and ends of support.</summary>
internal static class OsRules
{
    /// <summary>A train without a release for so long is taken to have ended when no feed says so.</summary>
    private const int SilentTrainDays = 365;

    private const string ReplaceAdvice = "Replace the device.";

    private static readonly string[] VersionKinds = [.. FindingKinds.OsKinds, FindingKinds.OsListed.Id];
    private static readonly string[] ExploitedKinds = [FindingKinds.OsExploited.Id];
    private static readonly string[] ModelKinds = [.. FindingKinds.OsKinds, FindingKinds.ModelListed.Id];

    public static void Apply(Judging judging)
    {
        var facts = judging.Facts;
        OsAssessment? assessment = null;
        if (judging.Knows(facts.OsVersion, FactName.OsVersion, VersionKinds, out var version))
        {
            assessment = Assess(judging, version);
            NoteModel(judging, assessment);
            var replace = HardwareHasEnded(judging, assessment);
            ApplyReleases(judging, assessment, replace);
            ApplySupport(judging, assessment, replace);
        }

        if (facts.Platform is DevicePlatform.Android)
        {
            PatchRule.Apply(judging, assessment);
        }
    }

    private static OsAssessment Assess(Judging judging, OsVersion version)
    {
        var facts = judging.Facts;
        var model = facts.Model.TryGet(out var identifier) ? identifier : null;
        var name = facts.ModelName.TryGet(out var known) ? known : null;
        return judging.Context.Systems.Assess(facts.Platform, model, name, version);
    }

    /// <summary>What a model can install, and whether it is still cared for, cannot be told without it.</summary>
    private static void NoteModel(Judging judging, OsAssessment assessment)
    {
        var facts = judging.Facts;
        if (!facts.Model.IsKnown && !facts.ModelName.IsKnown)
        {
            judging.Miss(FactName.Model, facts.Model.Reason, ModelKinds);
        }
        else if (facts.Platform.IsApplePhoneOrTablet() && assessment.ModelIsUnclear)
        {
            judging.Miss(FactName.Model, MissingReason.NoFeed, FindingKinds.OsKinds);
        }
    }

    private static void ApplyReleases(Judging judging, OsAssessment assessment, bool replace)
    {
        // Android is judged by its patch level; Apple's releases are all there is.
        var required = judging.Facts.Platform is not DevicePlatform.Android;
        if (!assessment.IsCovered)
        {
            judging.Miss(FactName.OsVersion, MissingReason.NoFeed, FindingKinds.OsKinds, required: required);
        }
        else if (assessment.ReleaseSource is { } source && IsTooOld(judging, source, out var age))
        {
            var text = BlindSpotTexts.FeedTooOld(FactName.OsVersion, source, age);
            judging.Miss(FactName.OsVersion, MissingReason.FeedTooOld, FindingKinds.OsKinds, text, required);
        }

        if (assessment is { LacksUntoldFixes: true, ReleaseSource: { } dates } && required)
        {
            var text = BlindSpotTexts.DatesAlone(FactName.OsVersion, dates);
            judging.Miss(FactName.OsVersion, MissingReason.NoFeed, ExploitedKinds, text, required: true);
        }

        var isExploited = assessment.Exploited.Count + assessment.LaterExploited.Count > 0;
        if (isExploited)
        {
            FindExploited(judging, assessment, replace);
        }

        if (
            DaysOutdated(judging, assessment) is { } days
            && days > judging.Policy.OutdatedGraceDays
            && !(isExploited && judging.Covers(FindingKinds.OsExploited, FindingKinds.OsOutdated))
            && !(replace && judging.Covers(FindingKinds.HardwareEnded, FindingKinds.OsOutdated))
        )
        {
            FindOutdated(judging, assessment, days, replace);
        }
    }

    /// <summary>What an old feed lists as missing is missing; what came out since, it does not know.</summary>
    private static bool IsTooOld(Judging judging, FeedSource source, out int? days)
    {
        days = source.Date is { } date ? judging.Today.DayNumber - date.DayNumber : null;
        return days is not { } known || known > judging.Policy.OldestFeedDays;
    }

    private static void FindExploited(Judging judging, OsAssessment assessment, bool replace)
    {
        var (own, later) = (assessment.Exploited, assessment.LaterExploited);
        List<ExploitedCve> exploited = [.. own.Concat(later).OrderBy(cve => cve.Cve, StringComparer.Ordinal)];
        var due = exploited.Min(cve => cve.Due);
        var dueText = due is { } date ? $" The earliest was due on {date:yyyy-MM-dd}." : "";
        judging.Find(
            FindingKinds.OsExploited,
            $"Version {judging.Facts.OsVersion.Value} lacks fixes for {Lacking(assessment)}{dueText} "
                + Advice(assessment, replace),
            FindingProof.Computed,
            Evidence(judging, own.Count > 0 ? assessment.ReleaseSource : assessment.LaterSource) with
            {
                ExploitedCves = exploited,
                MissingCves = assessment.MissingCves,
                MatchedValue = judging.Facts.OsVersion.Value.ToString(),
            }
        );
    }

    /// <summary>What the train itself fixes, and apart from it what only later trains do.</summary>
    private static string Lacking(OsAssessment assessment)
    {
        var (own, later) = (assessment.Exploited.Count, assessment.LaterExploited.Count);
        var count = own > 0 ? own : later;
        var exploited =
            count == 1 ? "1 vulnerability that is exploited" : $"{count} vulnerabilities that are exploited";
        return own == 0 ? $"{exploited} and that only later trains mend."
            : later == 0 ? $"{exploited}, of {assessment.MissingCves} in all."
            : $"{exploited}, of {assessment.MissingCves} in all, and for {later} more that only later trains mend.";
    }

    private static void FindOutdated(Judging judging, OsAssessment assessment, int days, bool replace) =>
        judging.Find(
            FindingKinds.OsOutdated,
            $"Version {judging.Facts.OsVersion.Value} lacks {assessment.Missing.Count} updates, the first of them for "
                + $"{days} days; {Fixed(assessment)}. {Advice(assessment, replace)}",
            FindingProof.Computed,
            Evidence(judging, assessment.ReleaseSource) with
            {
                MissingCves = assessment.MissingCves,
                MatchedValue = judging.Facts.OsVersion.Value.ToString(),
            }
        );

    /// <summary>Dates alone count no vulnerabilities: none told is not none.</summary>
    private static string Fixed(OsAssessment assessment) =>
        assessment.NamesCves
            ? $"{assessment.MissingCves} vulnerabilities are fixed in them"
            : "which vulnerabilities are fixed in them is not told by any feed in force";

    /// <summary>No update that is ever made will run on it: replace, don't nag.</summary>
    internal static bool HardwareHasEnded(Judging judging, OsAssessment assessment) =>
        assessment.Hardware?.Security.HasEndedAt(judging.Today) is true
        || (HasEnded(judging, assessment) && CanGoNoFurther(assessment));

    private static void ApplySupport(Judging judging, OsAssessment assessment, bool replace)
    {
        if (replace)
        {
            FindHardwareEnded(judging, assessment);
        }

        if (
            (HasEnded(judging, assessment) || assessment.TrainGoesOnWithout)
            && !(replace && judging.Covers(FindingKinds.HardwareEnded, FindingKinds.OsTrainEnded))
        )
        {
            FindTrainEnded(judging, assessment, replace);
        }
    }

    private static bool HasEnded(Judging judging, OsAssessment assessment) =>
        assessment.Train?.Security.HasEndedAt(judging.Today)
        ?? (
            assessment.HasLaterTrain
            && assessment.NewestInTrain?.Released is { } last
            && judging.Today.DayNumber - last.DayNumber > SilentTrainDays
        );

    /// <summary>The feed knows which models each train runs on, and none later runs on this one.</summary>
    private static bool CanGoNoFurther(OsAssessment assessment) =>
        assessment.ModelIsLeftBehind
        || (assessment.NewestForModel is { } newest && newest.Train == assessment.NewestInTrain?.Train);

    private static void FindHardwareEnded(Judging judging, OsAssessment assessment)
    {
        var until = assessment.Hardware is { } hardware ? $" ({hardware.Label}: {hardware.Security})" : "";
        judging.Find(
            FindingKinds.HardwareEnded,
            $"No security updates are made for this model any more{until}. No update can mend that: replace the device.",
            FindingProof.Computed,
            Evidence(judging, assessment.HardwareSource ?? assessment.TrainSource ?? assessment.ReleaseSource) with
            {
                MatchedValue = assessment.Hardware?.Label ?? ModelText(judging.Facts),
            }
        );
    }

    private static void FindTrainEnded(Judging judging, OsAssessment assessment, bool replace)
    {
        var version = judging.Facts.OsVersion.Value;
        var advice = replace ? ReplaceAdvice : $"Update to {LaterTrain(assessment)}.";
        judging.Find(
            FindingKinds.OsTrainEnded,
            $"Version {version.Major} gets no more security updates on this model. {advice}",
            FindingProof.Computed,
            Evidence(judging, assessment.TrainSource ?? assessment.ReleaseSource) with
            {
                MatchedValue = assessment.Train?.Label ?? version.Major.ToString(CultureInfo.InvariantCulture),
            }
        );
    }

    private static int? DaysOutdated(Judging judging, OsAssessment assessment) =>
        assessment.Missing.Count > 0 && assessment.Missing[0].Released is { } first
            ? judging.Today.DayNumber - first.DayNumber
            : null;

    /// <summary>Whoever has to replace a device is not asked to update it first.</summary>
    private static string Advice(OsAssessment assessment, bool replace) =>
        replace ? ReplaceAdvice : $"Update to {Target(assessment)}.";

    private static string Target(OsAssessment assessment)
    {
        var (newest, last) = (
            assessment.NewestForModel,
            assessment.Missing is [.., var newestMissing] ? newestMissing : null
        );
        return newest is null || last is not null && newest.Version <= last.Version ? $"{last?.Version}"
            : last is null || assessment.LaterExploited.Count > 0 ? $"{newest.Version}"
            : $"{newest.Version} (at least {last.Version})";
    }

    private static string LaterTrain(OsAssessment assessment) =>
        assessment.NewestForModel?.Version.ToString() ?? "a later one, or replace the device if none is offered";

    private static string? ModelText(DeviceFacts facts) =>
        facts.ModelName.TryGet(out var name) ? name
        : facts.Model.TryGet(out var model) ? model
        : null;

    private static FindingEvidence Evidence(Judging judging, FeedSource? source)
    {
        var facts = new List<FactUsed> { Judging.Used(FactName.OsVersion, judging.Facts.OsVersion) };
        if (judging.Facts.Model.IsKnown)
        {
            facts.Add(Judging.Used(FactName.Model, judging.Facts.Model));
        }
        else if (judging.Facts.ModelName.IsKnown)
        {
            facts.Add(Judging.Used(FactName.Model, judging.Facts.ModelName));
        }

        return new FindingEvidence(facts, source);
    }
}
