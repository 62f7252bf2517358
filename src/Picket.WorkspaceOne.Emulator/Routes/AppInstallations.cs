using Picket.WorkspaceOne.Emulator.Apps;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>One app on one device: given to it, there, or both.</summary>
internal sealed record AppInstallation(Device Device, bool Assigned, bool Installed, RolloutStep Step);

/// <summary>Where apps are, computed when asked.</summary>
internal static class AppInstallations
{
    /// <summary>Devices of a group that the app is assigned to or installed on, in the order of ids.</summary>
    public static IEnumerable<AppInstallation> Of(ApiCall call, CatalogApp app, OrganizationGroup scope)
    {
        var assigned = call.Uem.Apps.AssignedDevices(app);
        return call
            .Tenant.Fleet.List(new DeviceFilter(scope.Index) { Platform = Platforms.Name(app.Platform) })
            .Select(call.Tenant.Fleet.At)
            .Select(device => new AppInstallation(
                device,
                assigned.Contains(device.Index),
                call.Tenant.Apps.Has(device, app.BundleId),
                call.Uem.Rollout.Step(app, device)
            ))
            .Where(one => one.Assigned || one.Installed);
    }

    /// <summary>Assigned, installed and not installed devices of several apps, by the apps' numbers.</summary>
    public static Dictionary<int, (int Assigned, int Installed, int NotInstalled)> Count(
        ApiCall call,
        IReadOnlyList<CatalogApp> apps
    ) =>
        apps.ToDictionary(
            app => app.Id,
            app =>
            {
                var assigned = call.Uem.Apps.AssignedDevices(app);
                var installed = assigned.Count(index =>
                    call.Tenant.Apps.Has(call.Tenant.Fleet.At(index), app.BundleId)
                );
                return (assigned.Count, installed, assigned.Count - installed);
            }
        );

    /// <summary>Null: no such status. The list of the real server is unknown; these are the plain ones.</summary>
    public static Func<AppInstallation, bool>? Filter(string? status) =>
        status?.ToUpperInvariant() switch
        {
            null or "ALL" => _ => true,
            "ASSIGNED" => one => one.Assigned,
            "NOTASSIGNED" => one => !one.Assigned,
            "INSTALLED" => one => one.Installed,
            "NOTINSTALLED" => one => !one.Installed,
            _ => null,
        };
}
