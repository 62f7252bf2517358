namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>A compliance policy of the seed: the API has no route that makes one.</summary>
internal sealed record CompliancePolicy(int Id, string Name, string Asks, DevicePlatform Platform);

/// <summary>One policy as one device stands to it.</summary>
internal sealed record PolicyOfDevice(Device Device, CompliancePolicy Policy, bool IsFulfilled);

internal static class CompliancePolicies
{
    public static readonly IReadOnlyList<CompliancePolicy> All =
    [
        new(71, "Passcode required", "Passcode is present", DevicePlatform.Ios),
        new(72, "Passcode required on Android", "Passcode is present", DevicePlatform.Android),
        new(73, "Seen within 30 days", "Last seen is within 30 days", DevicePlatform.Ios),
        new(74, "No developer options on Android", "USB debugging is off", DevicePlatform.Android),
        new(75, "Disk encryption", "Encryption is on", DevicePlatform.Windows),
    ];

    /// <summary>
    /// The policies of a device's platform. One that is not compliant breaks what its own facts show, else one of them, so
    /// that the parts always explain the whole.
    /// </summary>
    public static IReadOnlyList<PolicyOfDevice> Of(Device device)
    {
        var policies = All.Where(policy => policy.Platform == Family(device.Platform)).ToList();
        if (device.ComplianceStatus != "NonCompliant")
        {
            var fulfilled = device.ComplianceStatus == "Compliant";
            return [.. policies.Select(policy => new PolicyOfDevice(device, policy, fulfilled))];
        }

        var shown = policies.Where(policy => IsBroken(device, policy)).ToList();
        var broken = shown.Count > 0 ? shown : [policies[device.Index % policies.Count]];
        return [.. policies.Select(policy => new PolicyOfDevice(device, policy, !broken.Contains(policy)))];
    }

    /// <summary>A few iPhones and iPads of the seed are too old, or were changed.</summary>
    public static bool EncryptsFilesOnly(Device device) =>
        device.Platform is DevicePlatform.Ios or DevicePlatform.Ipados && device.Index % 61 == 7;

    private static bool IsBroken(Device device, CompliancePolicy policy) =>
        policy.Id switch
        {
            71 or 72 => !device.Passcode,
            75 => !device.Encrypted,
            _ => false,
        };

    private static DevicePlatform Family(DevicePlatform platform) =>
        platform switch
        {
            DevicePlatform.Ipados => DevicePlatform.Ios,
            DevicePlatform.Macos => DevicePlatform.Windows,
            _ => platform,
        };
}
