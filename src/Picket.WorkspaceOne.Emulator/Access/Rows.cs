namespace Picket.WorkspaceOne.Emulator.Access;

/// <summary>The rows of the role editor that something here asks for. <see cref="RowTree"/> has them all.</summary>
public static class Rows
{
    public const string Admins = "API > REST > Admins";
    public const string Apps = "API > REST > Apps";
    public const string Compliance = "API > REST > Compliance Policy";
    public const string CustomAttributes = "API > REST > Custom Attributes";
    public const string Devices = "API > REST > Devices";
    public const string Groups = "API > REST > Groups";
    public const string Profiles = "API > REST > Profiles";
    public const string SmartGroups = "API > REST > Smart Groups";
    public const string Users = "API > REST > Users";
    public const string UserGroups = "API > REST > User Groups";
    public const string AdminGroups = "Accounts > Administrators > Admin Groups";
    public const string AdminAccounts = "Accounts > Administrators > Administrator Accounts";
    public const string AdminRoles = "Accounts > Administrators > Roles";
    public const string AddDevice = "Accounts > Users > Accounts > Add Device";
    public const string BatchImport = "Accounts > Users > Accounts > Batch Import";
    public const string UserDetail = "Accounts > Users > Accounts > User Detail";
    public const string AccountUserGroups = "Accounts > Users > User Groups";
    public const string Publish = "Apps & Books > Application Publish";
    public const string PublicApps = "Apps & Books > Public Apps";
    public const string PurchasedApps = "Apps & Books > Purchased Applications";
    public const string AppGroupView = "Apps & Books > Application Groups > View";
    public const string AppGroupAdd = "Apps & Books > Application Groups > Add Item";
    public const string AppGroupEdit = "Apps & Books > Application Groups > Edit Item";
    public const string AppGroupStatus = "Apps & Books > Application Groups > Update Active Status";
    public const string DeviceView = "Device Management > Device Details > View";
    public const string EnterpriseWipe = "Device Management > Device Details > Enterprise Wipe";
    public const string DeviceWipe = "Device Management > Device Details > Device Wipe";
    public const string LockDevice = "Device Management > Device Details > Lock Device";
    public const string ClearPasscode = "Device Management > Device Details > Clear Passcode";
    public const string QueryDevice = "Device Management > Device Details > Query Device";
    public const string SendMessage = "Device Management > Device Details > Send Message";
    public const string ChangeGroup = "Device Management > Device Details > Change Organization Group";
    public const string DeleteDevice = "Device Management > Device Details > Delete Device";
    public const string Bulk = "Device Management > Bulk Management";
    public const string OrganizationGroups = "Groups > Organization Groups";
    public const string AssignmentGroups = "Groups > Assignment Groups";
    public const string RequestLog = "Monitor > Request Log";
    public const string System = "Settings > System";
    public const string Tags = "Settings > Tags";

    /// <summary>What the preparation page means by API > REST.</summary>
    internal static readonly string[] Rest = [Admins, Apps, Devices, Groups, SmartGroups, Users, UserGroups];

    internal static string[] All => [.. RowTree.Rows.Select(row => row.Path)];
}
