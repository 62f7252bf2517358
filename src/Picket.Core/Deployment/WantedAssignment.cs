using System.Text.Json;

namespace Picket.Core.Deployment;

/// <summary>How an app comes to the devices.</summary>
public enum Delivery
{
    /// <summary>By itself.</summary>
    Automatic,

    /// <summary>When the user asks for it in the catalogue.</summary>
    OnDemand,
}

/// <summary>An assignment that a publication wants to be there: one ring, one assignment.</summary>
/// <param name="Name">Its name in the UEM, by which we find it again; see <see cref="NameOf"/>.</param>
/// <param name="SmartGroups">Unique ids, one or more.</param>
public sealed record WantedAssignment(string Name, IReadOnlyList<Guid> SmartGroups)
{
    private const int LongestPart = 60;

    public Delivery Delivery { get; init; }

    public IReadOnlyList<ConfigurationEntry> Configuration { get; init; } = [];

    /// <summary>What we install goes when the device leaves the organization.</summary>
    public bool RemoveOnUnenroll { get; init; } = true;

    /// <summary>Whether the user may not take the app off.</summary>
    public bool PreventRemoval { get; init; }

    /// <summary>"Picket: publication ring", on one line. Stable, since what we made is known by it.</summary>
    public static string NameOf(string publication, string ring) => $"Picket: {Part(publication)} {Part(ring)}";

    internal AssignmentRow ToRow(int priority) =>
        new(
            AssignmentJson.Object(writer =>
            {
                writer.WriteNumber("priority", priority);
                WriteDistribution(writer);
                writer.WriteStartObject("restriction");
                writer.WriteBoolean("remove_on_unenroll", RemoveOnUnenroll);
                writer.WriteBoolean("prevent_removal", PreventRemoval);
                writer.WriteBoolean("make_app_mdm_managed", true);
                writer.WriteEndObject();
                ConfigurationEntry.Write(writer, "application_configuration", Configuration);
            })
        );

    /// <summary>
    /// Whether an assignment of the UEM does what is wanted. The UEM adds members of its own, so only ours are compared.
    /// </summary>
    internal bool IsMetBy(AssignmentRow row) => row.Name == Name && Covers(ToRow(row.Priority ?? 0).Json, row.Json);

    private static string Part(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestPart ? line : line[..LongestPart].TrimEnd();
    }

    private void WriteDistribution(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("distribution");
        writer.WriteString("name", Name);
        writer.WriteStartArray("smart_groups");
        foreach (var group in SmartGroups)
        {
            writer.WriteStringValue(group);
        }

        writer.WriteEndArray();
        writer.WriteString("app_delivery_method", Delivery == Delivery.Automatic ? "AUTO" : "ON_DEMAND");
        writer.WriteBoolean("display_in_app_catalog", true);
        writer.WriteEndObject();
    }

    /// <summary>
    /// Whether everything that we ask for is in what is there. The order of a list counts nothing (smart groups, keys),
    /// and an empty one may be left out.
    /// </summary>
    private static bool Covers(JsonElement asked, JsonElement found) =>
        asked.ValueKind switch
        {
            JsonValueKind.Object => found.ValueKind == JsonValueKind.Object
                && asked.EnumerateObject().All(member => CoversMember(member, found)),
            JsonValueKind.Array => found.ValueKind == JsonValueKind.Array
                && asked.GetArrayLength() == found.GetArrayLength()
                && asked.EnumerateArray().All(item => found.EnumerateArray().Any(other => Covers(item, other))),
            _ => JsonElement.DeepEquals(asked, found),
        };

    private static bool CoversMember(JsonProperty member, JsonElement found) =>
        AssignmentRow.Member(found, member.Name) is { } there
            ? Covers(member.Value, there)
            : member.Value.ValueKind == JsonValueKind.Array && member.Value.GetArrayLength() == 0;
}
