using System.Text.Json.Serialization;

namespace Picket.Bench.Raw;

/// <summary>The fields that the product reads of a device, without its tolerance for odd bodies.</summary>
internal sealed class RawDevice
{
    public RawId Id { get; set; }
    public Guid? Uuid { get; set; }
    public string? Udid { get; set; }
    public string? SerialNumber { get; set; }
    public string? DeviceFriendlyName { get; set; }
    public RawReference LocationGroupId { get; set; }
    public RawReference UserId { get; set; }
    public string? UserName { get; set; }
    public string? Ownership { get; set; }
    public RawReference PlatformId { get; set; }
    public string? Platform { get; set; }
    public string? Model { get; set; }
    public string? OEMInfo { get; set; }
    public string? OperatingSystem { get; set; }
    public string? OSBuildVersion { get; set; }
    public DateTime? SecurityPatchDate { get; set; }
    public DateTime? LastSeen { get; set; }
    public string? EnrollmentStatus { get; set; }
    public DateTime? LastEnrolledOn { get; set; }
    public string? ComplianceStatus { get; set; }
    public DateTime? LastComplianceCheckOn { get; set; }
    public bool? CompromisedStatus { get; set; }
    public DateTime? LastCompromisedCheckOn { get; set; }
    public bool? IsSupervised { get; set; }
    public string? DataEncryptionYN { get; set; }
    public int? DataProtectionStatus { get; set; }
    public int? ManagedBy { get; set; }
}

internal struct RawId
{
    public int Value { get; set; }
}

internal struct RawReference
{
    public RawId Id { get; set; }
    public string? Name { get; set; }
    public Guid? Uuid { get; set; }
}

internal sealed class RawPage
{
    public List<RawDevice> Devices { get; set; } = [];
    public int Total { get; set; }
}

[JsonSerializable(typeof(RawPage))]
internal sealed partial class RawJson : JsonSerializerContext;
