using Picket.Core.Devices;

namespace Picket.Core.Risk;

/// <summary>
/// Apps known only by a name that is like another's. Nothing proves them bad, so they weigh little. Apps that the UEM
/// manages were chosen by the organization; of hashed ones neither name nor identifier is known, so they clear nothing.
/// </summary>
internal static class LookAlikeRule
{
    private static readonly string[] LookAlikeKinds = [FindingKinds.LookAlike.Id];

    public static void Apply(Judging judging, IReadOnlyList<AppOnDevice> apps)
    {
        MissHashed(judging, apps);
        HashSet<string>? seen = null;
        foreach (var app in apps)
        {
            if (app.Managed is true || app.Identifier is not { } id)
            {
                continue;
            }

            if (
                LookAlikes.Find(judging.Facts.Platform, id, app.Name) is { } likeness
                && (seen ??= new(StringComparer.Ordinal)).Add(id)
            )
            {
                Find(judging, app, id, likeness);
            }
        }
    }

    private static void MissHashed(Judging judging, IReadOnlyList<AppOnDevice> apps)
    {
        var hashed = apps.Count(app => app.Identifier is null && app.Managed is not true);
        if (hashed > 0)
        {
            judging.Miss(
                FactName.Apps,
                MissingReason.HiddenByPrivacy,
                LookAlikeKinds,
                BlindSpotTexts.Nameless(hashed),
                required: false,
                holding: HeldFindings.OfPatterns
            );
        }
    }

    private static void Find(Judging judging, AppOnDevice app, string id, LookAlike likeness) =>
        judging.Find(
            FindingKinds.LookAlike,
            $"{AppTexts.NameOf(app, id)} is installed. {Basis(likeness)} A name is no proof, and some such apps are honest: "
                + (
                    judging.IsWatching(app)
                        ? $"look at the app before acting.{AppTexts.Care}"
                        : "look at the app before acting, and have it removed if nobody can say where it came from."
                ),
            FindingProof.NameMatch,
            new FindingEvidence(
                [
                    new FactUsed(
                        FactName.Apps,
                        app.Version is { } version ? $"{id} {version}" : id,
                        app.CollectedAt ?? judging.Facts.Apps.CollectedAt
                    ),
                ],
                MatchedValue: id
            )
            {
                AppId = id,
                AppManaged = app.Managed,
                // It names an app that no feed names: whoever hides personal apps hides it, too.
                ByPattern = true,
            },
            subject: $"{id}|{likeness.Known.Name}",
            userIsNotTold: judging.IsWatching(app)
        );

    private static string Basis(LookAlike likeness) =>
        likeness.How switch
        {
            Likeness.SameName =>
                $"It is called as {likeness.Known.Name} is, and its identifier is not of that app's maker.",
            Likeness.NearName => $"Its name reads as {likeness.Known.Name} at a glance, and is another.",
            _ => $"Its identifier reads as that of {likeness.Known.Name} at a glance, and is another.",
        };
}
