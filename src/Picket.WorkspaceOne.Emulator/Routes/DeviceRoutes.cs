using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Device listings and single devices.</summary>
internal static class DeviceRoutes
{
    public static void Add(RouteTable routes)
    {
        routes.Get("mdm/devices/search", (1, Search), (2, Search), (3, SearchV3));
        routes.Get("mdm/devices/extensivesearch", (1, ExtensiveSearch.Run));
        routes.Get("mdm/devices", (1, BySerialOrOtherId));
        routes.Get("mdm/devices/{id}", (1, ById), (2, ByUuid));
        routes.Get("mdm/devices/bulksettings", (1, BulkSettings));
        routes.Post("mdm/devices/bulk", (1, DeleteMany));
    }

    private static Answer Search(ApiCall call)
    {
        var lgid = call.QueryInt("lgid");
        var group = lgid is { } id ? call.VisibleGroup(id) : call.Scope;
        if (group is null)
        {
            return Refusals.GroupOutOfScope(lgid!);
        }

        var filter = new DeviceFilter(group.Index)
        {
            Platform = call.Query("platform"),
            Ownership = call.Query("ownership"),
            User = call.Query("user"),
            Model = call.Query("model"),
            Compliance = call.Query("compliantstatus") ?? call.Query("compliance_status"),
            SeenSince = call.QueryDate("seensince") ?? call.QueryDate("seen_since") ?? call.QueryDate("lastseen"),
            Descending = call.QueryIs("sortorder", "DESC"),
        };
        var rows = new DeviceRows(call.Tenant);
        return Paging.Of(call, call.Tenant.Fleet.List(filter)).RawEnvelopeOrNothing("Devices", rows.Write);
    }

    private static Answer SearchV3(ApiCall call)
    {
        var asked = call.Query("organization_group_uuid");
        var group =
            asked is null ? call.Scope
            : Guid.TryParse(asked, out var uuid) ? call.VisibleGroup(uuid)
            : null;
        if (group is null)
        {
            return Answer.Error(
                404,
                6,
                $"Organization Group with id :{asked} not found or Admin user does not have access to it"
            );
        }

        var filter = new DeviceFilter(group.Index)
        {
            Platform = call.Query("device_type"),
            User = call.Query("user"),
            Model = call.Query("model_identifier"),
            SeenSince = call.QueryDate("seen_since") ?? call.QueryDate("last_seen"),
            Descending = call.QueryIs("sort_order", "DESC"),
        };
        var page = Paging.Of(call, call.Tenant.Fleet.List(filter), "page", "page_size");
        var rows = new DeviceRowsV3(call.Tenant);
        return page.Rows.Count == 0
            ? Answer.Nothing
            : Answer.Object(writer =>
            {
                writer.Rows("devices"u8, page.Rows, rows.Write);
                writer.WriteNumber("page"u8, page.Number);
                writer.WriteNumber("page_size"u8, page.Size);
                writer.WriteNumber("total"u8, page.Total);
            });
    }

    private static Answer ById(ApiCall call) =>
        call.RouteInt("id") is not { } id ? Answer.NotFoundPage : Details(call, call.Tenant.Fleet.ById(id));

    private static Answer BySerialOrOtherId(ApiCall call)
    {
        var id = call.Query("id") ?? "";
        return id.Length == 0
            ? Answer.Error(400, 6, "Id is required.")
            : Details(call, DeviceSearch.Find(call, call.Query("searchby"), id));
    }

    private static Answer Details(ApiCall call, Device? device) =>
        call.VisibleDevice(device) is { } found
            ? Answer.Json(writer => new DeviceRows(call.Tenant).Write(writer, found))
            : Answer.Error(404, 404, "Device does not exist or Admin User does not have access to the Device.");

    private static Answer ByUuid(ApiCall call) =>
        call.RouteGuid("id") is not { } uuid ? Answer.NotFoundPage
        : call.VisibleDevice(call.Tenant.Fleet.ByUuid(uuid)) is { } device
            ? Answer.Object(writer => DeviceDetailsV2.Write(writer, call, device))
        : Refusals.DeviceNotFound;

    private static Answer BulkSettings(ApiCall call) =>
        Answer.Object(writer =>
        {
            var limits = call.Uem.BulkLimits;
            writer.WriteNumber("DeleteDevice"u8, limits.DeleteDevice);
            writer.WriteNumber("EnterpriseWipe"u8, limits.EnterpriseWipe);
            writer.WriteNumber("GPS"u8, limits.Gps);
            writer.WriteNumber("LockDevice"u8, limits.LockDevice);
            writer.WriteNumber("SendMessage"u8, call.Uem.Tags.BulkLimit);
        });

    /// <summary>Whatever its name suggests, this deletes. The request log proves that nobody called it.</summary>
    private static Answer DeleteMany(ApiCall call)
    {
        var devices = call
            .BulkValues.Select(value => int.TryParse(value, out var id) ? call.Tenant.Fleet.ById(id) : null)
            .ToList();
        var accepted = 0;
        foreach (var device in devices)
        {
            if (call.VisibleDevice(device) is { } found)
            {
                call.Tenant.Fleet.Remove(found);
                accepted++;
            }
        }

        return Answer.Object(writer =>
        {
            writer.WriteNumber("TotalItems"u8, devices.Count);
            writer.WriteNumber("AcceptedItems"u8, accepted);
            writer.WriteNumber("FailedItems"u8, devices.Count - accepted);
        });
    }
}
