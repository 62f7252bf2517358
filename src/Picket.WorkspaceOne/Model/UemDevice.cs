using System.Text.Json.Serialization;
using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne;

// Records of the wire have setters: the source generator fills init-only properties through an object array, which
// costs a third of the parsing speed. Nobody but the parser should set them.

/// <summary>
/// A device as <c>devices/search</c> and <c>devices/{id}</c> (v1, v2) return it (trust W). Only what is needed is
/// read: phone number, e-mail address, IMEI, MAC address, Wi-Fi name and location are left on the wire. Null means "not sent".
/// </summary>
public sealed record UemDevice
{
    /// <summary>Numeric id; 0 only when the row had none.</summary>
    public int Id { get; set; }

    /// <summary>Unique id.</summary>
    public Guid? Uuid { get; set; }

    /// <summary>UDID; its form depends on the platform.</summary>
    public string? Udid { get; set; }

    /// <summary>Serial number.</summary>
    public string? SerialNumber { get; set; }

    /// <summary>Name shown in the console.</summary>
    [JsonPropertyName("DeviceFriendlyName")]
    public string? FriendlyName { get; set; }

    /// <summary>Organization group that holds the device.</summary>
    [JsonPropertyName("LocationGroupId")]
    public EntityRef OrganizationGroup { get; set; }

    /// <summary>Enrolment user.</summary>
    [JsonPropertyName("UserId")]
    public EntityRef User { get; set; }

    /// <summary>Name of the enrolment user.</summary>
    public string? UserName { get; set; }

    /// <summary><c>C</c> corporate dedicated, <c>S</c> corporate shared, <c>E</c> employee owned, or <c>Undefined</c>.</summary>
    [JsonConverter(typeof(RepeatingText))]
    public string? Ownership { get; set; }

    /// <summary>Platform: Apple 2, Android 5, AppleOsX 10, WinRT 12.</summary>
    [JsonPropertyName("PlatformId")]
    public EntityRef PlatformRef { get; set; }

    /// <summary>Platform name; iPadOS is <c>Apple</c> too.</summary>
    [JsonConverter(typeof(RepeatingText))]
    public string? Platform { get; set; }

    /// <summary>Model, as text for people.</summary>
    [JsonConverter(typeof(RepeatingText))]
    public string? Model { get; set; }

    /// <summary>Manufacturer; Android and Windows.</summary>
    [JsonPropertyName("OEMInfo")]
    [JsonConverter(typeof(RepeatingText))]
    public string? Manufacturer { get; set; }

    /// <summary>Version of the operating system, such as <c>18.5</c>.</summary>
    [JsonConverter(typeof(RepeatingText))]
    public string? OperatingSystem { get; set; }

    /// <summary>Build of the operating system.</summary>
    [JsonPropertyName("OSBuildVersion")]
    [JsonConverter(typeof(RepeatingText))]
    public string? OperatingSystemBuild { get; set; }

    /// <summary>Android security patch level; newer servers only (trust S).</summary>
    public DateTimeOffset? SecurityPatchDate { get; set; }

    /// <summary>Last contact, UTC.</summary>
    public DateTimeOffset? LastSeen { get; set; }

    /// <summary>Such as <c>Enrolled</c>, <c>EnterpriseWipePending</c>, <c>Unenrolled</c>.</summary>
    [JsonConverter(typeof(RepeatingText))]
    public string? EnrollmentStatus { get; set; }

    /// <summary>Last enrolment, UTC.</summary>
    public DateTimeOffset? LastEnrolledOn { get; set; }

    /// <summary>Such as <c>Compliant</c>, <c>NonCompliant</c>, <c>PendingComplianceCheck</c>.</summary>
    [JsonConverter(typeof(RepeatingText))]
    public string? ComplianceStatus { get; set; }

    /// <summary>Last compliance check, UTC.</summary>
    public DateTimeOffset? LastComplianceCheckOn { get; set; }

    /// <summary>Rooted or jailbroken; null when never evaluated (trust W).</summary>
    public bool? CompromisedStatus { get; set; }

    /// <summary>Last check for compromise, UTC; null when there was none.</summary>
    public DateTimeOffset? LastCompromisedCheckOn { get; set; }

    /// <summary>Supervised; Apple only.</summary>
    public bool? IsSupervised { get; set; }

    /// <summary>Encrypted; <c>Y</c> or <c>N</c> where sent (trust S).</summary>
    [JsonPropertyName("DataEncryptionYN")]
    [JsonConverter(typeof(RepeatingText))]
    public string? DataEncryption { get; set; }

    /// <summary>Data protection of the platform, as number (trust W; its meaning is undocumented).</summary>
    public int? DataProtectionStatus { get; set; }

    /// <summary>Who manages the device: 1 is MDM (trust W, I).</summary>
    public WireCode ManagedBy { get; set; }
}
