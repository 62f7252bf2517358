using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>What is read one device at a time: apps, security, network, compliance.</summary>
internal static class DevicePartRoutes
{
    private static readonly Answer BadDeviceId = Answer.Error(
        403,
        5035,
        "Passed Device Id is not valid or its not accessable to the user"
    );

    public static void Add(RouteTable routes)
    {
        routes.Get("mdm/devices/{id}/apps", (1, Apps));
        routes.Get("mdm/devices/{id}/apps/search", (1, AppsSearch));
        routes.Get("mdm/devices/{id}/security", (1, Security));
        routes.Get("mdm/devices/{id}/network", (1, _ => Answer.Nothing));
        routes.Get("mdm/devices/{id}/compliance", (1, Compliance));
    }

    private static Answer AppsSearch(ApiCall call)
    {
        if (call.RouteGuid("id") is not { } uuid)
        {
            return Answer.NotFoundPage;
        }

        if (call.VisibleDevice(call.Tenant.Fleet.ByUuid(uuid)) is not { } device)
        {
            return Refusals.DeviceNotFound;
        }

        var text = call.Query("searchtext");
        var apps = call
            .Tenant.Apps.Told(device)
            .Where(app => text is null || app.BundleId.Contains(text, StringComparison.OrdinalIgnoreCase))
            .ToList();
        var page = Paging.Of(call, apps);
        return Answer.Object(writer =>
        {
            writer.Rows("app_items"u8, page.Rows, WriteItem);
            writer.WriteNumber("TotalResults"u8, page.Total);
        });
    }

    private static void WriteItem(Utf8JsonWriter writer, InstalledApp app)
    {
        writer.WriteString("name"u8, app.Name);
        writer.WriteString("display_name"u8, app.Name);
        writer.WriteString("bundle_id"u8, app.BundleId);
        writer.WriteString("installed_version"u8, app.Version);
        writer.WriteString("installed_status"u8, "Installed");
        if (app.Managed)
        {
            writer.WriteString("assigned_version"u8, app.Version);
            writer.WriteString("assignment_status"u8, "Assigned");
            writer.WriteString("latest_uem_action"u8, "InstallCommandDispatched");
        }
        else
        {
            writer.WriteString("assignment_status"u8, "NotAssigned");
        }

        writer.TextNumber("size"u8, app.Size);
    }

    private static Answer Apps(ApiCall call)
    {
        if (call.RouteInt("id") is not { } id)
        {
            return Answer.NotFoundPage;
        }

        if (call.VisibleDevice(call.Tenant.Fleet.ById(id)) is not { } device)
        {
            return Answer.Error(404, 5002, $"Device not found for specified id: {id}");
        }

        var page = Paging.Of(call, call.Tenant.Apps.Told(device).ToList());
        return page.Envelope("DeviceApps", (writer, app) => WriteApp(writer, device, app));
    }

    private static void WriteApp(Utf8JsonWriter writer, Device device, InstalledApp app)
    {
        writer.WriteString("ApplicationName"u8, app.Name);
        writer.WriteString("ApplicationIdentifier"u8, app.BundleId);
        writer.WriteString("Version"u8, app.Version);
        writer.WriteString("BuildVersion"u8, app.Version);
        // The enum's number: installed.
        writer.WriteNumber("Status"u8, 2);
        writer.TextNumber("Size"u8, app.Size);
        writer.WriteString("Type"u8, app.Managed ? "Public" : "Personal");
        writer.WriteBoolean("IsManaged"u8, app.Managed);
        writer.Reference("DeviceId"u8, device.Id, null, device.Uuid);
    }

    private static Answer Security(ApiCall call)
    {
        if (call.RouteInt("id") is not { } id)
        {
            return Answer.NotFoundPage;
        }

        if (call.VisibleDevice(call.Tenant.Fleet.ById(id)) is not { } device)
        {
            return BadDeviceId;
        }

        return device.EnrollmentStatus == "Registered"
            ? Answer.Error(404, 8, "Security info not found for the specified device.")
            : Answer.Object(writer => WriteSecurity(writer, device));
    }

    private static void WriteSecurity(Utf8JsonWriter writer, Device device)
    {
        if (device.Compromised is { } compromised)
        {
            writer.WriteBoolean("IsCompromised"u8, compromised);
        }

        var encrypted = device.Encrypted;
        writer.WriteBoolean("DataProtectionEnabled"u8, encrypted && device.Passcode);
        writer.WriteBoolean("BlockLevelEncryption"u8, encrypted);
        writer.WriteBoolean("FileLevelEncryption"u8, encrypted && device.Platform is not DevicePlatform.Windows);
        writer.WriteBoolean("IsEncrypted"u8, encrypted);
        writer.WriteString("EncryptionStatus"u8, encrypted ? "Encrypted" : "Not Encrypted");
        writer.WriteBoolean("IsPasscodePresent"u8, device.Passcode);
        writer.WriteBoolean("IsPasscodeCompliant"u8, device.Passcode);
        writer.WriteNumber("PasscodeLockGracePeriod"u8, 0);
        writer.WriteNumber("PasscodeLockGracePeriodEnforced"u8, 0);
    }

    private static Answer Compliance(ApiCall call)
    {
        if (call.RouteInt("id") is not { } id)
        {
            return Answer.NotFoundPage;
        }

        if (call.VisibleDevice(call.Tenant.Fleet.ById(id)) is not { } device)
        {
            return Answer.Error(404, 5002, $"Device not found for specified id: {id}");
        }

        return Answer.Object(writer =>
        {
            writer.Rows("DeviceCompliance"u8, [device], WriteCompliance);
            writer.WriteString("OverallCompliantStatus"u8, device.ComplianceStatus);
            writer.WriteNumber("Page"u8, 0);
            writer.WriteNumber("PageSize"u8, 500);
            writer.WriteNumber("Total"u8, 1);
        });
    }

    private static void WriteCompliance(Utf8JsonWriter writer, Device device)
    {
        writer.WriteString("PolicyName"u8, "Passcode required");
        writer.WriteString("PolicyDetail"u8, "Passcode is present");
        writer.WriteBoolean("CompliantStatus"u8, device.ComplianceStatus == "Compliant");
        writer.WriteBoolean("CompliancePending"u8, device.ComplianceStatus == "PendingComplianceCheck");
        writer.Date("LastComplianceCheck"u8, device.EnrolledOn.AddMinutes(1));
        writer.Date("NextComplianceCheck"u8, DateTime.MinValue);
        writer.WriteStartArray("ActionTaken"u8);
        writer.WriteEndArray();
        writer.IdValue("Id"u8, 71);
    }
}
