namespace Picket.WorkspaceOne.Emulator.Tests.Facts;

/// <summary>Section 2.6: devices.</summary>
public sealed class DeviceFacts
{
    [Fact]
    public async Task A_row_has_the_recorded_members_in_their_order()
    {
        await using var visitor = await Visitor.ComeAsync();
        var names = (await visitor.ReadAsync("mdm/devices/search", 2)).GetProperty("Devices")[0].Names();
        string[] recorded =
        [
            .. "EasIds TimeZone Udid SerialNumber MacAddress Imei EasId AssetNumber DeviceFriendlyName".Split(' '),
            .. "DeviceReportedName LocationGroupId LocationGroupName UserId UserName DataProtectionStatus".Split(' '),
            .. "UserEmailAddress Ownership PlatformId Platform ModelId Model OperatingSystem PhoneNumber".Split(' '),
            .. "LastSeen EnrollmentStatus ComplianceStatus CompromisedStatus LastEnrolledOn".Split(' '),
            .. "LastComplianceCheckOn LastCompromisedCheckOn IsSupervised VirtualMemory OEMInfo".Split(' '),
            .. "IsDeviceDNDEnabled IsDeviceLocatorEnabled IsCloudBackupEnabled IsActivationLockEnabled".Split(' '),
            .. "IsNetworkTethered BatteryLevel IsRoaming SystemIntegrityProtectionEnabled".Split(' '),
            .. "ProcessorArchitecture TotalPhysicalMemory AvailablePhysicalMemory OSBuildVersion".Split(' '),
            .. "EnrollmentUserUuid ManagedBy WifiSsid DepTokenSource Id Uuid".Split(' '),
        ];
        Assert.Equal(recorded, names.Where(recorded.Contains));
    }

    [Fact]
    public async Task Compliance_is_told_in_the_recorded_words()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 400 });
        var rows = (await visitor.ReadAsync("mdm/devices/search", 2)).GetProperty("Devices").EnumerateArray();
        var words = rows.Select(row => row.GetProperty("ComplianceStatus").GetString()!).ToHashSet();
        Assert.Superset(new HashSet<string> { "Compliant", "PendingComplianceCheck" }, words);
    }

    [Fact]
    public async Task Details_of_version_2_are_camel_with_the_battery_as_text()
    {
        await using var visitor = await Visitor.ComeAsync();
        var details = await visitor.ReadAsync($"mdm/devices/{visitor.Host.Fleet.All.First().Uuid}", 2);
        Assert.True(int.TryParse(details.GetProperty("batteryLevelPercentage").GetString(), out var battery));
        Assert.InRange(battery, 0, 1000);
        Assert.Superset(
            new HashSet<string> { "udid", "serialNumber", "platformInfo", "carrierInfo", "enrollmentInfo", "uuid" },
            details.Names().ToHashSet()
        );
    }

    [Fact]
    public async Task A_missing_device_of_version_2_is_404_with_5061()
    {
        await using var visitor = await Visitor.ComeAsync();
        using var response = await visitor.GetAsync($"mdm/devices/{Guid.NewGuid()}", 2);
        await Visitor.RefusedAsync(response, 404, 5061, "Device not found for this request.");
    }
}
