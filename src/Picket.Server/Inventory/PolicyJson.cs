using System.Text.Json;
using Picket.Core.Devices;
using Picket.WorkspaceOne;

namespace Picket.Server.Inventory;

/// <summary>How the policies that a device breaks are stored with it.</summary>
internal static class PolicyJson
{
    /// <summary>No device should be able to fill the database by being wrong in many ways.</summary>
    private const int Most = 50;
    private const int LongestText = 300;

    /// <summary>Those that are not fulfilled; one that was not evaluated yet is not broken.</summary>
    public static string? Write(UemDeviceCompliance compliance)
    {
        var broken = compliance
            .DeviceCompliance.Where(policy => policy is { CompliantStatus: false, CompliancePending: not true })
            .Where(policy => !string.IsNullOrWhiteSpace(policy.PolicyName))
            .DistinctBy(policy => policy.PolicyName)
            .OrderBy(policy => policy.PolicyName, StringComparer.Ordinal)
            .Take(Most)
            .Select(policy => new BrokenPolicy(
                Short(policy.PolicyName!),
                string.IsNullOrWhiteSpace(policy.PolicyDetail) ? null : Short(policy.PolicyDetail),
                policy.LastComplianceCheck
            ))
            .ToList();
        return broken.Count == 0 ? null : JsonSerializer.Serialize(broken);
    }

    public static IReadOnlyList<BrokenPolicy> Read(string? json) =>
        string.IsNullOrEmpty(json) ? [] : JsonSerializer.Deserialize<List<BrokenPolicy>>(json) ?? [];

    private static string Short(string text) => text.Length <= LongestText ? text : text[..LongestText] + "…";
}
