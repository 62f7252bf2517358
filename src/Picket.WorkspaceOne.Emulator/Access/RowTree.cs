namespace Picket.WorkspaceOne.Emulator.Access;

/// <summary>One row of the role editor.</summary>
/// <param name="AlsoCalled">What published permission tables of security products call it; the search finds it by these.</param>
public sealed record RowOfTree(string Path, string AlsoCalled = "")
{
    public string Name => Path[(Path.LastIndexOf(RowTree.Separator, StringComparison.Ordinal) + 3)..];
}

/// <summary>A category with its own rows and the categories below it.</summary>
public sealed record Category(
    string Name,
    string Path,
    IReadOnlyList<RowOfTree> Rows,
    IReadOnlyList<Category> Categories
)
{
    public IEnumerable<RowOfTree> AllRows => Rows.Concat(Categories.SelectMany(below => below.AllRows));
}

/// <summary>
/// The category tree of ADD ROLE. The names are those of the preparation page and of the permission tables that other
/// products publish; the real tree is far larger.
/// </summary>
public static class RowTree
{
    internal const string Separator = " > ";

    public static readonly IReadOnlyList<RowOfTree> Rows =
    [
        new(Access.Rows.AdminAccounts),
        new(Access.Rows.AdminGroups),
        new(Access.Rows.AdminRoles),
        new(Access.Rows.AddDevice),
        new(Access.Rows.BatchImport),
        new(Access.Rows.UserDetail),
        new(Access.Rows.AccountUserGroups),
        new(Access.Rows.Admins, "REST API Admin; Search Admin User"),
        new(Access.Rows.Apps, "REST API Apps Read; REST API Apps For Device Read; Application Groups"),
        new(Access.Rows.Compliance),
        new(Access.Rows.CustomAttributes),
        new(Access.Rows.Devices, "REST API Devices Read; REST API Devices Write"),
        new(Access.Rows.Groups, "REST API Groups Read"),
        new(Access.Rows.Profiles),
        new(Access.Rows.SmartGroups, "REST API Smart Groups Read"),
        new(Access.Rows.Users, "REST API Users"),
        new(Access.Rows.UserGroups, "REST API User Groups Read; REST API User Groups Execute"),
        new(Access.Rows.Publish),
        new(Access.Rows.PublicApps),
        new(Access.Rows.PurchasedApps, "VPP"),
        new(Access.Rows.AppGroupView),
        new(Access.Rows.AppGroupAdd),
        new(Access.Rows.AppGroupEdit),
        new(Access.Rows.AppGroupStatus),
        new(Access.Rows.Bulk, "Device Bulk Management; Assign Tags; Bulk Tag"),
        new(Access.Rows.DeviceView),
        new(Access.Rows.EnterpriseWipe),
        new(Access.Rows.DeviceWipe),
        new(Access.Rows.LockDevice),
        new(Access.Rows.ClearPasscode),
        new(Access.Rows.QueryDevice),
        new(Access.Rows.SendMessage),
        new(Access.Rows.ChangeGroup),
        new(Access.Rows.DeleteDevice),
        new(Access.Rows.AssignmentGroups, "Smart Groups"),
        new(Access.Rows.OrganizationGroups),
        new(Access.Rows.RequestLog),
        new(Access.Rows.System),
        new(Access.Rows.Tags, "View Tag; Edit Tag"),
    ];

    public static readonly IReadOnlyList<Category> Categories = Below("");

    private static Category[] Below(string prefix) =>
        [
            .. Rows.Select(row => row.Path)
                .Where(path => path.StartsWith(prefix, StringComparison.Ordinal))
                .Select(path => path[prefix.Length..].Split(Separator))
                .Where(parts => parts.Length > 1)
                .Select(parts => parts[0])
                .Distinct()
                .Select(name => Make(name, prefix + name)),
        ];

    private static Category Make(string name, string path) =>
        new(name, path, [.. Rows.Where(row => row.Path == path + Separator + row.Name)], Below(path + Separator));
}
