using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Devices renamed and deleted.</summary>
internal static class DeviceWriteRoutes
{
    public static void Add(RouteTable routes)
    {
        routes.Put("mdm/devices/{id}", (1, call => OnNumber(call, device => Update(call, device))));
        routes.Put("mdm/devices", (1, call => OnSearch(call, device => Update(call, device))));
        routes.Delete("mdm/devices/{id}", (1, call => OnNumber(call, device => Delete(call, device))));
        routes.Delete("mdm/devices", (1, call => OnSearch(call, device => DeleteSilently(call, device))));
        routes.Post("mdm/devices/bulk", (1, DeleteMany));
    }

    private static Answer Update(ApiCall call, Device device)
    {
        call.Tenant.Fleet.Change(
            device.Id,
            had =>
                had with
                {
                    FriendlyName = call.BodyText("DeviceFriendlyName") ?? had.FriendlyName,
                    AssetNumber = call.BodyText("AssetNumber") ?? had.AssetNumber,
                    Ownership = call.BodyText("Ownership") ?? had.Ownership,
                }
        );
        return Answer.Nothing;
    }

    /// <summary>The answer shows the device as it was.</summary>
    private static Answer Delete(ApiCall call, Device device)
    {
        call.Tenant.Fleet.Remove(device);
        return DeviceRoutes.Details(call, device);
    }

    private static Answer DeleteSilently(ApiCall call, Device device)
    {
        call.Tenant.Fleet.Remove(device);
        return Answer.Nothing;
    }

    /// <summary>Whatever its name suggests, this deletes. The request log proves that nobody called it.</summary>
    private static Answer DeleteMany(ApiCall call)
    {
        if (call.Query("searchby") is { } by && !DeviceSearch.Knows(by))
        {
            return DeviceIds.InvalidSearchBy;
        }

        return call.BulkValues.Count > call.Uem.BulkLimits.DeleteDevice
            ? BulkInput.TooMany
            : BulkResult.Of(
                call.BulkValues,
                value =>
                {
                    if (DeviceSearch.Find(call, call.Query("searchby") ?? "DeviceId", value) is not { } device)
                    {
                        return new BulkFault(404, "Device Not Found");
                    }

                    call.Tenant.Fleet.Remove(device);
                    return null;
                }
            );
    }

    private static Answer OnNumber(ApiCall call, Func<Device, Answer> act) =>
        call.RouteInt("id") is null ? Answer.NotFoundPage
        : DeviceIds.FromRoute(call) is { } device ? act(device)
        : DeviceIds.NotFound;

    private static Answer OnSearch(ApiCall call, Func<Device, Answer> act) =>
        DeviceIds.FromQuery(call) is ({ } device, _) ? act(device) : DeviceIds.FromQuery(call).Refusal!;
}
