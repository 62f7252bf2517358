using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.Browser.Tests.Walk;

/// <summary>The minimum permissions of the preparation page, and what tagging needs beside them.</summary>
internal static class Table1
{
    public const string RoleName = "Mobile Security";

    /// <summary>Categories that the page's hint covers: the circle, then Read.</summary>
    public static readonly IReadOnlyList<string> Circles = ["Accounts > Users"];

    public static readonly IReadOnlyList<Right> Rights =
    [
        new("Accounts > Administrators > Admin Groups", RightMode.Read),
        .. Both("API > REST > ", "Admins", "Apps", "Devices", "Groups", "Smart Groups", "Users", "User Groups"),
        .. Both("Apps & Books > ", "Application Publish", "Public Apps", "Purchased Applications"),
        new("Device Management > Device Details > Enterprise Wipe", RightMode.Edit),
        new("Settings > System", RightMode.Read),
    ];

    public static readonly IReadOnlyList<Right> Tagging =
    [
        new("Settings > Tags", RightMode.Read),
        new("Settings > Tags", RightMode.Edit),
        new("Device Management > Bulk Management", RightMode.Edit),
    ];

    private static IEnumerable<Right> Both(string category, params string[] rows) =>
        rows.SelectMany(row =>
            new[] { new Right(category + row, RightMode.Read), new Right(category + row, RightMode.Edit) }
        );
}
