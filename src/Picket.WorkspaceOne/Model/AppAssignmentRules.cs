using System.Text.Json;
using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne;

/// <summary>
/// Who gets an app, v2 (trust W). Writing replaces the whole list, so everything that was read is kept here as it
/// came, fields that nobody knows included.
/// </summary>
public sealed class AppAssignmentRules
{
    private const string ListName = "assignments";

    /// <summary>Takes what the server sent.</summary>
    /// <param name="raw">An object with the list <c>assignments</c>.</param>
    /// <exception cref="ArgumentException">It is no such object.</exception>
    public AppAssignmentRules(JsonElement raw)
    {
        if (!IsOne(raw))
        {
            throw new ArgumentException("Assignment rules are an object with the list 'assignments'.", nameof(raw));
        }

        Raw = raw.Clone();
        Assignments = [.. Raw.GetProperty(ListName).EnumerateArray().Select(each => new AppAssignment(each))];
        ExcludedSmartGroups = [.. RawJson.Uuids(Raw, "excluded_smart_groups")];
    }

    /// <summary>The whole, as it came.</summary>
    public JsonElement Raw { get; }

    /// <summary>The assignments in the order of the list. The lower the priority's number, the earlier it counts.</summary>
    public IReadOnlyList<AppAssignment> Assignments { get; }

    /// <summary>Unique ids of smart groups that do not get the app, whatever assignment they are in.</summary>
    public IReadOnlyList<Guid> ExcludedSmartGroups { get; }

    internal static bool IsOne(JsonElement raw) =>
        raw.ValueKind == JsonValueKind.Object
        && raw.TryGetProperty(ListName, out var list)
        && list.ValueKind == JsonValueKind.Array;
}

/// <summary>One assignment of an app, as it came, and the little of it that Picket reads.</summary>
public sealed class AppAssignment
{
    internal AppAssignment(JsonElement raw)
    {
        Raw = raw;
        Priority = RawJson.Int(raw, "priority");
        if (RawJson.Member(raw, "distribution") is { } distribution)
        {
            Name = RawJson.Text(distribution, "name");
            SmartGroups = [.. RawJson.Uuids(distribution, "smart_groups")];
            DeliveryMethod = RawJson.Text(distribution, "app_delivery_method");
        }
    }

    /// <summary>The whole, as it came.</summary>
    public JsonElement Raw { get; }

    /// <summary>From 0; of several assignments that a device is in, the one with the lowest counts.</summary>
    public int? Priority { get; }

    /// <summary>Name that administrators see.</summary>
    public string? Name { get; }

    /// <summary>Unique ids of the smart groups that get the app.</summary>
    public IReadOnlyList<Guid> SmartGroups { get; } = [];

    /// <summary><c>AUTO</c> or <c>ON_DEMAND</c>.</summary>
    public string? DeliveryMethod { get; }
}

/// <summary>A key that an app's configuration knows (trust S).</summary>
public sealed record UemConfigurationKey
{
    /// <summary>Name.</summary>
    public string? Key { get; set; }

    /// <summary><c>STRING</c>, <c>INTEGER</c>, <c>BOOLEAN</c>, <c>DATE</c>, <c>ARRAY</c>, <c>CHOICE</c>, <c>BUNDLE</c> and others.</summary>
    public string? Type { get; set; }

    /// <summary>Keys within this one, of bundles and arrays of bundles.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("nested_configurations")]
    public List<UemConfigurationKey>? Nested { get; set; }
}

/// <summary>A name that configurations may hold in braces, and that the server fills in for each device (trust S).</summary>
public sealed record UemLookupKey
{
    /// <summary>Numeric id.</summary>
    public int Id { get; set; }

    /// <summary>The name, without braces.</summary>
    public string? Key { get; set; }

    /// <summary>What it stands for.</summary>
    public string? Description { get; set; }
}
