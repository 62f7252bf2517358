namespace Picket.WorkspaceOne.Emulator.Access;

/// <summary>The rows of the role editor that the routes here ask for.</summary>
public static class Rows
{
    public const string Admins = "API > REST > Admins";
    public const string Apps = "API > REST > Apps";
    public const string Compliance = "API > REST > Compliance Policy";
    public const string Devices = "API > REST > Devices";
    public const string Groups = "API > REST > Groups";
    public const string SmartGroups = "API > REST > Smart Groups";
    public const string Users = "API > REST > Users";
    public const string UserGroups = "API > REST > User Groups";
    public const string AdminGroups = "Accounts > Administrators > Admin Groups";
    public const string AddDevice = "Accounts > Users > Accounts > Add Device";
    public const string BatchImport = "Accounts > Users > Accounts > Batch Import";
    public const string UserDetail = "Accounts > Users > Accounts > User Detail";
    public const string AccountUserGroups = "Accounts > Users > User Groups";
    public const string Publish = "Apps & Books > Application Publish";
    public const string PublicApps = "Apps & Books > Public Apps";
    public const string PurchasedApps = "Apps & Books > Purchased Applications";
    public const string EnterpriseWipe = "Device Management > Device Details > Enterprise Wipe";
    public const string System = "Settings > System";
    public const string Tags = "Settings > Tags";
    public const string Bulk = "Device Management > Bulk Management";

    internal static readonly string[] Rest = [Admins, Apps, Devices, Groups, SmartGroups, Users, UserGroups];

    internal static readonly string[] All =
    [
        .. Rest,
        Compliance,
        AdminGroups,
        AddDevice,
        BatchImport,
        UserDetail,
        AccountUserGroups,
        Publish,
        PublicApps,
        PurchasedApps,
        EnterpriseWipe,
        System,
        Tags,
        Bulk,
    ];
}
