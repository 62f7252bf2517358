namespace Picket.WorkspaceOne.Emulator.Access;

/// <summary>The roles that exist from the start. What each row grants is inferred: the vendor publishes no such list.</summary>
public static class SeededRoles
{
    public const string ConsoleAdministrator = "Console Administrator";
    public const string Minimum = "Picket minimum";
    public const string WithTags = "Picket with tags";

    internal static IEnumerable<Role> All =>
        [
            BuiltIn(ConsoleAdministrator, "Comprehensive access to the console, new features included.", Everything),
            BuiltIn("AirWatch Administrator", "Everything, for the people who run the server.", Everything),
            BuiltIn("Read Only", "Sees everything and changes nothing.", Read(Rows.All)),
            BuiltIn("API Only", "For programs: the REST API, tags and bulk management, no console pages.", ApiOnly),
            BuiltIn(
                "Device Manager",
                "Looks after devices and their users.",
                [.. Both([Rows.Devices, Rows.Users, Rows.Tags, Rows.Bulk, .. DeviceRows]), .. Read(Rows.UserDetail)]
            ),
            BuiltIn(
                "Help Desk",
                "Looks at devices and users.",
                Read(Rows.Devices, Rows.Users, Rows.DeviceView, Rows.UserDetail)
            ),
            new(Minimum, MinimumRights, "The rights of the preparation page's Table 1."),
            new(
                WithTags,
                [.. MinimumRights, .. Both([Rows.Tags]), new Right(Rows.Bulk, RightMode.Edit)],
                "Table 1, and the tags and bulk management that tagging needs."
            ),
        ];

    private static IEnumerable<Right> Everything => Both(Rows.All);

    private static IEnumerable<Right> ApiOnly =>
        Both([.. Rows.Rest, Rows.Compliance, Rows.CustomAttributes, Rows.Profiles, Rows.Tags, Rows.Bulk]);

    private static string[] DeviceRows =>
        [.. Rows.All.Where(row => row.StartsWith("Device Management > Device Details", StringComparison.Ordinal))];

    private static IEnumerable<Right> MinimumRights =>
        [
            .. Read(
                Rows.AdminGroups,
                Rows.AddDevice,
                Rows.BatchImport,
                Rows.UserDetail,
                Rows.AccountUserGroups,
                Rows.System
            ),
            .. Both([.. Rows.Rest, Rows.Publish, Rows.PublicApps, Rows.PurchasedApps]),
            new Right(Rows.EnterpriseWipe, RightMode.Edit),
        ];

    private static Role BuiltIn(string name, string description, IEnumerable<Right> rights) =>
        new(name, rights, description, builtIn: true);

    private static IEnumerable<Right> Read(params string[] rows) => rows.Select(row => new Right(row, RightMode.Read));

    private static IEnumerable<Right> Both(string[] rows) =>
        rows.SelectMany(row => new[] { new Right(row, RightMode.Read), new Right(row, RightMode.Edit) });
}
