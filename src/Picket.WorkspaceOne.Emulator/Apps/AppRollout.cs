using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.SmartGroups;

namespace Picket.WorkspaceOne.Emulator.Apps;

/// <summary>How far an app has come on a device.</summary>
internal enum RolloutStep
{
    /// <summary>Nobody sends it: not assigned, or on demand.</summary>
    None,

    /// <summary>The device has not reported since.</summary>
    Waiting,
    Installed,
    Failed,

    /// <summary>It was there, and somebody took it off the device.</summary>
    Removed,
}

/// <summary>
/// Devices take what is assigned to them automatically with their first report after it. Computed from the time of the
/// assignment, the device's reports and the clock when somebody asks: nothing is kept per device and nobody walks the
/// fleet. What is assigned no more is gone again.
/// </summary>
internal sealed class AppRollout(Tenant tenant, SmartGroupStore smartGroups, AppStore apps)
{
    /// <summary>Apps that a device got that way.</summary>
    public IEnumerable<InstalledApp> On(Device device) =>
        apps
            .RolledOut.Where(app => Step(app, device) is RolloutStep.Installed)
            .Select(app => new InstalledApp(app.BundleId, app.Name, VersionOf(app), true, 24_000_000));

    public RolloutStep Step(CatalogApp app, Device device)
    {
        if (Since(app, device) is not { } since)
        {
            return RolloutStep.None;
        }

        return Report(device, since) is not { } at || at > tenant.Fleet.Now ? RolloutStep.Waiting
            : device.RemovedApps.Contains(app.BundleId) ? RolloutStep.Removed
            : apps.FailureOf(app.BundleId)?.Hit(device.Id) is true ? RolloutStep.Failed
            : RolloutStep.Installed;
    }

    private static string VersionOf(CatalogApp app) => app.Version.Length > 0 ? app.Version : "1.0.0";

    /// <summary>Since when a device is to have an app; null: it is not.</summary>
    private DateTime? Since(CatalogApp app, Device device)
    {
        if (
            !app.Active
            || app.Retired
            || !device.IsEnrolled
            || device.PlatformId != Platforms.Id(app.Platform)
            || app.Excluded.Any(uuid => Holds(uuid, device))
        )
        {
            return null;
        }

        var moments = app.AutoSince.Where(pair => Reaches(app, pair.Key, device)).Select(pair => pair.Value).ToList();
        return moments.Count == 0 ? null : moments.Min();
    }

    private bool Reaches(CatalogApp app, Guid group, Device device) =>
        Holds(group, device)
        && (app.Kind != AppKind.Purchased || app.HasFlexibleRules || HasLicence(app, group, device));

    /// <summary>Licences go to the devices of a group in the order of ids.</summary>
    private bool HasLicence(CatalogApp app, Guid uuid, Device device) =>
        smartGroups.ByUuid(uuid) is { } group
        && smartGroups.Members(group).AsSpan().BinarySearch(device.Index) is >= 0 and var place
        && place < app.Allocated.GetValueOrDefault(group.Id);

    private bool Holds(Guid uuid, Device device) =>
        smartGroups.ByUuid(uuid) is { } group && smartGroups.Holds(group, device);

    /// <summary>A device's first report after a time; null: it made none before it fell silent.</summary>
    private DateTime? Report(Device device, DateTime after)
    {
        var from = device.EnrolledOn > after ? device.EnrolledOn : after;
        var regular = tenant.Fleet.RegularReport(device, from);
        var first = device.ReportedAt > from && device.ReportedAt < regular ? device.ReportedAt.Value : regular;
        return device.SilentSince < first ? null : first;
    }
}
