using System.Text.Json.Serialization;

namespace Picket.WorkspaceOne;

/// <summary>An app of the UEM's catalogue (v1), in the few fields that identify it.</summary>
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
}
