using System.Text.Json.Serialization;

namespace Picket.WorkspaceOne;

/// <summary>A list of apps that are allowed, denied or required, as search and details return it (trust S). Its numbers are text on the wire.</summary>
public sealed record UemAppGroup
{
    /// <summary>Numeric id; 0 where the answer has none that can be read.</summary>
    [JsonPropertyName("ApplicationGroupID")]
    public int Id { get; set; }

    /// <summary>Name. Whether two groups can have the same is not known (trust I: they can).</summary>
    public string? Name { get; set; }

    /// <summary><c>Whitelist</c>, <c>Blacklist</c>, <c>Required</c> and others; newer servers may say <c>Denylist</c> (trust I).</summary>
    public string? AppGroupType { get; set; }

    /// <summary>Name of the platform: <c>Android</c>, <c>Apple</c>; the vendor's example says <c>iOS</c>.</summary>
    public string? Platform { get; set; }

    /// <summary>What somebody wrote about it.</summary>
    public string? Description { get; set; }

    /// <summary>How many apps it has by the server's word; null where it does not say.</summary>
    public int? AppCount { get; set; }

    /// <summary>Whether it is in use; null where the server does not say.</summary>
    public bool? IsActive { get; set; }

    /// <summary>Numeric id of the managing OG; null where it is missing or a name (the vendor's example has one).</summary>
    public int? ManagedByOrganizationGroupId { get; set; }

    /// <summary>Its apps; null where the answer has no such list, which is not "none".</summary>
    public List<UemAppGroupItem>? Applications { get; set; }

    /// <summary>Whether it denies what it lists, by either name of the type.</summary>
    [JsonIgnore]
    public bool Denies =>
        AppGroupType is { } type
        && (
            type.Equals("Blacklist", StringComparison.OrdinalIgnoreCase)
            || type.Equals("Denylist", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>Whether it is for this platform, by either name of Apple's.</summary>
    /// <param name="platform"><c>Apple</c> or <c>Android</c>.</param>
    public bool IsFor(string platform) =>
        Platform is { } mine
        && (
            mine.Equals(platform, StringComparison.OrdinalIgnoreCase)
            || (
                mine.Equals("iOS", StringComparison.OrdinalIgnoreCase)
                && "Apple".Equals(platform, StringComparison.OrdinalIgnoreCase)
            )
        );
}

/// <summary>An app of an app group.</summary>
/// <param name="BundleId">Bundle id, or package name on Android.</param>
/// <param name="Name">Name for people; the server needs none to recognise the app (trust I).</param>
public sealed record UemAppGroupItem(string? BundleId, string? Name);
