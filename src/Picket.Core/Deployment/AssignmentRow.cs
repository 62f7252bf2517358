using System.Text.Json;

namespace Picket.Core.Deployment;

/// <summary>One assignment as it came, and the little of it that decides anything.</summary>
public sealed class AssignmentRow
{
    private const string PriorityName = "priority";

    public AssignmentRow(JsonElement json)
    {
        Json = json;
        Priority =
            Member(json, PriorityName) is { ValueKind: JsonValueKind.Number } number
            && number.TryGetInt32(out var priority)
                ? priority
                : null;
        if (Member(json, "distribution") is { } distribution)
        {
            Name = Member(distribution, "name") is { ValueKind: JsonValueKind.String } name ? name.GetString() : null;
            SmartGroups = Member(distribution, "smart_groups") is { ValueKind: JsonValueKind.Array } groups
                ? [.. groups.EnumerateArray().Select(Uuid).OfType<Guid>()]
                : [];
        }
    }

    public JsonElement Json { get; }

    public string? Name { get; }

    /// <summary>Of several assignments that a device is in, the one with the lowest number counts.</summary>
    public int? Priority { get; }

    public IReadOnlyList<Guid> SmartGroups { get; } = [];

    public bool IsSame(AssignmentRow other) => JsonElement.DeepEquals(Json, other.Json);

    /// <summary>The same but for its place, which moves when a row before it goes.</summary>
    internal bool IsSameButForPlace(AssignmentRow other) => IsSame(other.At(Priority));

    internal AssignmentRow At(int? priority) =>
        priority is not { } place || place == Priority
            ? this
            : new(
                AssignmentJson.Object(writer =>
                {
                    foreach (var member in Json.EnumerateObject())
                    {
                        if (member.NameEquals(PriorityName))
                        {
                            writer.WriteNumber(PriorityName, place);
                        }
                        else
                        {
                            member.WriteTo(writer);
                        }
                    }
                })
            );

    internal static Guid? Uuid(JsonElement text) =>
        text.ValueKind == JsonValueKind.String && Guid.TryParse(text.GetString(), out var uuid) ? uuid : null;

    internal static JsonElement? Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var found) ? found : null;
}
