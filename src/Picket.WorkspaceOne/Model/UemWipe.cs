using System.Text.Json.Serialization;
using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne;

/// <summary>
/// A wipe that somebody asked for, as <c>device-wipes</c> lists it (trust S). Names of devices and users are left on the wire.
/// </summary>
public sealed record UemWipe
{
    /// <summary>Unique id of the wipe.</summary>
    public Guid? Uuid { get; set; }

    /// <summary>Unique id of the device.</summary>
    [JsonPropertyName("device_uuid")]
    public Guid? DeviceUuid { get; set; }

    /// <summary><c>DEVICE_WIPE</c> or <c>ENTERPRISE_WIPE</c>.</summary>
    [JsonPropertyName("wipe_type")]
    [JsonConverter(typeof(RepeatingText))]
    public string? Type { get; set; }

    /// <summary>
    /// <c>QUEUED</c>; <c>HELD</c> by the wipe lock; <c>APPROVED</c> after it was held; <c>ABORTED</c>: it will not happen.
    /// </summary>
    [JsonConverter(typeof(RepeatingText))]
    public string? Status { get; set; }

    /// <summary>When it was asked for, UTC.</summary>
    [JsonPropertyName("event_date")]
    public DateTimeOffset? RequestedAt { get; set; }
}
