using Picket.Core.Devices;
using Picket.Core.Intelligence;
using Picket.Core.Sync;

namespace Picket.Core.Risk;

/// <summary>Installed apps and profiles against the indicators and against what the organization does not want.</summary>
internal static class AppRules
{
    private static readonly string[] ProfileKinds = [FindingKinds.RogueProfile.Id];

    public static void Apply(Judging judging)
    {
        ApplyApps(judging);
        ApplyProfiles(judging);
    }

    private static void ApplyApps(Judging judging)
    {
        if (IsHiddenByChoice(judging))
        {
            judging.Miss(FactName.Apps, MissingReason.HiddenByPrivacy, FindingKinds.AppKinds, required: false);
            NoteLimitedView(judging, "the app list");
            return;
        }

        if (!judging.Knows(judging.Facts.Apps, FactName.Apps, FindingKinds.AppKinds, out var installed))
        {
            return;
        }

        if (installed.View is AppView.ManagedOnly)
        {
            MissUnmanaged(judging);
        }

        var seen = new HashSet<string>();
        foreach (var app in installed.Apps)
        {
            Match(judging, app, seen);
        }
    }

    private static bool IsHiddenByChoice(Judging judging) =>
        judging.Facts
            is { Ownership: DeviceOwnership.Employee, Apps: { IsKnown: false, Reason: MissingReason.HiddenByPrivacy } }
        && judging.Context.Policy.HiddenApps is HiddenAppsRule.LimitedView;

    private static void MissUnmanaged(Judging judging)
    {
        var accepted =
            judging.Facts.Ownership is DeviceOwnership.Employee
            && judging.Context.Policy.HiddenApps is HiddenAppsRule.LimitedView;
        judging.Miss(
            FactName.Apps,
            MissingReason.HiddenByPrivacy,
            FindingKinds.AppKinds,
            required: !accepted,
            exceptManagedApps: true
        );
        NoteLimitedView(judging, "apps that the UEM does not manage");
    }

    private static void NoteLimitedView(Judging judging, string what) =>
        judging.Notes.Add(
            new VerdictNote("limited-view", $"The UEM's privacy settings hide {what}: the verdict does not cover them.")
        );

    private static void Match(Judging judging, AppOnDevice app, HashSet<string> seen)
    {
        foreach (var match in judging.Context.Indicators.MatchApp(judging.Facts.Platform, app))
        {
            FindApp(judging, app, match, seen);
        }

        if (app.Identifier is null && app.IdentifierHash is { } hash)
        {
            foreach (var match in judging.Context.HashedApps.Match(judging.Facts.Platform, hash))
            {
                FindApp(judging, app, match, seen);
            }
        }

        if (app.Identifier is { } identifier && judging.Context.Policy.DeniedApps.Contains(identifier))
        {
            FindDenied(judging, app, identifier);
        }
    }

    private static void FindApp(Judging judging, AppOnDevice app, IndicatorMatch match, HashSet<string> seen)
    {
        var indicator = match.Indicator;
        var value = app.Identifier ?? indicator.Value;
        var subject = $"{value}|{match.Sourced.Source.Name}|{indicator.Id}";
        if (IsExpired(judging, indicator) || !seen.Add(subject))
        {
            return;
        }

        var byCertificate = indicator.Kind is IndicatorKind.AppCertificateSha1 or IndicatorKind.AppCertificateSha256;
        var kind = KindOf(indicator.Class);
        judging.Find(
            kind,
            AppTexts.Of(app, match, byCertificate),
            byCertificate ? FindingProof.CertificateMatch : FindingProof.NameMatch,
            new FindingEvidence([Used(judging, app, value)], match.Sourced.Source, value, indicator.Id)
            {
                AppManaged = app.Managed,
            },
            match.SameCase ? null : RiskLevel.Low,
            subject
        );
    }

    private static void FindDenied(Judging judging, AppOnDevice app, string identifier) =>
        judging.Find(
            FindingKinds.DeniedApp,
            $"{AppTexts.NameOf(app, identifier)} is on this organization's list of apps that are not allowed. Remove it.",
            FindingProof.NameMatch,
            new FindingEvidence([Used(judging, app, identifier)], MatchedValue: identifier)
            {
                AppManaged = app.Managed,
            },
            subject: identifier
        );

    private static FactUsed Used(Judging judging, AppOnDevice app, string value) =>
        new(
            FactName.Apps,
            app.Version is { } version ? $"{value} {version}" : value,
            app.CollectedAt ?? judging.Facts.Apps.CollectedAt
        );

    private static FindingKind KindOf(ThreatClass threat) =>
        threat switch
        {
            ThreatClass.Stalkerware => FindingKinds.Stalkerware,
            ThreatClass.Watchware => FindingKinds.Watchware,
            ThreatClass.Denied => FindingKinds.DeniedApp,
            _ => FindingKinds.MaliciousApp,
        };

    private static bool IsExpired(Judging judging, Indicator indicator) =>
        indicator.ValidUntil is { } until && until <= judging.Now;

    private static void ApplyProfiles(Judging judging)
    {
        var fact = judging.Facts.Profiles;
        if (!fact.IsKnown && !IsMissed(judging))
        {
            return;
        }

        if (!judging.Knows(fact, FactName.Profiles, ProfileKinds, out var profiles))
        {
            return;
        }

        foreach (var profile in profiles.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            foreach (var match in judging.Context.Indicators.MatchProfile(judging.Facts.Platform, profile))
            {
                if (!IsExpired(judging, match.Indicator))
                {
                    FindProfile(judging, profile, match, fact.CollectedAt);
                }
            }
        }
    }

    /// <summary>Without an indicator to compare with, or without profiles on the platform, nothing is missed.</summary>
    private static bool IsMissed(Judging judging) =>
        judging.Context.Indicators.HasProfiles && judging.Facts.Platform.IsApplePhoneOrTablet();

    private static void FindProfile(
        Judging judging,
        string profile,
        IndicatorMatch match,
        DateTimeOffset? collectedAt
    ) =>
        judging.Find(
            FindingKinds.RogueProfile,
            $"The configuration profile {profile} is listed as part of {match.Indicator.Family}. "
                + "Have the device examined before anything is changed on it.",
            FindingProof.NameMatch,
            new FindingEvidence(
                [new FactUsed(FactName.Profiles, profile, collectedAt)],
                match.Sourced.Source,
                profile,
                match.Indicator.Id
            ),
            subject: $"{profile}|{match.Sourced.Source.Name}|{match.Indicator.Id}"
        );
}
