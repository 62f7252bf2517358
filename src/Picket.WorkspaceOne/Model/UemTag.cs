using System.Text.Json.Serialization;

namespace Picket.WorkspaceOne;

/// <summary>A tag of an organization group (v1).</summary>
public sealed record UemTag
{
    /// <summary>Numeric id.</summary>
    public int Id { get; set; }

    /// <summary>Unique id.</summary>
    public Guid? Uuid { get; set; }

    /// <summary>Name, up to 255 characters.</summary>
    [JsonPropertyName("TagName")]
    public string? Name { get; set; }
}

/// <summary>A device that carries a tag.</summary>
public sealed record UemTaggedDevice
{
    /// <summary>Numeric id of the device.</summary>
    public int DeviceId { get; set; }

    /// <summary>Unique id of the device.</summary>
    public Guid? DeviceUuid { get; set; }

    /// <summary>When the tag was set, UTC.</summary>
    public DateTimeOffset? DateTagged { get; set; }
}

/// <summary>A tag on one device. The route knows no numeric id.</summary>
public sealed record UemDeviceTag
{
    /// <summary>Unique id of the tag.</summary>
    public Guid? Uuid { get; set; }

    /// <summary>Name of the tag.</summary>
    public string? Name { get; set; }

    /// <summary>When the tag was set, UTC.</summary>
    [JsonPropertyName("date_tagged")]
    public DateTimeOffset? DateTagged { get; set; }
}
