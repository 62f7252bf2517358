namespace Picket.WorkspaceOne.Emulator.Console.Layout;

/// <summary>One entry of the menu.</summary>
/// <param name="Heading">The submenu that it stands under; empty: none.</param>
internal sealed record MenuItem(string Heading, string Text, string Path);

/// <summary>A part of the main menu.</summary>
internal sealed record MenuSection(string Name, IReadOnlyList<MenuItem> Items)
{
    public string Path => Items[0].Path;

    public bool Holds(string path) => Items.Any(item => MenuItems.IsAt(item, path));
}

/// <summary>The main menu, by the console's own names.</summary>
internal static class MenuItems
{
    public static readonly IReadOnlyList<MenuSection> Sections =
    [
        new("MONITOR", [new("", "Overview", "/console"), new("", "API Requests", "/console/monitor/requests")]),
        new("DEVICES", [new("", "List View", "/console/devices")]),
        new(
            "ACCOUNTS",
            [
                new("Users", "List View", "/console/users"),
                new("Users", "User Groups", "/console/user-groups"),
                new("Administrators", "List View", "/console/admins"),
                new("Administrators", "Roles", "/console/roles"),
            ]
        ),
        new(
            "APPS & BOOKS",
            [
                new("Native", "Internal", "/console/apps/internal"),
                new("Native", "Public", "/console/apps/public"),
                new("Native", "Purchased", "/console/apps/purchased"),
            ]
        ),
        new(
            "GROUPS & SETTINGS",
            [
                new("Groups", "Organization Groups", "/console/groups"),
                new("Groups", "Assignment Groups", "/console/assignment-groups"),
                new("Settings", "All Settings", "/console/settings"),
            ]
        ),
    ];

    public static bool IsAt(MenuItem item, string path) =>
        item.Path == ConsoleSite.Root
            ? path == ConsoleSite.Root
            : path == item.Path || path.StartsWith(item.Path + "/", StringComparison.Ordinal);
}
