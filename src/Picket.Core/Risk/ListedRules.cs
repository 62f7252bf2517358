using System.Globalization;
using Picket.Core.Devices;
using Picket.Core.Intelligence;

namespace Picket.Core.Risk;

/// <summary>Versions of the system, patch levels and models that an indicator names.</summary>
internal static class ListedRules
{
    private static readonly string[] ModelKinds = [FindingKinds.ModelListed.Id];

    public static void Apply(Judging judging)
    {
        var (facts, indicators) = (judging.Facts, judging.Context.Indicators);
        if (facts.OsVersion.TryGet(out var version))
        {
            foreach (var match in indicators.MatchVersion(facts.Platform, version))
            {
                Find(
                    judging,
                    FindingKinds.OsListed,
                    match,
                    FactName.OsVersion,
                    $"{version}",
                    facts.OsVersion.CollectedAt
                );
            }
        }

        if (facts.Platform is DevicePlatform.Android && facts.SecurityPatch.TryGet(out var patch))
        {
            var text = patch.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            foreach (var match in indicators.MatchPatchLevel(facts.Platform, patch))
            {
                Find(
                    judging,
                    FindingKinds.OsListed,
                    match,
                    FactName.SecurityPatch,
                    text,
                    facts.SecurityPatch.CollectedAt
                );
            }
        }

        ApplyModel(judging);
    }

    private static void ApplyModel(Judging judging)
    {
        var facts = judging.Facts;
        var model = facts.Model.TryGet(out var identifier) ? identifier : null;
        var name = facts.ModelName.TryGet(out var known) ? known : null;
        NoteModel(judging, model, name);
        foreach (var match in judging.Context.Indicators.MatchModel(facts.Platform, model, name))
        {
            var collected = name is null ? facts.Model.CollectedAt : facts.ModelName.CollectedAt;
            Find(judging, FindingKinds.ModelListed, match, FactName.Model, name ?? model ?? "", collected);
        }
    }

    /// <summary>Apple's models have an identifier and a name, and an indicator may state either; others have one of them.</summary>
    private static void NoteModel(Judging judging, string? model, string? name)
    {
        var facts = judging.Facts;
        var isMissed = facts.Platform.IsApplePhoneOrTablet()
            ? model is null || name is null
            : model is null && name is null;
        if (isMissed && judging.Context.Indicators.CoversModels(facts.Platform))
        {
            var cause = model is null ? facts.Model.Reason : facts.ModelName.Reason;
            // With half of it known the device can be judged by all else.
            bool? required = model is null && name is null ? null : false;
            judging.Miss(FactName.Model, cause, ModelKinds, required: required);
        }
    }

    private static void Find(
        Judging judging,
        FindingKind kind,
        IndicatorMatch match,
        FactName fact,
        string value,
        DateTimeOffset? collected
    )
    {
        var (indicator, source) = (match.Indicator, match.Sourced.Source);
        if (indicator.HasExpiredAt(judging.Now))
        {
            return;
        }

        judging.Find(
            kind,
            $"{NameOf(fact)} {value} is listed by {source.Name} ({indicator.Value}): {indicator.Family}. "
                + (
                    kind == FindingKinds.ModelListed
                        ? "No update changes the model: replace the device, or end the indicator."
                        : "Update to one that is not listed."
                ),
            FindingProof.Computed,
            new FindingEvidence([new FactUsed(fact, value, collected)], source, value, indicator.Id)
            {
                Confidence = judging.Policy.ConfidenceOf(match.Sourced),
            },
            indicator.Severity,
            $"{source.Name}|{indicator.Id}"
        );
    }

    private static string NameOf(FactName fact) =>
        fact switch
        {
            FactName.OsVersion => "Version",
            FactName.SecurityPatch => "Patch level",
            _ => "The model",
        };
}
