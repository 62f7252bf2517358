using System.Globalization;
using System.Text.Json;

namespace Picket.WorkspaceOne.Emulator.Wire;

/// <summary>
/// Reads request bodies as this API does: member names in any case, numbers as numbers or as text, enums by name or by
/// number. PowerShell and .NET clients rely on each of them.
/// </summary>
internal static class JsonBody
{
    public static JsonElement? Member(this JsonElement json, string name)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var member in json.EnumerateObject())
        {
            if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return member.Value.ValueKind == JsonValueKind.Null ? null : member.Value;
            }
        }

        return null;
    }

    public static string? Text(this JsonElement json, string name) =>
        json.Member(name) is { ValueKind: JsonValueKind.String or JsonValueKind.Number } value
            ? value.ToString()
            : null;

    public static int? Int(this JsonElement json, string name) =>
        int.TryParse(json.Text(name), CultureInfo.InvariantCulture, out var number) ? number : null;

    public static Guid? Uuid(this JsonElement json, string name) =>
        Guid.TryParse(json.Text(name), out var uuid) ? uuid : null;

    public static bool? Truth(this JsonElement json, string name) =>
        json.Member(name) switch
        {
            { ValueKind: JsonValueKind.True } => true,
            { ValueKind: JsonValueKind.False } => false,
            { ValueKind: JsonValueKind.String } text when bool.TryParse(text.GetString(), out var truth) => truth,
            _ => null,
        };

    /// <summary>Empty when the member is missing or no array.</summary>
    public static IReadOnlyList<JsonElement> Items(this JsonElement json, string name) =>
        json.Member(name) is { ValueKind: JsonValueKind.Array } array ? [.. array.EnumerateArray()] : [];

    public static IReadOnlyList<string> Texts(this JsonElement json, string name) =>
        [.. json.Items(name).Select(item => item.ToString())];

    /// <summary>BulkValues.Value: numbers are accepted beside the strings that the API documents.</summary>
    public static IReadOnlyList<string> BulkValues(this JsonElement json) =>
        json.Member("BulkValues") is { } bulk ? bulk.Texts("Value") : [];
}
