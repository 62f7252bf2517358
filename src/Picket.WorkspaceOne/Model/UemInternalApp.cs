using System.Text.Json.Serialization;

namespace Picket.WorkspaceOne;

/// <summary>One version of an internal app, read by itself (v1, trust S): other names than in listings.</summary>
public sealed record UemInternalApp
{
    /// <summary>Numeric id.</summary>
    public int Id { get; set; }

    /// <summary>Unique id.</summary>
    public Guid? Uuid { get; set; }

    /// <summary>Name.</summary>
    [JsonPropertyName("ApplicationName")]
    public string? Name { get; set; }

    /// <summary>Bundle id or package name, read out of the file by the server.</summary>
    [JsonPropertyName("AppId")]
    public string? BundleId { get; set; }

    /// <summary>Version that stands in the file.</summary>
    [JsonPropertyName("ActualFileVersion")]
    public string? Version { get; set; }

    /// <summary>Platform by name, such as <c>Apple</c> or <c>Android</c>.</summary>
    public WireCode Platform { get; set; }

    /// <summary><c>Active</c>, <c>Inactive</c> or <c>Retired</c>.</summary>
    public string? Status { get; set; }
}
