using System.Text.Json.Serialization;

namespace Picket.WorkspaceOne;

/// <summary>An app on one device: given to it, there, or both, as <c>mam/apps/{uuid}/devices</c> says (trust S).</summary>
public sealed record UemAppDevice
{
    /// <summary>Numeric id of the device.</summary>
    [JsonPropertyName("device_id")]
    public int DeviceId { get; set; }

    /// <summary>Unique id of the device.</summary>
    [JsonPropertyName("device_uuid")]
    public Guid? DeviceUuid { get; set; }

    /// <summary><c>Assigned</c> or <c>NotAssigned</c>.</summary>
    [JsonPropertyName("assignment_status")]
    public string? AssignmentStatus { get; set; }

    /// <summary><c>Installed</c>, <c>NotInstalled</c>, or another word of the UEM; unknown ones prove nothing.</summary>
    [JsonPropertyName("installed_status")]
    public string? InstalledStatus { get; set; }

    /// <summary>Version on the device.</summary>
    [JsonPropertyName("installed_version")]
    public string? InstalledVersion { get; set; }

    /// <summary>Version that it should have.</summary>
    [JsonPropertyName("assigned_version")]
    public string? AssignedVersion { get; set; }

    /// <summary>What the UEM last did about it, such as <c>InstallCommandDispatched</c>, <c>Failed</c> or <c>UserRejected</c>.</summary>
    [JsonPropertyName("last_action_taken")]
    public string? LastAction { get; set; }

    /// <summary>When that was.</summary>
    [JsonPropertyName("latest_action_taken_date_time")]
    public DateTimeOffset? LastActionAt { get; set; }

    /// <summary>Why, in the UEM's words.</summary>
    [JsonPropertyName("latest_app_reason")]
    public string? Reason { get; set; }
}
