namespace Picket.WorkspaceOne.Emulator.Access;

/// <summary>
/// Which right each route needs. Integration guides of security products name the REST rows, bulk management and tags;
/// the rest is inferred from the names of rows and routes. Every route must have a row here, or the emulator won't start.
/// </summary>
internal static class RouteNeeds
{
    private static readonly Dictionary<string, RouteNeed> Table = new()
    {
        ["GET system/info"] = new(null, Trust.Inferred),
        ["GET system/groups/search"] = Documented(Rows.Groups),
        ["GET system/groups/{id}"] = Documented(Rows.Groups),
        ["GET system/groups/{id}/children"] = Documented(Rows.Groups),
        ["GET system/groups/{id}/parents"] = Documented(Rows.Groups),
        ["GET system/groups/{id}/api-keys"] = Inferred(Rows.System) with { RefusalCode = 6044 },
        ["GET system/admins/search"] = Documented(Rows.Admins),
        ["GET system/users/search"] = Documented(Rows.Users),
        ["GET system/users/{id}"] = Inferred(Rows.UserDetail),
        ["GET system/users/registereddevices/search"] = Inferred(Rows.AddDevice),
        ["GET system/users/batches"] = Inferred(Rows.BatchImport),
        ["GET system/usergroups/search"] = Documented(Rows.UserGroups) with { RefusalCode = 6078 },
        ["GET system/usergroups/{id}/users"] = Inferred(Rows.AccountUserGroups) with { RefusalCode = 6078 },
        ["GET system/user-groups/{id}/members"] = Documented(Rows.UserGroups) with { RefusalCode = 6078 },
        ["POST system/eventnotifications"] = Inferred(Rows.System, RightMode.Edit),
        ["GET system/eventnotifications/search"] = Inferred(Rows.System),
        ["GET system/eventnotifications/get"] = Inferred(Rows.System),
        ["GET system/eventnotifications/{id}"] = Inferred(Rows.System),
        ["PUT system/eventnotifications/{id}"] = Inferred(Rows.System, RightMode.Edit),
        ["DELETE system/eventnotifications/{id}"] = Inferred(Rows.System, RightMode.Edit),
        ["POST system/eventnotifications/v1/eventnotifications"] = Inferred(Rows.System, RightMode.Edit),
        ["GET system/eventnotifications/v1/eventnotifications/search"] = Inferred(Rows.System),
        ["GET system/eventnotifications/v1/eventnotifications/{id}"] = Inferred(Rows.System),
        ["PUT system/eventnotifications/v1/eventnotifications/{id}"] = Inferred(Rows.System, RightMode.Edit),
        ["DELETE system/eventnotifications/v1/eventnotifications/{id}"] = Inferred(Rows.System, RightMode.Edit),
        ["POST system/eventnotifications/v2/eventnotifications"] = Inferred(Rows.System, RightMode.Edit),
        ["GET system/eventnotifications/v2/eventnotifications/search"] = Inferred(Rows.System),
        ["GET system/eventnotifications/v2/eventnotifications/{id}"] = Inferred(Rows.System),
        ["PUT system/eventnotifications/v2/eventnotifications/{id}"] = Inferred(Rows.System, RightMode.Edit),
        ["DELETE system/eventnotifications/v2/eventnotifications/{id}"] = Inferred(Rows.System, RightMode.Edit),
        ["GET system/groups/{id}/device-wipe-lock"] = Inferred(Rows.Groups),
        ["PUT system/groups/{id}/device-wipe-lock"] = Inferred(Rows.DeviceWipe, RightMode.Edit),
        ["GET system/groups/{id}/device-wipes"] = Inferred(Rows.Groups),
        ["POST system/groups/{id}/device-wipes"] = Inferred(Rows.DeviceWipe, RightMode.Edit),
        // Which row each command needs beside this one stands below, in Commands.
        ["POST mdm/devices/{id}/commands"] = Documented(Rows.Devices, RightMode.Edit),
        ["POST mdm/devices/commands"] = Documented(Rows.Devices, RightMode.Edit),
        ["POST mdm/devices/{id}/commands/{command}"] = Documented(Rows.Devices, RightMode.Edit),
        ["POST mdm/devices/commands/{command}"] = Documented(Rows.Devices, RightMode.Edit),
        ["POST mdm/devices/commands/{command}/device/{searchBy}/{id}"] = Documented(Rows.Devices, RightMode.Edit),
        ["POST mdm/devices/commands/bulk"] = Documented(Rows.Bulk, RightMode.Edit),
        ["PUT mdm/devices/{id}/commands/changeorganizationgroup/{og}"] = Inferred(Rows.ChangeGroup, RightMode.Edit),
        ["PUT mdm/devices/{id}/commands/change-organization-group/{og}"] = Inferred(Rows.ChangeGroup, RightMode.Edit),
        ["POST mdm/devices/commands/changeorganizationgroup"] = Inferred(Rows.ChangeGroup, RightMode.Edit),
        ["POST mdm/devices/{id}/messages/push"] = Inferred(Rows.Devices, RightMode.Edit),
        ["POST mdm/devices/messages/push"] = Inferred(Rows.Devices, RightMode.Edit),
        ["POST mdm/devices/{id}/messages/message"] = Inferred(Rows.Devices, RightMode.Edit),
        ["POST mdm/devices/messages/message"] = Inferred(Rows.Devices, RightMode.Edit),
        ["POST mdm/devices/{id}/messages/email"] = Inferred(Rows.Devices, RightMode.Edit),
        ["POST mdm/devices/messages/email"] = Inferred(Rows.Devices, RightMode.Edit),
        ["POST mdm/devices/{id}/messages/sms"] = Inferred(Rows.Devices, RightMode.Edit),
        ["POST mdm/devices/messages/sms"] = Inferred(Rows.Devices, RightMode.Edit),
        ["POST mdm/devices/messages/{id}/message"] = Inferred(Rows.Devices, RightMode.Edit),
        ["POST mdm/devices/messages/bulkpush"] = Inferred(Rows.Bulk, RightMode.Edit),
        ["POST mdm/devices/messages/bulkemail"] = Inferred(Rows.Bulk, RightMode.Edit),
        ["POST mdm/devices/messages/bulksms"] = Inferred(Rows.Bulk, RightMode.Edit),
        ["GET mdm/devices/search"] = Documented(Rows.Devices),
        ["GET mdm/devices/extensivesearch"] = Documented(Rows.Devices),
        ["GET mdm/devices"] = Documented(Rows.Devices),
        ["GET mdm/devices/{id}"] = Documented(Rows.Devices),
        ["GET mdm/devices/bulksettings"] = Documented(Rows.Devices),
        ["GET mdm/devices/{id}/apps"] = Documented(Rows.Devices),
        ["GET mdm/devices/{id}/apps/search"] = Documented(Rows.Devices),
        ["GET mdm/devices/{id}/security"] = Documented(Rows.Devices),
        ["GET mdm/devices/{id}/network"] = Documented(Rows.Devices),
        ["GET mdm/devices/{id}/compliance"] = Documented(Rows.Devices),
        ["GET mdm/devices/{id}/tags"] = Documented(Rows.Tags),
        ["POST mdm/devices/{id}/tags/{tag}"] = Documented(Rows.Tags, RightMode.Edit),
        ["DELETE mdm/devices/{id}/tags/{tag}"] = Documented(Rows.Tags, RightMode.Edit),
        ["POST mdm/devices/bulk"] = Documented(Rows.Devices, RightMode.Edit),
        ["GET mdm/smartgroups/search"] = Documented(Rows.SmartGroups),
        ["GET mdm/smartgroups/{id}"] = Documented(Rows.SmartGroups),
        ["GET mdm/smartgroups/{id}/devices"] = Documented(Rows.SmartGroups),
        ["GET mdm/compliancepolicy/search"] = Documented(Rows.Compliance),
        ["GET mdm/tags/search"] = Documented(Rows.Tags),
        ["POST mdm/tags"] = Documented(Rows.Tags, RightMode.Edit) with { RefusalCode = 11 },
        ["POST mdm/tags/addtag"] = Documented(Rows.Tags, RightMode.Edit),
        ["POST mdm/tags/{id}/adddevices"] = Documented(Rows.Bulk, RightMode.Edit),
        ["POST mdm/tags/{id}/removedevices"] = Documented(Rows.Bulk, RightMode.Edit),
        ["POST mdm/tags/{id}/update"] = Documented(Rows.Tags, RightMode.Edit),
        ["PUT mdm/tags/{id}"] = Documented(Rows.Tags, RightMode.Edit) with { RefusalCode = 11 },
        ["DELETE mdm/tags/{id}"] = Documented(Rows.Tags, RightMode.Edit),
        ["GET mdm/tags/{id}/devices"] = Documented(Rows.Tags),
        ["POST mdm/tags/{id}/devices"] = Documented(Rows.Bulk, RightMode.Edit),
        ["DELETE mdm/tags/{id}/devices"] = Documented(Rows.Bulk, RightMode.Edit),
        ["GET mam/apps/search"] = Documented(Rows.Apps),
        ["GET mam/apps/internal/{id}"] = Inferred(Rows.Publish),
        ["GET mam/apps/public/{id}"] = Inferred(Rows.PublicApps),
        ["GET mam/apps/purchased/search"] = Inferred(Rows.PurchasedApps),
    };

    /// <summary>Commands that need a row of their own beside that of their route. The others need none (assumed).</summary>
    private static readonly Dictionary<string, RouteNeed> Commands = new()
    {
        ["EnterpriseWipe"] = Documented(Rows.EnterpriseWipe, RightMode.Edit),
        ["DeviceWipe"] = Inferred(Rows.DeviceWipe, RightMode.Edit),
        ["ClearPasscode"] = Inferred(Rows.ClearPasscode, RightMode.Edit),
        ["Lock"] = Inferred(Rows.LockDevice, RightMode.Edit),
    };

    /// <summary>Null: a command that needs no more than its route.</summary>
    public static RouteNeed? OfCommand(string name) => Commands.GetValueOrDefault(name);

    public static RouteNeed Of(string method, string template) =>
        Table.TryGetValue($"{method} {template}", out var need)
            ? need
            : throw new InvalidOperationException($"No row says which right {method} {template} needs.");

    private static RouteNeed Documented(string row, RightMode mode = RightMode.Read) =>
        new(new Right(row, mode), Trust.Documented);

    private static RouteNeed Inferred(string row, RightMode mode = RightMode.Read) =>
        new(new Right(row, mode), Trust.Inferred);
}
