using System.Globalization;

namespace Picket.Core.Risk;

/// <summary>Android's security patch level: what it leaves open, and its age. A missing level is unknown, not safe.</summary>
internal static class PatchRule
{
    private static readonly string[] PatchKinds =
    [
        FindingKinds.PatchOld.Id,
        FindingKinds.OsListed.Id,
        FindingKinds.OsExploited.Id,
        FindingKinds.OsOutdated.Id,
    ];

    public static void Apply(Judging judging, OsAssessment? assessment)
    {
        var fact = judging.Facts.SecurityPatch;
        if (!judging.Knows(fact, FactName.SecurityPatch, PatchKinds, out var patch))
        {
            return;
        }

        var noneLeft = assessment is not null && OsRules.HardwareHasEnded(judging, assessment);
        AndroidFixRule.Apply(judging, patch, noneLeft);
        ApplyAge(judging, patch, noneLeft);
    }

    private static void ApplyAge(Judging judging, DateOnly patch, bool noneLeft)
    {
        var days = judging.Today.DayNumber - patch.DayNumber;
        if (AgeSteps.LevelAt(judging.Policy.PatchAge, days) is not { } level)
        {
            return;
        }

        var text = patch.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        judging.Find(
            FindingKinds.PatchOld,
            $"The security patch level is {text}, {days} days old. "
                + (
                    noneLeft
                        ? "The maker offers no newer one: replace the device."
                        : "Install the newest system update."
                ),
            FindingProof.Computed,
            new FindingEvidence(
                [new FactUsed(FactName.SecurityPatch, text, judging.Facts.SecurityPatch.CollectedAt)],
                MatchedValue: text
            ),
            level
        );
    }
}
