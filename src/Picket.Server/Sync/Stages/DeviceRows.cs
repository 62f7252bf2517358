using Picket.Server.Inventory;
using Picket.WorkspaceOne;

namespace Picket.Server.Sync.Stages;

/// <summary>What is kept of a listed device. Wi-Fi names, phone numbers and addresses are not even looked at (law 8).</summary>
internal static class DeviceRows
{
    public static DeviceRow Of(UemDevice device, StoredDevice? stored, Guid integration, DateTimeOffset now)
    {
        var row = new DeviceRow
        {
            Id = stored?.Id ?? Guid.CreateVersion7(now),
            IntegrationId = integration,
            RemoteId = device.Id,
            RemoteUuid = device.Uuid,
            FriendlyName = device.FriendlyName,
            SerialNumber = device.SerialNumber,
            Udid = device.Udid,
            Platform = device.Platform ?? device.PlatformRef.Name,
            Model = device.Model,
            OsVersion = device.OperatingSystem,
            OsBuild = device.OperatingSystemBuild,
            SecurityPatchDate = device.SecurityPatchDate is { } patch ? DateOnly.FromDateTime(patch.UtcDateTime) : null,
            Ownership = device.Ownership,
            OrganizationGroupId = device.OrganizationGroup.Id,
            UserRemoteId = device.User.Id,
            UserName = device.UserName,
            EnrollmentStatus = device.EnrollmentStatus,
            ComplianceStatus = device.ComplianceStatus,
            Compromised = device.CompromisedStatus,
            Supervised = device.IsSupervised,
            EnrolledAt = device.LastEnrolledOn,
            ComplianceCheckedAt = device.LastComplianceCheckOn,
            CompromisedCheckedAt = device.LastCompromisedCheckOn,
            LastSeenAt = device.LastSeen,
            Hash = [],
            FirstSeenAt = stored?.FirstSeenAt ?? now,
            JudgingDue = true,
        };
        row.Hash = DeviceHistory.Hash(row).ToBytes();
        return row;
    }
}
