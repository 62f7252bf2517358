using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

internal static class SystemRoutes
{
    private static readonly (string Name, string Path)[] Workspaces =
    [
        ("Mobile Device Management", "mdm"),
        ("Mobile Application Management", "mam"),
        ("Mobile Content Management", "mcm"),
        ("Mobile Email Management", "mem"),
        ("System Administration", "system"),
    ];

    public static void Add(RouteTable routes)
    {
        routes.Get("system/info", (1, Info));
    }

    private static Answer Info(ApiCall call) =>
        Answer.Object(writer =>
        {
            writer.WriteString("ProductName"u8, "AirWatch Platform Service");
            writer.WriteString("ProductCopyright"u8, "Copyright © the Picket authors");
            writer.WriteString("ProductVersion"u8, "25.11.6.68");
            writer.WriteNumber("Version"u8, 1);
            writer.WriteStartObject("Resources"u8);
            writer.WriteStartArray("Collections"u8);
            writer.WriteEndArray();
            writer.Rows(
                "Workspaces"u8,
                Workspaces,
                (row, workspace) =>
                {
                    row.WriteString("Name"u8, workspace.Name);
                    row.WriteString("Location"u8, $"{call.Uem.Address}/{workspace.Path}");
                }
            );
            writer.WriteEndObject();
        });
}
