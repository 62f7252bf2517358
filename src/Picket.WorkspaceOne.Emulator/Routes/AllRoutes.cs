using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Every route of the emulated API, slice by slice.</summary>
internal static class AllRoutes
{
    public static RouteTable Table()
    {
        var routes = new RouteTable();
        SystemRoutes.Add(routes);
        GroupRoutes.Add(routes);
        AdminRoutes.Add(routes);
        UserRoutes.Add(routes);
        UserGroupRoutes.Add(routes);
        DeviceRoutes.Add(routes);
        DevicePartRoutes.Add(routes);
        SmartGroupRoutes.Add(routes);
        TagRoutes.Add(routes);
        TagRoutesV2.Add(routes);
        AppRoutes.Add(routes);
        CommandRoutes.Add(routes);
        MoveRoutes.Add(routes);
        MessageRoutes.Add(routes);
        WipeLockRoutes.Add(routes);
        EventNotificationRoutes.Add(routes);
        return routes;
    }
}
