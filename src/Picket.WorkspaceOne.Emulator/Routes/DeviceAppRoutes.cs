using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>The apps of one device: by number and by query in the old form, by uuid in the new one.</summary>
internal static class DeviceAppRoutes
{
    /// <summary>The old form's enum as the wire writes it: pendinginstall, installed, …</summary>
    private const int Installed = 1;

    public static void Add(RouteTable routes)
    {
        routes.Get("mdm/devices/{id}/apps", (1, OfDevice));
        routes.Get("mdm/devices/apps", (1, BySearch));
        routes.Get("mdm/devices/{id}/apps/search", (1, Search));
    }

    /// <summary>One path for two questions: all apps of a number, and one app of a uuid.</summary>
    private static Answer OfDevice(ApiCall call) =>
        call.RouteGuid("id") is not null ? OneApp(call)
        : call.RouteInt("id") is not { } id ? Answer.NotFoundPage
        : DeviceIds.FromRoute(call) is { } device ? Old(call, device)
        : Answer.Error(404, 5002, $"Device not found for specified id: {id}");

    private static Answer BySearch(ApiCall call) =>
        DeviceIds.FromQuery(call) is ({ } device, _) ? Old(call, device) : DeviceIds.FromQuery(call).Refusal!;

    private static Answer Old(ApiCall call, Device device) =>
        Paging
            .Of(call, call.Tenant.Apps.Told(device).ToList())
            .Envelope("DeviceApps", (writer, app) => WriteOld(writer, device, app));

    private static void WriteOld(Utf8JsonWriter writer, Device device, InstalledApp app)
    {
        writer.WriteString("ApplicationName"u8, app.Name);
        writer.WriteString("ApplicationIdentifier"u8, app.BundleId);
        writer.WriteString("Version"u8, app.Version);
        writer.WriteString("BuildVersion"u8, app.Version);
        writer.WriteNumber("Status"u8, Installed);
        writer.TextNumber("Size"u8, app.Size);
        writer.WriteString("Type"u8, app.Managed ? "Public" : "Personal");
        writer.WriteBoolean("IsManaged"u8, app.Managed);
        writer.Reference("DeviceId"u8, device.Id, null, device.Uuid);
    }

    private static Answer Search(ApiCall call)
    {
        if (call.RouteGuid("id") is null)
        {
            return Answer.NotFoundPage;
        }

        if (DeviceIds.FromRouteUuid(call) is not { } device)
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
            writer.Rows("app_items"u8, page.Rows, (row, app) => WriteItem(row, call, device, app));
            writer.WriteNumber("TotalResults"u8, page.Total);
        });
    }

    private static void WriteItem(Utf8JsonWriter writer, ApiCall call, Device device, InstalledApp app)
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
        if (call.Uem.Apps.ByBundle(app.BundleId, device.Platform) is { } known)
        {
            writer.WriteString("application_uuid"u8, known.Uuid);
        }
    }

    private static Answer OneApp(ApiCall call)
    {
        if (call.Query("bundleid") is not { } bundle)
        {
            return Answer.Error(400, 5005, "Application Bundle Id Must Be Specified.");
        }

        if (DeviceIds.FromRouteUuid(call) is not { } device)
        {
            return Answer.Error(404, 5061, "Device not found for specified UUID.");
        }

        var app = call.Tenant.Apps.Told(device).FirstOrDefault(one => one.BundleId == bundle);
        return app is null
            ? Answer.Error(404, 5005, "The application is not assigned or installed on the device.")
            : Answer.Object(writer => WriteOne(writer, app));
    }

    private static void WriteOne(Utf8JsonWriter writer, InstalledApp app)
    {
        writer.WriteStartObject("app_details"u8);
        writer.WriteString("identifier"u8, app.BundleId);
        writer.WriteNumber("total_size"u8, app.Size);
        writer.WriteStartArray("type"u8);
        writer.WriteStringValue(app.Managed ? "Public" : "Personal");
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteStartObject("assignment_info"u8);
        writer.WriteString("assignment_status"u8, app.Managed ? "Assigned" : "NotAssigned");
        if (app.Managed)
        {
            writer.WriteString("assigned_version"u8, app.Version);
            writer.WriteString("latest_uem_action"u8, "InstallCommandDispatched");
        }

        writer.WriteEndObject();
        writer.WriteStartObject("device_sample_info"u8);
        writer.WriteString("installed_status"u8, "Installed");
        writer.WriteString("installed_version"u8, app.Version);
        writer.WriteEndObject();
    }
}
