using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne;

/// <summary>
/// Security details of a device (trust S). The body also holds recovery keys and the unlock PIN: they are never read.
/// Null means "not sent", never "no".
/// </summary>
public sealed record UemDeviceSecurity
{
    /// <summary>Rooted or jailbroken.</summary>
    public bool? IsCompromised { get; set; }

    /// <summary>Storage is encrypted.</summary>
    public bool? IsEncrypted { get; set; }

    /// <summary>Data protection is on (Apple).</summary>
    public bool? DataProtectionEnabled { get; set; }

    /// <summary>Block-level encryption is possible.</summary>
    public bool? BlockLevelEncryption { get; set; }

    /// <summary>File-level encryption is possible.</summary>
    public bool? FileLevelEncryption { get; set; }

    /// <summary>A passcode is set.</summary>
    public bool? IsPasscodePresent { get; set; }

    /// <summary>The passcode fulfils its policy.</summary>
    public bool? IsPasscodeCompliant { get; set; }
}

/// <summary>Compliance of a device.</summary>
public sealed record UemDeviceCompliance
{
    /// <summary>Such as <c>Compliant</c>.</summary>
    public string? OverallCompliantStatus { get; set; }

    /// <summary>One entry for each policy; the first page, which is all in practice (trust I).</summary>
    public List<UemPolicyCompliance> DeviceCompliance
    {
        get;
        set => field = value.WithoutNulls();
    } = [];
}

/// <summary>Compliance of a device with one policy.</summary>
public sealed record UemPolicyCompliance
{
    /// <summary>Name of the policy.</summary>
    public string? PolicyName { get; set; }

    /// <summary>What the policy asks.</summary>
    public string? PolicyDetail { get; set; }

    /// <summary>Fulfilled.</summary>
    public bool? CompliantStatus { get; set; }

    /// <summary>Not evaluated yet.</summary>
    public bool? CompliancePending { get; set; }

    /// <summary>Last check, UTC.</summary>
    public DateTimeOffset? LastComplianceCheck { get; set; }
}
