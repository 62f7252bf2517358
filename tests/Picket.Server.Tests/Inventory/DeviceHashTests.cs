using Picket.Server.Inventory;

namespace Picket.Server.Tests.Inventory;

/// <summary>What is hashed is what is compared: an attribute that was left out would never be seen to change.</summary>
public sealed class DeviceHashTests
{
    public static TheoryData<string, object?> Lasting =>
        new()
        {
            { nameof(DeviceRow.RemoteUuid), Guid.NewGuid() },
            { nameof(DeviceRow.FriendlyName), "Another name" },
            { nameof(DeviceRow.SerialNumber), "S2" },
            { nameof(DeviceRow.Udid), "U2" },
            { nameof(DeviceRow.Platform), "Android" },
            { nameof(DeviceRow.Model), "Pixel 9" },
            { nameof(DeviceRow.ModelIdentifier), "iPhone17,1" },
            { nameof(DeviceRow.OsVersion), "18.6" },
            { nameof(DeviceRow.OsBuild), "22G86" },
            { nameof(DeviceRow.SecurityPatchDate), new DateOnly(2026, 9, 5) },
            { nameof(DeviceRow.Ownership), "E" },
            { nameof(DeviceRow.OrganizationGroupId), 571 },
            { nameof(DeviceRow.UserRemoteId), 9 },
            { nameof(DeviceRow.UserName), "somebody.else" },
            { nameof(DeviceRow.EnrollmentStatus), "Unenrolled" },
            { nameof(DeviceRow.ComplianceStatus), "NonCompliant" },
            { nameof(DeviceRow.Compromised), true },
            { nameof(DeviceRow.Compromised), null },
            { nameof(DeviceRow.Supervised), true },
            { nameof(DeviceRow.EnrolledAt), DateTimeOffset.UnixEpoch.AddDays(2) },
        };

    public static TheoryData<string, object?> Volatile =>
        new()
        {
            { nameof(DeviceRow.LastSeenAt), DateTimeOffset.UnixEpoch.AddDays(2) },
            { nameof(DeviceRow.ComplianceCheckedAt), DateTimeOffset.UnixEpoch.AddDays(2) },
            { nameof(DeviceRow.CompromisedCheckedAt), DateTimeOffset.UnixEpoch.AddDays(2) },
        };

    [Theory]
    [MemberData(nameof(Lasting))]
    public void A_lasting_attribute_that_changes_changes_the_hash_and_is_told(string attribute, object? value)
    {
        var (before, after) = (Device(), Device(attribute, value));
        Assert.NotEqual(DeviceHistory.Hash(before), DeviceHistory.Hash(after));
        Assert.Single(DeviceHistory.Between(before, after, DateTimeOffset.UnixEpoch, Guid.Empty));
    }

    [Theory]
    [MemberData(nameof(Volatile))]
    public void A_time_that_moves_at_every_contact_changes_neither(string attribute, object? value)
    {
        var (before, after) = (Device(), Device(attribute, value));
        Assert.Equal(DeviceHistory.Hash(before), DeviceHistory.Hash(after));
        Assert.Empty(DeviceHistory.Between(before, after, DateTimeOffset.UnixEpoch, Guid.Empty));
    }

    private static DeviceRow Device(string attribute, object? value)
    {
        var device = Device();
        typeof(DeviceRow).GetProperty(attribute)!.SetValue(device, value);
        return device;
    }

    private static DeviceRow Device() =>
        new()
        {
            Id = Guid.Empty,
            IntegrationId = Guid.Empty,
            RemoteId = 1,
            FriendlyName = "A name",
            SerialNumber = "S1",
            Udid = "U1",
            Platform = "Apple",
            Model = "iPhone 16",
            OsVersion = "18.5",
            Ownership = "C",
            OrganizationGroupId = 570,
            UserRemoteId = 8,
            UserName = "somebody",
            EnrollmentStatus = "Enrolled",
            ComplianceStatus = "Compliant",
            Compromised = false,
            Supervised = false,
            EnrolledAt = DateTimeOffset.UnixEpoch,
            Hash = [],
        };
}
