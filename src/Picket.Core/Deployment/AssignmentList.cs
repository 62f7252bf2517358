using System.Text.Json;

namespace Picket.Core.Deployment;

/// <summary>Who gets an app, as the UEM told it: whatever is not ours must go back as it came.</summary>
/// <param name="Rows">The assignments, in the order of the list.</param>
/// <param name="Others">The other members, such as the excluded smart groups, in their order.</param>
public sealed record AssignmentList(
    IReadOnlyList<AssignmentRow> Rows,
    IReadOnlyList<KeyValuePair<string, JsonElement>> Others
)
{
    internal const string ListName = "assignments";
    internal const string ExcludedName = "excluded_smart_groups";

    /// <summary>Smart groups that do not get the app, whatever assignment they are in.</summary>
    public IReadOnlyList<Guid> ExcludedSmartGroups =>
        [
            .. Others
                .Where(member => member.Key == ExcludedName && member.Value.ValueKind == JsonValueKind.Array)
                .SelectMany(member => member.Value.EnumerateArray())
                .Select(AssignmentRow.Uuid)
                .OfType<Guid>(),
        ];

    /// <exception cref="FormatException">There is no list in it. That is not "nobody gets it".</exception>
    public static AssignmentList Read(JsonElement whole)
    {
        if (
            whole.ValueKind != JsonValueKind.Object
            || !whole.TryGetProperty(ListName, out var list)
            || list.ValueKind != JsonValueKind.Array
        )
        {
            throw new FormatException("The UEM sent no list of assignments; nothing may be written on top of that.");
        }

        return new(
            [.. list.EnumerateArray().Select(row => new AssignmentRow(row.Clone()))],
            [
                .. whole
                    .EnumerateObject()
                    .Where(member => member.Name != ListName)
                    .Select(member => KeyValuePair.Create(member.Name, member.Value.Clone())),
            ]
        );
    }

    /// <summary>The body that makes the UEM's list this one.</summary>
    public JsonElement ToJson() =>
        AssignmentJson.Object(writer =>
        {
            writer.WriteStartArray(ListName);
            foreach (var row in Rows)
            {
                row.Json.WriteTo(writer);
            }

            writer.WriteEndArray();
            foreach (var (name, value) in Others)
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }
        });

    /// <summary>The same rows and members with the same values.</summary>
    public bool IsSame(AssignmentList other) =>
        Rows.Count == other.Rows.Count
        && Rows.Zip(other.Rows).All(pair => pair.First.IsSame(pair.Second))
        && HasSameOthers(other);

    internal bool HasSameOthers(AssignmentList other) =>
        Others.Count == other.Others.Count
        && Others
            .OrderBy(member => member.Key, StringComparer.Ordinal)
            .Zip(other.Others.OrderBy(member => member.Key, StringComparer.Ordinal))
            .All(pair =>
                pair.First.Key == pair.Second.Key && JsonElement.DeepEquals(pair.First.Value, pair.Second.Value)
            );
}
