using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Device listings and single devices.</summary>
internal static class DeviceRoutes
{
    private static readonly Answer NoSuchDevice = Answer.Error(
        404,
        404,
        "Device does not exist or Admin User does not have access to the Device."
    );

    public static void Add(RouteTable routes)
    {
        routes.Get("mdm/devices/search", (1, Search), (2, Search), (3, SearchV3));
        routes.Get("mdm/devices/extensivesearch", (1, ExtensiveSearch.Run));
        routes.Get("mdm/devices/litesearch", (1, ExtensiveSearch.RunLite));
        routes.Get("mdm/devices", (1, BySearch));
        routes.Get("mdm/devices/{id}", (1, ById), (2, ByUuid), (3, ByUuidV3));
        routes.Post("mdm/devices/id", (1, call => Many(call, "DeviceId")));
        routes.Post("mdm/devices", (1, call => Many(call, call.Query("searchby"))));
    }

    private static Answer Search(ApiCall call)
    {
        if (call.GroupOrOwn("lgid") is not { } group)
        {
            return Refusals.GroupOutOfScope(call.Query("lgid")!);
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
        if (call.GroupOrOwnByUuid("organization_group_uuid") is not { } group)
        {
            return Answer.Error(
                404,
                6,
                $"Organization Group with id :{call.Query("organization_group_uuid")} not found or Admin user does not have access to it"
            );
        }

        var filter = new DeviceFilter(group.Index)
        {
            Platform = call.Query("device_type"),
            User = call.Query("user"),
            Model = call.Query("model_identifier"),
            Ownership = call.Query("ownership") is { } name ? DeviceRowsV3.OwnershipLetter(name) : null,
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
        call.RouteInt("id") is null ? Answer.NotFoundPage
        : DeviceIds.FromRoute(call) is { } device ? Details(call, device)
        : NoSuchDevice;

    private static Answer BySearch(ApiCall call) =>
        call.Query("id") is null ? Answer.Error(400, 6, "Id is required.")
        : !DeviceSearch.Knows(call.Query("searchby")) ? DeviceIds.InvalidSearchBy
        : DeviceSearch.Find(call, call.Query("searchby"), call.Query("id")!) is { } device ? Details(call, device)
        : NoSuchDevice;

    public static Answer Details(ApiCall call, Device device) =>
        Answer.Json(writer => new DeviceRows(call.Tenant).WriteDetails(writer, device));

    private static Answer ByUuid(ApiCall call) =>
        call.RouteGuid("id") is null ? Answer.NotFoundPage
        : DeviceIds.FromRouteUuid(call) is { } device
            ? Answer.Object(writer => DeviceDetailsV2.Write(writer, call, device))
        : Refusals.DeviceNotFound;

    private static Answer ByUuidV3(ApiCall call) =>
        call.RouteGuid("id") is null ? Answer.NotFoundPage
        : DeviceIds.FromRouteUuid(call) is { } device
            ? Answer.Object(writer => DeviceDetailsV3.Write(writer, call, device))
        : Refusals.DeviceNotFound;

    /// <summary>Whole rows of the devices that the body names; those that are not found are left out.</summary>
    private static Answer Many(ApiCall call, string? searchBy)
    {
        if (!DeviceSearch.Knows(searchBy))
        {
            return DeviceIds.InvalidSearchBy;
        }

        var found = call
            .BulkValues.Take(Paging.Largest)
            .Select(value => DeviceSearch.Find(call, searchBy, value))
            .OfType<Device>()
            .ToList();
        var rows = new DeviceRows(call.Tenant);
        return found.Count == 0
            ? NoSuchDevice
            : Answer.Object(writer =>
            {
                writer.WriteStartArray("Devices"u8);
                found.ForEach(device => rows.Write(writer, device));
                writer.WriteEndArray();
            });
    }
}
