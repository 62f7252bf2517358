using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Moves a device into another organization group. The server does it at once; no check-in is needed.</summary>
internal static class MoveRoutes
{
    private static readonly Answer CannotAssign = Answer.Error(400, 6, "Can not Assign Device To organization group.");

    public static void Add(RouteTable routes)
    {
        routes.Put("mdm/devices/{id}/commands/changeorganizationgroup/{og}", (1, ById));
        routes.Put("mdm/devices/{id}/commands/change-organization-group/{og}", (1, ByUuid));
        routes.Post("mdm/devices/commands/changeorganizationgroup", (1, ByAlternateId));
    }

    private static Answer ById(ApiCall call) =>
        call.RouteInt("id") is not { } id || call.RouteInt("og") is not { } og
            ? Answer.NotFoundPage
            : Move(call, call.Tenant.Fleet.ById(id), call.VisibleGroup(og), CannotAssign);

    private static Answer ByUuid(ApiCall call)
    {
        if (call.RouteGuid("id") is not { } uuid || call.RouteGuid("og") is not { } og)
        {
            return Answer.NotFoundPage;
        }

        return call.VisibleDevice(call.Tenant.Fleet.ByUuid(uuid)) is null
            ? Answer.Error(404, 5061, "Device not found for specified UUID.")
            : Move(
                call,
                call.Tenant.Fleet.ByUuid(uuid),
                call.VisibleGroup(og),
                Answer.Error(400, 6183, $"The organization group: {og} was not found.")
            );
    }

    private static Answer ByAlternateId(ApiCall call)
    {
        if (!DeviceSearch.Knows(call.Query("searchby")))
        {
            return DeviceSearch.InvalidSearchBy;
        }

        var group = call.QueryInt("ogid") is { } og ? call.VisibleGroup(og) : null;
        return Move(call, DeviceSearch.Find(call, call.Query("searchby"), call.Query("id")), group, CannotAssign);
    }

    private static Answer Move(ApiCall call, Device? device, OrganizationGroup? group, Answer noGroup)
    {
        if (call.VisibleDevice(device) is not { } found)
        {
            return Answer.Error(404, 8, "Device not found");
        }

        if (group is null)
        {
            return noGroup;
        }

        if (!found.IsEnrolled)
        {
            return Answer.Error(400, 6213, "Device is not enrolled.");
        }

        call.Tenant.Fleet.Change(found.Id, had => had with { Group = group.Index });
        return Answer.Empty(StatusCodes.Status202Accepted);
    }
}
