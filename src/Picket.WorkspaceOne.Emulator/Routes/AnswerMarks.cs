namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>How far the answers of a route can be trusted.</summary>
internal static class AnswerMarks
{
    // Recorded from a real server, in one version and case at least.
    private static readonly HashSet<string> Wire =
    [
        "GET system/info",
        "GET system/groups/search",
        "GET system/groups/{id}",
        "GET system/groups/{id}/children",
        "GET system/groups/{id}/parents",
        "DELETE system/groups/{id}",
        "GET system/admins/search",
        "GET mdm/devices/search",
        "GET mdm/devices/{id}",
        "GET mdm/smartgroups/search",
        "GET mdm/smartgroups/{id}",
        "POST mdm/smartgroups",
        "PUT mdm/smartgroups/{id}",
        "DELETE mdm/smartgroups/{id}",
        "GET mdm/profiles/search",
        "GET mdm/profiles/{id}",
        "DELETE mdm/profiles/{id}",
        "GET mdm/scripts/{id}",
        "POST mdm/devices/{id}/commands",
        "POST mdm/devices/commands",
        "POST mdm/devices/commands/bulk",
        "GET mam/apps/search",
        "GET mam/apps/internal/{id}",
        "DELETE mam/apps/internal/{id}",
        "POST mam/apps/internal/{id}/assignments",
        "GET mam/apps/{id}/assignment-rules",
        "PUT mam/apps/{id}/assignment-rules",
        "GET mam/apps/purchased/search",
    ];

    // In no specification; public clients call them.
    private static readonly HashSet<string> Clients = ["POST mdm/smartgroups/{id}/update"];

    /// <summary>W: recorded. C: clients rely on it. S: the vendor's specification only.</summary>
    public static string Of(string route) =>
        Wire.Contains(route) ? "W"
        : Clients.Contains(route) ? "C"
        : "S";
}
