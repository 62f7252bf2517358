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
        ["GET system/eventnotifications/search"] = Inferred(Rows.System),
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

    public static RouteNeed Of(string method, string template) =>
        Table.TryGetValue($"{method} {template}", out var need)
            ? need
            : throw new InvalidOperationException($"No row says which right {method} {template} needs.");

    private static RouteNeed Documented(string row, RightMode mode = RightMode.Read) =>
        new(new Right(row, mode), Trust.Documented);

    private static RouteNeed Inferred(string row) => new(new Right(row, RightMode.Read), Trust.Inferred);
}
