using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>The forms in which callers name a device; only devices within the caller's scope are found.</summary>
internal static class DeviceIds
{
    public static readonly Answer InvalidSearchBy = Answer.Error(422, 5003, "Invalid searchby parameter");
    public static readonly Answer NotFound = Answer.Error(404, 5002, "Device not found");

    /// <summary>The device that <c>?searchby=&amp;id=</c> names, or why there is none.</summary>
    public static (Device? Device, Answer? Refusal) FromQuery(ApiCall call) =>
        !DeviceSearch.Knows(call.Query("searchby")) ? (null, InvalidSearchBy)
        : DeviceSearch.Find(call, call.Query("searchby"), call.Query("id") ?? "") is { } device ? (device, null)
        : (null, NotFound);

    /// <summary>The device that a body names by one of DeviceId, Udid, SerialNumber and MacAddress.</summary>
    public static Device? FromBody(ApiCall call)
    {
        foreach (var name in new[] { "DeviceId", "Udid", "SerialNumber", "MacAddress" })
        {
            if (call.BodyText(name) is { Length: > 0 } id && id != "0")
            {
                return DeviceSearch.Find(call, name, id);
            }
        }

        return null;
    }

    /// <summary>The device of a path's number.</summary>
    public static Device? FromRoute(ApiCall call) =>
        call.RouteInt("id") is { } id ? call.VisibleDevice(call.Tenant.Fleet.ById(id)) : null;

    /// <summary>The device of a path's uuid.</summary>
    public static Device? FromRouteUuid(ApiCall call) =>
        call.RouteGuid("id") is { } uuid ? call.VisibleDevice(call.Tenant.Fleet.ByUuid(uuid)) : null;
}
