using Picket.Core.Devices;
using Picket.Core.Intelligence;
using Picket.Core.Sync;

namespace Picket.Core.Risk;

/// <summary>Installed apps and profiles against the indicators.</summary>
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
            var (cause, text) = WhyHidden(judging.Facts);
            judging.Miss(FactName.Apps, cause, FindingKinds.AppKinds, text, required: false);
            NoteLimitedView(judging, "the app list");
            return;
        }

        if (!judging.Knows(judging.Facts.Apps, FactName.Apps, FindingKinds.AppKinds, out var installed))
        {
            return;
        }

        if (!judging.Context.Indicators.CoversApps(judging.Facts.Platform))
        {
            // Nothing would have been found whatever is installed. Nothing is held: feeds go when a person removes them.
            judging.Miss(FactName.Apps, MissingReason.NoFeed, [], required: true);
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

        LookAlikeRule.Apply(judging, installed.Apps);

        MissUntested(judging, installed);
    }

    /// <summary>
    /// Privacy settings that hide the apps of an employee-owned device are the organization's own choice. The device is
    /// judged on what can be seen, and its verdict says that the view is limited. Otherwise every such device would be
    /// Unknown for ever, and Unknown would stop meaning "look here".
    /// </summary>
    private static bool IsHiddenByChoice(Judging judging) =>
        judging.Facts
            is { Ownership: DeviceOwnership.Employee, Apps: { IsKnown: false, Reason: MissingReason.HiddenByPrivacy } };

    /// <summary>What is closed to every UEM is no setting that anybody could change.</summary>
    private static (MissingReason Cause, string Text) WhyHidden(DeviceFacts facts) =>
        facts.PersonalSide is var side and not PersonalSide.NotApart
            ? (MissingReason.PersonalSide, BlindSpotTexts.Apart(side))
            : (MissingReason.HiddenByPrivacy, BlindSpotTexts.NotCollected(facts.Ownership is DeviceOwnership.Employee));

    private static void MissUnmanaged(Judging judging)
    {
        var (cause, text) = WhyHidden(judging.Facts);
        judging.Miss(
            FactName.Apps,
            cause,
            FindingKinds.AppKinds,
            text,
            required: judging.Facts.Ownership is not DeviceOwnership.Employee,
            holding: HeldFindings.OfUnmanagedApps
        );
        NoteLimitedView(judging, "apps that the UEM does not manage");
    }

    /// <summary>
    /// A hash cannot be tested against a pattern: what came into force after the reading is untested. Of an employee's apps
    /// that are hidden by now no reading can change that, and it is the same choice as for the others.
    /// </summary>
    private static void MissUntested(Judging judging, AppList installed)
    {
        var (patterns, platform) = (judging.Context.Indicators.Patterns, judging.Facts.Platform);
        if (patterns.VersionFor(platform) is not { } inForce)
        {
            return;
        }

        var untested = installed.Apps.Count(app => app.IdentifierHash is not null && app.TestedPatterns != inForce);
        if (untested > 0)
        {
            judging.Miss(
                FactName.Apps,
                MissingReason.Untested,
                FindingKinds.AppKinds,
                BlindSpotTexts.Untested(untested, patterns.CountFor(platform)),
                required: installed.View is AppView.All || judging.Facts.Ownership is not DeviceOwnership.Employee,
                holding: HeldFindings.OfPatterns
            );
        }
    }

    private static void NoteLimitedView(Judging judging, string what) =>
        judging.Notes.Add(
            new VerdictNote("limited-view", $"Privacy settings hide {what}: the verdict does not cover them.")
        );

    private static void Match(Judging judging, AppOnDevice app, HashSet<string> seen)
    {
        var matches = judging.Context.Indicators.MatchApp(judging.Facts.Platform, app);
        if (app.Identifier is null && app.IdentifierHash is { } hash)
        {
            var exact = judging.Context.HashedApps.Match(judging.Facts.Platform, hash);
            var patterns = judging.Context.Indicators.Patterns.OfKeys(judging.Facts.Platform, app.MatchedPatterns);
            matches = [.. matches, .. exact, .. patterns];
        }

        if (matches.Count == 0)
        {
            return; // As with nearly every app: no memory is taken for these.
        }

        var inForce = matches.Where(match => !match.Indicator.HasExpiredAt(judging.Now)).ToList();
        if (inForce.Exists(match => match.Indicator.Class is ThreatClass.Stalkerware or ThreatClass.Watchware))
        {
            judging.NoteWatching(app);
        }

        foreach (var match in inForce)
        {
            FindApp(judging, app, match, seen);
        }
    }

    private static void FindApp(Judging judging, AppOnDevice app, IndicatorMatch match, HashSet<string> seen)
    {
        var indicator = match.Indicator;
        var value = app.Identifier ?? indicator.Value;
        var subject = $"{value}|{match.Sourced.Source.Name}|{indicator.Id}";
        if (!seen.Add(subject))
        {
            return;
        }

        var byCertificate = indicator.Kind is IndicatorKind.AppCertificateSha1 or IndicatorKind.AppCertificateSha256;
        var kind = KindOf(indicator.Class);
        judging.Find(
            kind,
            AppTexts.Of(app, match, byCertificate, judging.IsWatching(app)),
            byCertificate ? FindingProof.CertificateMatch : FindingProof.NameMatch,
            new FindingEvidence([Used(judging, app, value)], match.Sourced.Source, value, indicator.Id)
            {
                AppManaged = app.Managed,
                ByPattern = indicator.Kind is IndicatorKind.AppIdPattern,
                AppId = app.Identifier ?? (indicator.Kind is IndicatorKind.AppId ? indicator.Value : null),
                Confidence = judging.Policy.ConfidenceOf(match.Sourced),
            },
            match.SameCase ? indicator.Severity : RiskLevel.Low,
            subject,
            userIsNotTold: judging.IsWatching(app)
        );
    }

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
            _ => FindingKinds.MaliciousApp,
        };

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
                if (!match.Indicator.HasExpiredAt(judging.Now))
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
            (
                match.Sourced.Source.Format is FeedFormat.Own
                    ? $"The configuration profile {profile} is listed by your organization: "
                        + $"{AppTexts.Sentence(match.Indicator.Family)} "
                    : $"The configuration profile {profile} is listed as part of {match.Indicator.Family}. "
            ) + "Have the device examined before anything is changed on it.",
            FindingProof.NameMatch,
            new FindingEvidence(
                [new FactUsed(FactName.Profiles, profile, collectedAt)],
                match.Sourced.Source,
                profile,
                match.Indicator.Id
            )
            {
                Confidence = judging.Policy.ConfidenceOf(match.Sourced),
            },
            match.Indicator.Severity,
            subject: $"{profile}|{match.Sourced.Source.Name}|{match.Indicator.Id}"
        );
}
