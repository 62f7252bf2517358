using System.Globalization;
using Picket.WorkspaceOne.Emulator.Apps;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Control;

/// <summary>Devices that go or change, users who move, groups that vanish.</summary>
internal static class FleetControl
{
    private sealed record Removal(int[]? Ids, double? Share);

    private sealed record InstallFailureChange(string BundleId, double? Share, int[]? Devices, string? Reason);

    private sealed record Move(string OrganizationGroup);

    /// <summary>What is null stays as it is.</summary>
    private sealed record DeviceChange
    {
        public string? OperatingSystem { get; init; }
        public string? Build { get; init; }
        public DateOnly? SecurityPatch { get; init; }
        public bool? Compromised { get; init; }
        public bool? Encrypted { get; init; }
        public bool? Passcode { get; init; }
        public string? Ownership { get; init; }
        public string? EnrollmentStatus { get; init; }
        public string? ComplianceStatus { get; init; }
        public string? FriendlyName { get; init; }
        public DateTime? SilentSince { get; init; }
        public string? OrganizationGroup { get; init; }
        public string[] AddApps { get; init; } = [];
        public string[] RemoveApps { get; init; } = [];
    }

    public static void Map(ControlTable routes, Uem uem)
    {
        var tenant = uem.Tenant;
        routes.Post<Removal>("devices/remove", (_, removal) => Remove(tenant.Fleet, removal));
        routes.Post<DeviceChange>("devices/{id}", (http, change) => Change(tenant, Id(http), change));
        routes.Post<Move>(
            "users/{name}/move",
            (http, move) =>
            {
                tenant.Fleet.MoveUser((string)http.Request.RouteValues["name"]!, Group(tenant, move.OrganizationGroup));
                return null;
            }
        );
        routes.Get("app-failures", _ => uem.Apps.Failures);
        routes.Put<InstallFailureChange>("app-failures", (_, change) => Fail(uem, change));
        routes.Get("app-configurations/{device}", http => Configurations(uem, http));
        routes.Delete(
            "groups/{group}",
            http =>
            {
                tenant.Fleet.RemoveGroup(Group(tenant, (string)http.Request.RouteValues["group"]!));
                return null;
            }
        );
    }

    private static object Remove(DeviceFleet fleet, Removal removal)
    {
        var removed = removal.Share is { } share ? fleet.RemoveShare(share) : 0;
        foreach (var id in removal.Ids ?? [])
        {
            fleet.Remove(fleet.ById(id) ?? throw new KeyNotFoundException($"There is no device {id}."));
            removed++;
        }

        return new { removed };
    }

    private static object Change(Tenant tenant, int id, DeviceChange change)
    {
        var group = change.OrganizationGroup is { } wanted ? Group(tenant, wanted) : null;
        var device = tenant.Fleet.Change(
            id,
            had =>
                had with
                {
                    OperatingSystem = change.OperatingSystem ?? had.OperatingSystem,
                    Build = change.Build ?? had.Build,
                    SecurityPatch = change.SecurityPatch ?? had.SecurityPatch,
                    Compromised = change.Compromised ?? had.Compromised,
                    Encrypted = change.Encrypted ?? had.Encrypted,
                    Passcode = change.Passcode ?? had.Passcode,
                    Ownership = change.Ownership ?? had.Ownership,
                    EnrollmentStatus = change.EnrollmentStatus ?? had.EnrollmentStatus,
                    ComplianceStatus = change.ComplianceStatus ?? had.ComplianceStatus,
                    FriendlyName = change.FriendlyName ?? had.FriendlyName,
                    SilentSince = change.SilentSince ?? had.SilentSince,
                    Group = group?.Index ?? had.Group,
                    AddedApps = [.. had.AddedApps, .. change.AddApps],
                    RemovedApps = [.. had.RemovedApps.Except(change.AddApps), .. change.RemoveApps],
                }
        );
        return new { device.Id, device.Uuid };
    }

    private static object Fail(Uem uem, InstallFailureChange change)
    {
        if (change.Share is < 0 or > 1)
        {
            throw new FormatException("A share is 0 to 1.");
        }

        uem.Apps.Fail(
            new InstallFailures(
                change.BundleId,
                change.Share ?? 0,
                change.Devices ?? [],
                change.Reason ?? "The installation failed."
            )
        );
        return uem.Apps.Failures;
    }

    private static object Configurations(Uem uem, HttpContext http) =>
        uem.Configurations.Of(Happenings.Find(uem.Tenant.Fleet, (string)http.Request.RouteValues["device"]!));

    private static int Id(HttpContext http) =>
        int.Parse((string)http.Request.RouteValues["id"]!, CultureInfo.InvariantCulture);

    private static OrganizationGroup Group(Tenant tenant, string text) =>
        tenant.Tree.Find(text) ?? throw new KeyNotFoundException($"There is no organization group {text}.");
}
