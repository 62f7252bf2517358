using Picket.Core.Devices;
using Picket.Core.Policy;
using Picket.Core.Sync;

namespace Picket.Core.Risk;

/// <summary>What only the organization's own policy asks for: apps that must or must not be there, supervision.</summary>
internal static class OrganizationRules
{
    private static readonly string[] DeniedKinds = [FindingKinds.DeniedApp.Id];
    private static readonly string[] RequiredKinds = [FindingKinds.RequiredAppMissing.Id];
    private static readonly string[] SupervisionKinds = [FindingKinds.NotSupervised.Id];

    public static void Apply(Judging judging)
    {
        if (judging.Effective.Undecided is { Count: > 0 } undecided)
        {
            var names = undecided.Select(policy => policy.Name).Order(StringComparer.Ordinal).ToList();
            var text = BlindSpotTexts.Undecided(names);
            var blocks = undecided.SelectMany(policy => KindsOf(policy.Values)).Distinct().ToList();
            judging.Miss(FactName.Membership, MissingReason.NeverCollected, blocks, text, required: true);
        }

        Supervision(judging);
        var platform = judging.Facts.Platform;
        var denied = judging.Policy.DeniedApps.Where(app => app.Concerns(platform)).ToList();
        var required = judging.Policy.RequiredApps.Where(app => app.Concerns(platform)).ToList();
        if (denied.Count > 0)
        {
            Denied(judging, denied);
        }

        if (required.Count > 0)
        {
            Required(judging, required);
        }
    }

    /// <summary>What a policy may raise that would not be found without it.</summary>
    private static List<string> KindsOf(StatedValues values)
    {
        var kinds = values.Levels.Where(level => level.Value is not null).Select(level => level.Key).ToList();
        Add(FindingKinds.DeniedApp, values.DeniedApps is { Count: > 0 });
        Add(FindingKinds.RequiredAppMissing, values.RequiredApps is { Count: > 0 });
        Add(FindingKinds.NotSupervised, values.SupervisionRequired is true);
        Add(FindingKinds.Silent, values.Silence is { IsFinding: true });
        Add(FindingKinds.PatchOld, values.PatchAge is not null);
        Add(FindingKinds.NoContact, values.NoContact is not null);
        Add(FindingKinds.OsOutdated, values.UpdateMayWaitDays is not null);
        return kinds;

        void Add(FindingKind kind, bool isStated)
        {
            if (isStated)
            {
                kinds.Add(kind.Id);
            }
        }
    }

    private static void Supervision(Judging judging)
    {
        if (!judging.Policy.SupervisionRequired || !judging.Facts.Platform.IsApplePhoneOrTablet())
        {
            return;
        }

        var fact = judging.Facts.Supervised;
        if (judging.Knows(fact, FactName.Supervision, SupervisionKinds, out var supervised) && !supervised)
        {
            judging.Find(
                FindingKinds.NotSupervised,
                "The policy wants the device supervised. Enroll it anew through Apple Business Manager or Configurator.",
                FindingProof.Reported,
                new FindingEvidence([Judging.Used(FactName.Supervision, fact)])
            );
        }
    }

    private static void Denied(Judging judging, List<PolicyApp> denied)
    {
        if (!Sees(judging, DeniedKinds, out var list))
        {
            return;
        }

        foreach (var app in list.Apps)
        {
            if (denied.FirstOrDefault(rule => Matches(judging, rule, app)) is { } rule)
            {
                FindDenied(judging, rule, app);
            }
        }

        var hashed = list.Apps.Count(app => app.Identifier is null);
        if (list.View is AppView.ManagedOnly || (hashed > 0 && denied.Any(rule => rule.IsPattern)))
        {
            var (cause, holding) =
                list.View is AppView.ManagedOnly
                    ? (MissingReason.HiddenByPrivacy, HeldFindings.OfUnmanagedApps)
                    : (MissingReason.Untested, HeldFindings.OfPatterns);
            judging.Miss(FactName.Apps, cause, DeniedKinds, required: false, holding: holding);
        }
    }

    private static void FindDenied(Judging judging, PolicyApp rule, AppOnDevice app)
    {
        var id = app.Identifier ?? rule.Value;
        var because = rule.Reason is { } reason ? $" Reason: {reason}." : "";
        var isWatching = judging.IsWatching(app);
        var next = isWatching
            ? "It is listed as made for watching people, too." + AppTexts.Care
            : "Remove it, or ask the policy's owner for an exception.";
        judging.Find(
            FindingKinds.DeniedApp,
            $"{AppTexts.NameOf(app, id)} is installed, which the policy denies.{because} {next}",
            FindingProof.NameMatch,
            Evidence(judging, id, app) with
            {
                AppManaged = app.Managed,
                ByPattern = rule.IsPattern,
            },
            subject: id,
            userIsNotTold: isWatching
        );
    }

    private static void Required(Judging judging, List<PolicyApp> required)
    {
        if (!Sees(judging, RequiredKinds, out var list))
        {
            return;
        }

        var missing = required.Where(rule => !list.Apps.Any(app => Matches(judging, rule, app))).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        if (list.View is AppView.ManagedOnly)
        {
            // It may be there all the same, brought by the user.
            judging.Miss(FactName.Apps, MissingReason.HiddenByPrivacy, RequiredKinds, required: !IsPersonal(judging));
            return;
        }

        foreach (var rule in missing)
        {
            judging.Find(
                FindingKinds.RequiredAppMissing,
                $"The policy requires {rule.Value}, which is not installed. Assign the app in the UEM, or ask for it.",
                FindingProof.Reported,
                Evidence(judging, rule.Value, null),
                subject: rule.Value
            );
        }
    }

    /// <summary>What privacy hides of an employee's own device is the organization's choice, and held against nobody.</summary>
    private static bool Sees(Judging judging, IReadOnlyList<string> blocks, out AppList list)
    {
        var fact = judging.Facts.Apps;
        if (fact is { IsKnown: false, Reason: MissingReason.HiddenByPrivacy } && IsPersonal(judging))
        {
            judging.Miss(FactName.Apps, MissingReason.HiddenByPrivacy, blocks, required: false);
            list = new AppList([]);
            return false;
        }

        return judging.Knows(fact, FactName.Apps, blocks, out list);
    }

    private static bool IsPersonal(Judging judging) => judging.Facts.Ownership is DeviceOwnership.Employee;

    private static bool Matches(Judging judging, PolicyApp rule, AppOnDevice app) =>
        app.Identifier is { } id
            ? rule.Is(id)
            : !rule.IsPattern && app.IdentifierHash is { } hash && judging.Context.AppHash?.Invoke(rule.Value) == hash;

    private static FindingEvidence Evidence(Judging judging, string id, AppOnDevice? app)
    {
        var text = app?.Version is { } version ? $"{id} {version}" : id;
        var used = new FactUsed(FactName.Apps, text, app?.CollectedAt ?? judging.Facts.Apps.CollectedAt);
        return new FindingEvidence([used], MatchedValue: id) { AppId = id };
    }
}
