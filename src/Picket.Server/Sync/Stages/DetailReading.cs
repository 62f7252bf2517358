using Picket.Core.Devices;
using Picket.Core.Risk;
using Picket.Core.Sync;
using Picket.Server.Inventory;
using Picket.Server.Risk;
using Picket.WorkspaceOne;

namespace Picket.Server.Sync.Stages;

/// <summary>What one reading of apps and security details says of a device, and what it cannot say.</summary>
internal static class DetailReading
{
    /// <summary>
    /// Half of what a verdict holds to be too old, unless a policy says otherwise: a fact that grew older is judged anew
    /// when it is read again.
    /// </summary>
    private static readonly TimeSpan Aged = TimeSpan.FromDays(RiskPolicy.Default.OldestFactDays) / 2;

    /// <param name="hasApps">Whether any app was known of it before.</param>
    /// <returns>Whether a verdict may change: a fact did, or one that was missing or had aged is known anew.</returns>
    public static bool Apply(
        DeviceDetails details,
        DeviceRow device,
        DetailState view,
        List<(UemInstalledApp Read, KeptApp Kept)> kept,
        bool hasApps,
        DateTimeOffset now
    )
    {
        var before = (device.AppsState, device.SecurityState, Facts(device));
        var aged =
            FindingJson.ReadUnknowns(device.Unknowns).Any(unknown => unknown.Cause == nameof(MissingReason.TooOld))
            || (details.Apps is not null && IsAged(device.AppsReadAt, now))
            || (details.Security is not null && IsAged(device.SecurityReadAt, now));
        ApplyApps(details, device, view, kept, hasApps, now);
        if (details.Security is { } security)
        {
            device.PasscodePresent = security.IsPasscodePresent;
            device.PasscodeCompliant = security.IsPasscodeCompliant;
            device.Encrypted = security.IsEncrypted;
            device.BlockEncrypted = security.BlockLevelEncryption;
            (device.SecurityReadAt, device.SecurityState) = (now, DetailState.Known);
        }
        else
        {
            device.SecurityState = DetailState.Failed;
        }

        if (!details.Target.ReadPolicies)
        {
            (device.BrokenPolicies, device.PoliciesReadAt) = (null, null);
        }
        else if (details.Policies is { } compliance)
        {
            (device.BrokenPolicies, device.PoliciesReadAt) = (PolicyJson.Write(compliance), now);
        }

        device.DetailFailures = details.Failure is null ? 0 : device.DetailFailures + 1;
        device.DetailsTriedAt = now;
        device.DetailsNotBefore = DetailPlan.NotBefore(now, device.DetailFailures);
        return aged || before != (device.AppsState, device.SecurityState, Facts(device));
    }

    /// <summary>An empty list keeps the apps that are known, and the time at which they were read.</summary>
    private static void ApplyApps(
        DeviceDetails details,
        DeviceRow device,
        DetailState view,
        List<(UemInstalledApp Read, KeptApp Kept)> kept,
        bool hasApps,
        DateTimeOffset now
    )
    {
        var before = device.AppsState;
        device.AppsState = view;
        var isAnswered = details.Apps is not null || (details.Target.ReadApps && !details.AppsSupported);
        if (isAnswered && !(details.Apps is { Count: 0 } && hasApps))
        {
            device.AppsReadAt = now;
        }

        if (details.Apps is not null && view is DetailState.Known)
        {
            device.AppsWholeAt = now;
            device.AppsWholeSince = WholeSince(details.Apps, device, before, kept, now);
            device.PersonalApps = kept.Where(app => app.Kept.Hashed).Select(app => app.Kept).Distinct().Count();
        }
    }

    /// <summary>
    /// Where the readings begin that would have shown any app under the name that it has now. A list of managed apps alone
    /// may hide the others; and what was a hash is in clear since the rules of privacy or the ownership changed.
    /// </summary>
    private static DateTimeOffset? WholeSince(
        IReadOnlyList<UemInstalledApp> apps,
        DeviceRow device,
        DetailState before,
        List<(UemInstalledApp Read, KeptApp Kept)> kept,
        DateTimeOffset now
    )
    {
        if (apps.All(IsManaged))
        {
            return null;
        }

        var wereHashes = device.PersonalApps > 0 && !kept.Any(app => app.Kept.Hashed);
        return before is DetailState.Known && !wereHashes ? device.AppsWholeSince ?? now : now;
    }

    /// <summary>A list that hides personal apps, or is empty, does not say that they are gone (law 1).</summary>
    public static AppListing Proves(DeviceDetails details, DetailState view) =>
        details.Apps is not { Count: > 0 } ? AppListing.ProvesNothing
        : view is DetailState.Known ? AppListing.OfAll
        : AppListing.OfManaged;

    private static (bool?, bool?, bool?, bool?, string?) Facts(DeviceRow device) =>
        (
            device.PasscodePresent,
            device.PasscodeCompliant,
            device.Encrypted,
            device.BlockEncrypted,
            device.BrokenPolicies
        );

    private static bool IsAged(DateTimeOffset? readAt, DateTimeOffset now) => readAt is null || now - readAt > Aged;

    /// <summary>
    /// An employee's device that shows managed apps only hides the others, as rules of privacy do here; an empty list says
    /// nothing at all.
    /// </summary>
    public static DetailState ViewOf(DeviceDetails details, AppPrivacyRules rules, DetailState before) =>
        details switch
        {
            { AppsSupported: false } or { Target.ReadApps: false } => DetailState.NotSupported,
            { Apps: null } => before == DetailState.Known ? DetailState.Known : DetailState.Failed,
            _ when AppPrivacy.Keep(Ownerships.Of(details.Target.Ownership), managed: false, rules)
                    is AppKeeping.Nothing => DetailState.Limited,
            { Apps: var apps } when apps.Any(app => !IsManaged(app)) => DetailState.Known,
            { Apps.Count: 0 } => DetailState.Limited,
            _ => Ownerships.Of(details.Target.Ownership) is DeviceOwnership.Corporate or DeviceOwnership.CorporateShared
                ? DetailState.Known
                : DetailState.Limited,
        };

    public static bool IsManaged(UemInstalledApp app) =>
        app.AssignmentStatus is { } status
            ? status.Equals("Assigned", StringComparison.OrdinalIgnoreCase)
            : app.InstalledStatus?.Equals("Managed", StringComparison.OrdinalIgnoreCase) is true;
}
