using System.Globalization;
using System.Text.Json;
using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne;

/// <summary>
/// A smart group word for word (trust W). Writing replaces it as a whole, so everything that was read is kept as it came,
/// and is sent like that, but for the tags that are to be others.
/// </summary>
public sealed class UemSmartGroupDocument
{
    private const string TagList = "Tags";
    private const string TagId = "Id";
    private const string TagName = "Name";

    /// <summary>What a reading tells and a writing does not take: who manages it, and how much hangs on it.</summary>
    private static readonly string[] Told =
    [
        "SmartGroupID",
        "SmartGroupUuid",
        "ManagedByOrganizationGroupName",
        "ManagedByOrganizationGroupUuid",
        "Devices",
        "Assignments",
        "Exclusions",
    ];

    /// <summary>What a writing takes (trust S). Readings spell one of them otherwise; the server does not mind case (trust I).</summary>
    private static readonly string[] Taken =
    [
        "Name",
        "ManagedByOrganizationGroupId",
        "CriteriaType",
        "CPUArchitectures",
        "DeviceAdditions",
        "DeviceExclusions",
        "EnrollmentCategories",
        "ManagementTypes",
        "Models",
        "OEMAndModels",
        "OperatingSystems",
        "OrganizationGroups",
        "Ownerships",
        "Platforms",
        TagList,
        "UserAdditions",
        "UserExclusions",
        "UserGroupExclusions",
        "UserGroups",
    ];

    private readonly JsonElement raw;

    /// <summary>Takes what the server sent.</summary>
    /// <param name="raw">An object with the number of a smart group.</param>
    /// <exception cref="ArgumentException">It is no such object.</exception>
    public UemSmartGroupDocument(JsonElement raw)
    {
        if (!IsOne(raw))
        {
            throw new ArgumentException("A smart group is an object with its number, 'SmartGroupID'.", nameof(raw));
        }

        this.raw = raw.Clone();
        Id = Number(RawJson.Member(raw, "SmartGroupID"))!.Value;
        Name = RawJson.Text(raw, "Name");
        CriteriaType = RawJson.Text(raw, "CriteriaType");
        ManagedByOrganizationGroupId = Number(RawJson.Member(raw, "ManagedByOrganizationGroupId"));
        Tags = RawJson.Member(raw, TagList) is { ValueKind: JsonValueKind.Array } tags
            ? [.. tags.EnumerateArray().Select(TagOf).OfType<int>()]
            : null;
        Unknown =
        [
            .. raw.EnumerateObject()
                .Where(member => !Is(Told, member.Name) && !Is(Taken, member.Name) && !IsEmpty(member.Value))
                .Select(member => member.Name),
        ];
    }

    /// <summary>Numeric id.</summary>
    public int Id { get; }

    /// <summary>Name.</summary>
    public string? Name { get; }

    /// <summary><c>All</c>: by criteria, tags among them. <c>UserDevice</c>: devices and users one by one.</summary>
    public string? CriteriaType { get; }

    /// <summary>Numeric id of the managing organization group; the wire sends text.</summary>
    public int? ManagedByOrganizationGroupId { get; }

    /// <summary>Numeric ids of the tags of its criteria. Null when the answer does not tell them, which is not "none".</summary>
    public IReadOnlyList<int>? Tags { get; }

    /// <summary>Members with content that a writing does not know: it would lose them.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>Names of members that are not as they are in another reading; tags, and what is only told, aside.</summary>
    /// <param name="other">The other reading.</param>
    public IReadOnlyList<string> Differences(UemSmartGroupDocument other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var names = raw.EnumerateObject().Concat(other.raw.EnumerateObject()).Select(member => member.Name);
        return
        [
            .. names
                .Distinct()
                .Where(name => !Is(Told, name) && name != TagList)
                .Where(name => !IsSame(RawJson.Member(raw, name), RawJson.Member(other.raw, name))),
        ];
    }

    internal static bool IsOne(JsonElement raw) => Number(RawJson.Member(raw, "SmartGroupID")) is > 0;

    /// <summary>The body that writes it with other tags: what stays is sent as it came.</summary>
    internal JsonElement With(int tag, string name, IReadOnlyCollection<int> without)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var member in raw.EnumerateObject().Where(member => Is(Taken, member.Name)))
            {
                writer.WritePropertyName(member.Name);
                if (member.Name == TagList)
                {
                    WriteTags(writer, member.Value, tag, name, without);
                }
                else
                {
                    member.Value.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        }

        using var body = JsonDocument.Parse(stream.ToArray());
        return body.RootElement.Clone();
    }

    private static void WriteTags(
        Utf8JsonWriter writer,
        JsonElement tags,
        int tag,
        string name,
        IReadOnlyCollection<int> without
    )
    {
        writer.WriteStartArray();
        foreach (var entry in tags.EnumerateArray())
        {
            if (TagOf(entry) is not { } id || (id != tag && !without.Contains(id)))
            {
                entry.WriteTo(writer);
            }
        }

        writer.WriteStartObject();
        writer.WriteString(TagId, tag.ToString(CultureInfo.InvariantCulture));
        writer.WriteString(TagName, name);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static int? TagOf(JsonElement entry) =>
        entry.ValueKind == JsonValueKind.Object ? Number(RawJson.Member(entry, TagId)) : Number(entry);

    private static int? Number(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Number or JsonValueKind.String } given
        && int.TryParse(given.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static bool Is(string[] names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static bool IsEmpty(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null
        || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0)
        || (value.ValueKind == JsonValueKind.String && value.GetString() is "");

    private static bool IsSame(JsonElement? one, JsonElement? other) =>
        one is { } left && other is { } right ? JsonElement.DeepEquals(left, right) : one is null && other is null;
}
