using System.Text.Json.Serialization;
using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne;

/// <summary>An app on a device, as <c>devices/{uuid}/apps/search</c> returns it (trust S).</summary>
public sealed record UemInstalledApp
{
    /// <summary>Name of the package.</summary>
    [JsonPropertyName("name")]
    [JsonConverter(typeof(RepeatingText))]
    public string? Name { get; set; }

    /// <summary>Name for people.</summary>
    [JsonPropertyName("display_name")]
    [JsonConverter(typeof(RepeatingText))]
    public string? DisplayName { get; set; }

    /// <summary>Bundle id or package name.</summary>
    [JsonPropertyName("bundle_id")]
    [JsonConverter(typeof(RepeatingText))]
    public string? BundleId { get; set; }

    /// <summary>Version on the device.</summary>
    [JsonPropertyName("installed_version")]
    [JsonConverter(typeof(RepeatingText))]
    public string? InstalledVersion { get; set; }

    /// <summary><c>Installed</c> or <c>NotInstalled</c>.</summary>
    [JsonPropertyName("installed_status")]
    [JsonConverter(typeof(RepeatingText))]
    public string? InstalledStatus { get; set; }

    /// <summary><c>Assigned</c> (managed by the UEM) or <c>NotAssigned</c>.</summary>
    [JsonPropertyName("assignment_status")]
    [JsonConverter(typeof(RepeatingText))]
    public string? AssignmentStatus { get; set; }

    /// <summary>Size in bytes; the wire sends text.</summary>
    [JsonPropertyName("size")]
    public long? Size { get; set; }

    /// <summary>Unique id of the app in the UEM's catalogue; null when it is not in it.</summary>
    [JsonPropertyName("application_uuid")]
    public Guid? ApplicationUuid { get; set; }
}
