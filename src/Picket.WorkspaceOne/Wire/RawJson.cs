using System.Text.Json;

namespace Picket.WorkspaceOne.Wire;

/// <summary>Reads a little of JSON that is otherwise kept as it came. What has another form is unknown, not an error.</summary>
internal static class RawJson
{
    public static JsonElement? Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var found) ? found : null;

    public static string? Text(JsonElement json, string name) =>
        Member(json, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static int? Int(JsonElement json, string name) =>
        Member(json, name) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt32(out var number)
            ? number
            : null;

    public static IEnumerable<Guid> Uuids(JsonElement json, string name) =>
        Member(json, name) is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray()
                .Where(item => item.ValueKind == JsonValueKind.String)
                .Select(item => Guid.TryParse(item.GetString(), out var uuid) ? uuid : Guid.Empty)
                .Where(uuid => uuid != Guid.Empty)
            : [];
}
