using Picket.WorkspaceOne.Emulator.Tests.Conformance;

namespace Picket.WorkspaceOne.Emulator.Tests.Shared;

/// <summary>One place where the emulator knowingly differs from the specification.</summary>
/// <param name="Route">Method and template; the beginning of it, or empty for all.</param>
/// <param name="Problem">Part of the problem's text.</param>
/// <param name="Why">What is known of the wire, or what the specification lacks.</param>
internal sealed record WireDeviation(string Route, int? Version, string Problem, string Why)
{
    public bool Covers(Step step) =>
        step.Route.StartsWith(Route, StringComparison.Ordinal) && (Version is null || Version == step.Version);

    public bool Explains(string problem) => problem.Contains(Problem, StringComparison.Ordinal);
}

/// <summary>All of them.</summary>
internal static class WireDeviations
{
    public static readonly WireDeviation[] All =
    [
        // Everywhere.
        new("", null, "enum as number", "the wire of v1 and v2 sends the number of an enum"),
        new("", null, "$.message: String where the specification has object", "error texts are strings on the wire"),
        // Other statuses than the specification names, all recorded or said by those who saw them.
        new("DELETE system/groups/{id}", 2, "status 400", "recorded for a group that is gone"),
        new("GET system/usergroups/{id}/users", 1, "status 200", "the specification puts the body under 204"),
        new("GET system/usergroups/custom/search", 1, "status 200", "the specification puts the body under 204"),
        new("GET mdm/devices/search", 2, "status 204", "recorded past the end"),
        new("POST mdm/smartgroups", 1, "status 201", "recorded, with uuid beside Value"),
        new("PUT mdm/smartgroups/{id}", 1, "status 204", "recorded"),
        new("DELETE mdm/smartgroups/{id}", 1, "status 204", "recorded"),
        new("GET mdm/profiles/search", 1, "status 20", "the specification names no status; 204 is recorded"),
        new("GET mdm/profiles/{id}", 2, "status 400", "recorded for a profile that is gone"),
        new("POST mdm/devices/commands/bulk", 1, "status 200", "recorded; the specification says 202"),
        new("POST mdm/devices/commands/bulk", 1, "status 404", "recorded for a single unknown id"),
        new("GET mam/apps/public/{id}", 1, "status 401", "the specification names no error; taken from internal apps"),
        // Paths and parameters that clients use.
        new("GET system/groups/{id}/parents", 1, "no such path", "recorded"),
        new("GET system/groups/{id}/api-keys", 2, "no such path", "stands under v2/groups in the files of v1"),
        new("POST system/groups/{id}", 3, "no such path", "the vendor's own client asks for it"),
        new("POST mdm/smartgroups/{id}/update", 1, "no such path", "older clients send it"),
        new("GET mam/apps/search", 2, "no such path", "recorded"),
        new("POST mdm/devices/{id}/commands/{command}", 1, "no such path", "one path per command there"),
        new("POST mdm/devices/{id}/messages/message", 1, "no such path", "stands under messages/{id}/message there"),
        // Bodies.
        new("GET system/lookup-value", 1, "$: Array", "one entry is described of what must be a list"),
        new("GET system/users/search", 2, "$: Array", "one entry is described of what must be a list"),
        new("GET mdm/devices", 1, ".EasIds", "a single device is the object of the search"),
        new("GET mdm/devices", 1, ".TimeZone", "recorded in the search; a single device is the same object"),
        new("DELETE mdm/devices/{id}", 1, ".EasIds", "a single device is the object of the search"),
        new("DELETE mdm/devices/{id}", 1, ".TimeZone", "recorded in the search; a single device is the same object"),
        new("POST mam/apps/internal/begininstall", 1, ".ApplicationId", "recorded in the search; the same object"),
    ];
}
