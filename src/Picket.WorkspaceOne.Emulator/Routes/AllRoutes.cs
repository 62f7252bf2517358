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
        GroupWriteRoutes.Add(routes);
        AdminRoutes.Add(routes);
        AdminWriteRoutes.Add(routes);
        UserRoutes.Add(routes);
        UserWriteRoutes.Add(routes);
        UserRoutesV2.Add(routes);
        RegistrationRoutes.Add(routes);
        BatchRoutes.Add(routes);
        UserGroupRoutes.Add(routes);
        LookupValueRoutes.Add(routes);
        DeviceRoutes.Add(routes);
        DeviceWriteRoutes.Add(routes);
        DeviceCountRoutes.Add(routes);
        DevicePartRoutes.Add(routes);
        DeviceAppRoutes.Add(routes);
        CustomAttributeRoutes.Add(routes);
        SmartGroupRoutes.Add(routes);
        SmartGroupWriteRoutes.Add(routes);
        ComplianceRoutes.Add(routes);
        ProfileRoutes.Add(routes);
        TagRoutes.Add(routes);
        TagRoutesV2.Add(routes);
        AppRoutes.Add(routes);
        CommandRoutes.Add(routes);
        MoveRoutes.Add(routes);
        MessageRoutes.Add(routes);
        WipeLockRoutes.Add(routes);
        EventNotificationRoutes.Add(routes);
        AppWriteRoutes.Add(routes);
        AppUploadRoutes.Add(routes);
        AssignmentRuleRoutes.Add(routes);
        AssignmentRoutes.Add(routes);
        PurchasedAppRoutes.Add(routes);
        AppGroupRoutes.Add(routes);
        return routes;
    }
}
