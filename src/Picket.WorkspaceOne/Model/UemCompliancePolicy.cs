using System.Text.Json.Serialization;

namespace Picket.WorkspaceOne;

/// <summary>A compliance policy, as the search returns it (trust S). No route tells what it is built on.</summary>
public sealed record UemCompliancePolicy
{
    /// <summary>Numeric id.</summary>
    [JsonPropertyName("DevicePolicyId")]
    public int Id { get; set; }

    /// <summary>Name.</summary>
    public string? Name { get; set; }

    /// <summary>Platform, in the UEM's words.</summary>
    public string? Platform { get; set; }

    /// <summary>Whether it acts at all; null where the server does not say.</summary>
    public bool? IsActive { get; set; }

    /// <summary>Devices that it is assigned to, 0 or more; counted in the background (trust I).</summary>
    public int? AssignedDevices { get; set; }

    /// <summary>Name of the organization group that it belongs to.</summary>
    public string? RootLocationGroupName { get; set; }
}
