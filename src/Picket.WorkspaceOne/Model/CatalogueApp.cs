using System.Text.Json.Serialization;

namespace Picket.WorkspaceOne;

/// <summary>An internal, public or purchased app of the UEM's catalogue (v1, trust W).</summary>
public sealed record CatalogueApp
{
    /// <summary>Numeric id.</summary>
    public int Id { get; set; }

    /// <summary>Unique id.</summary>
    public Guid? Uuid { get; set; }

    /// <summary>Name.</summary>
    [JsonPropertyName("ApplicationName")]
    public string? Name { get; set; }

    /// <summary>Bundle id or package name.</summary>
    public string? BundleId { get; set; }

    /// <summary>Platform as number: Apple 2, Android 5.</summary>
    public WireCode Platform { get; set; }

    /// <summary>Version; empty for most store apps.</summary>
    [JsonPropertyName("AppVersion")]
    public string? Version { get; set; }

    /// <summary><c>Internal</c>, <c>Public</c> or <c>Purchased</c>.</summary>
    public string? AppType { get; set; }

    /// <summary><c>Active</c>, <c>Inactive</c> or <c>Retired</c>.</summary>
    public string? Status { get; set; }

    /// <summary>The store's own number of the app.</summary>
    public string? ExternalId { get; set; }

    /// <summary>Numeric id of the organization group that manages it.</summary>
    [JsonPropertyName("LocationGroupId")]
    public int? OrganizationGroupId { get; set; }

    /// <summary>Unique id of the organization group that manages it.</summary>
    public Guid? OrganizationGroupUuid { get; set; }

    /// <summary>Devices that it is assigned to; null when the server does not say.</summary>
    [JsonPropertyName("AssignedDeviceCount")]
    public int? AssignedDevices { get; set; }

    /// <summary>Of these, devices that have it; null when the server does not say.</summary>
    [JsonPropertyName("InstalledDeviceCount")]
    public int? InstalledDevices { get; set; }

    /// <summary>Of these, devices that do not have it; null when the server does not say.</summary>
    [JsonPropertyName("NotInstalledDeviceCount")]
    public int? NotInstalledDevices { get; set; }

    /// <summary>Licences of a purchased app, in the search alone; null for other kinds.</summary>
    public UemManagedDistribution? ManagedDistribution { get; set; }

    /// <summary>Licences of a purchased app by smart group, in the search alone; null for other kinds.</summary>
    public List<UemAllocation>? Assignments { get; set; }
}

/// <summary>Kinds of apps that share one search.</summary>
public enum CatalogueKind
{
    /// <summary>Apps whose file the organization uploaded.</summary>
    Internal,

    /// <summary>Apps of a public store.</summary>
    Public,
}
