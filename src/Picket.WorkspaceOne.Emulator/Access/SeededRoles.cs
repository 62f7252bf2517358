namespace Picket.WorkspaceOne.Emulator.Access;

/// <summary>The roles that exist from the start. What each row grants is inferred: the vendor publishes no such list.</summary>
public static class SeededRoles
{
    public const string Minimum = "Picket minimum";
    public const string WithTags = "Picket with tags";

    internal static IEnumerable<Role> All =>
        [
            new("Console Administrator", Everything),
            new("AirWatch Administrator", Everything),
            new("Read Only", Rows.All.Select(row => new Right(row, RightMode.Read))),
            new("API Only", Both([.. Rows.Rest, Rows.Compliance, Rows.Tags, Rows.Bulk])),
            new("Device Manager", Both([Rows.Devices, Rows.Users, Rows.Tags, Rows.Bulk])),
            new("Help Desk", Read(Rows.Devices, Rows.Users)),
            new(Minimum, MinimumRights),
            new(WithTags, [.. MinimumRights, .. Both([Rows.Tags]), new Right(Rows.Bulk, RightMode.Edit)]),
        ];

    private static IEnumerable<Right> Everything => Both(Rows.All);

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

    private static IEnumerable<Right> Read(params string[] rows) => rows.Select(row => new Right(row, RightMode.Read));

    private static IEnumerable<Right> Both(string[] rows) =>
        rows.SelectMany(row => new[] { new Right(row, RightMode.Read), new Right(row, RightMode.Edit) });
}
