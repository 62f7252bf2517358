namespace Picket.WorkspaceOne.Emulator.Wire;

/// <summary>
/// Deprecated routes warn in a header that names what to call instead. That they do is seen on the wire; the wording
/// here is ours.
/// </summary>
internal static class Deprecations
{
    private const string TagsV2 = "the tag routes of version 2 and 3";
    private const string Rules = "PUT mam/apps/{uuid}/assignment-rules, version 2";

    private static readonly Dictionary<(string Route, int Version), string> Instead = new()
    {
        [("GET system/groups/search", 1)] = "GET system/groups/search, version 2",
        [("POST system/groups/{id}", 1)] = "POST system/groups/{id}, version 2",
        [("POST system/usergroups/createcustomusergroup", 1)] = "the user-groups routes",
        [("GET system/usergroups/custom/search", 1)] = "GET system/usergroups/search",
        [("DELETE system/usergroups/{id}/delete", 1)] = "the user-groups routes",
        [("GET system/usergroups/{id}/users", 1)] = "GET system/user-groups/{uuid}/members",
        [("GET mdm/devices/apps", 1)] = "GET mdm/devices/{uuid}/apps/search",
        [("GET mdm/devices/{id}/apps", 1)] = "GET mdm/devices/{uuid}/apps/search",
        [("GET mdm/devices/devicecountinfo", 1)] = "GET mdm/devices/devicecountinfo, version 2",
        [("GET mdm/profiles/search", 1)] = "GET mdm/profiles/search, version 2",
        [("GET mdm/tags/search", 1)] = TagsV2,
        [("POST mdm/tags/addtag", 1)] = TagsV2,
        [("POST mdm/tags/{id}/update", 1)] = TagsV2,
        [("DELETE mdm/tags/{id}", 1)] = TagsV2,
        [("GET mdm/tags/{id}/devices", 1)] = TagsV2,
        [("POST mdm/tags/{id}/adddevices", 1)] = TagsV2,
        [("POST mdm/tags/{id}/removedevices", 1)] = TagsV2,
        [("POST mam/apps/internal/{id}/assignments", 1)] = Rules,
        [("POST mam/apps/internal/{id}/smartgroups/{group}", 1)] = Rules,
        [("DELETE mam/apps/internal/{id}/smartgroups/{group}", 1)] = Rules,
        [("POST mam/apps/public/{id}/smartgroups/{group}", 1)] = Rules,
        [("DELETE mam/apps/public/{id}/smartgroups/{group}", 1)] = Rules,
        [("POST mam/apps/purchased/{id}/assignment", 1)] = Rules,
        [("GET mam/apps/{id}/app-config-template", 1)] = "GET mam/apps/{uuid}/app-config-template, version 2",
        [("GET mam/apps/{id}/assignment-rule", 1)] = "GET mam/apps/{uuid}/assignment-rules, version 2",
        [("PUT mam/apps/{id}/assignment-rule", 1)] = Rules,
    };

    public static string? Of(ApiRoute route, int? version) =>
        Instead.TryGetValue(($"{route.Method} {route.Template}", version ?? 0), out var instead)
            ? $"This route is deprecated. Use {instead}."
            : null;
}
