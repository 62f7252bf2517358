using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Wire;

/// <summary>
/// A device as v1 and v2 listings show it, members in the order of recorded answers; nulls are left out. A listing of
/// 100,000 devices is 190 MB, so rows are put together from constant pieces instead of member by member.
/// </summary>
internal sealed class DeviceRows(Tenant tenant)
{
    private readonly DeviceFleet fleet = tenant.Fleet;

    public void Write(Utf8JsonWriter writer, int index) => Write(writer, fleet.At(index));

    public void Write(Utf8JsonWriter writer, Device device) => Write(writer, device, details: false);

    /// <summary>The single device, which carries its compliance and its network beside what a row has.</summary>
    public void WriteDetails(Utf8JsonWriter writer, Device device) => Write(writer, device, details: true);

    private void Write(Utf8JsonWriter writer, Device device, bool details)
    {
        using var row = new RowText();
        var checkIn = fleet.CheckIn(device);
        var user = tenant.People.User(device.User);
        WriteIdentity(row, device);
        WriteOwner(row, device, user);
        WriteSystem(row, device);
        WriteState(row, device, checkIn);
        WriteHardware(row, device, checkIn);
        if (details)
        {
            WriteCompliance(row, device);
        }

        WriteTail(row, device, user);
        writer.WriteRawValue(row.Written, skipInputValidation: true);
    }

    private static void WriteIdentity(RowText row, Device device)
    {
        row.Raw("""{"EasIds":{},"TimeZone":"","Udid":"""u8).Text(device.Udid);
        row.Raw(""","SerialNumber":"""u8).Text(device.SerialNumber);
        row.Raw(""","MacAddress":"""u8).Text(device.MacAddress);
        row.Raw(""","Imei":"""u8).Text(device.Imei);
        row.Raw(""","EasId":"","AssetNumber":"""u8).Text(device.AssetNumber);
        row.Raw(""","DeviceFriendlyName":"""u8).Text(device.FriendlyName);
        row.Raw(""","DeviceReportedName":"""u8);
        row.Text(device.Platform is DevicePlatform.Android ? "" : FirstWord(device.FriendlyName));
    }

    private static ReadOnlySpan<char> FirstWord(string text) =>
        text.AsSpan(0, text.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var end ? end : text.Length);

    private void WriteOwner(RowText row, Device device, EnrollmentUser user)
    {
        var group = tenant.Tree.At(device.Group);
        row.Raw(""","LocationGroupId":"""u8).Reference(group.Id, group.Name, group.Uuid);
        row.Raw(""","LocationGroupName":"""u8).Text(group.Name);
        row.Raw(""","UserId":"""u8).Reference(user.Id, user.FirstName + " " + user.LastName, user.Uuid);
        row.Raw(""","UserName":"""u8).Text(user.UserName);
        row.Raw(""","DataProtectionStatus":0,"UserEmailAddress":"""u8).Text(user.Email);
        row.Raw(""","Ownership":"""u8).Text(device.Ownership);
    }

    private static void WriteSystem(RowText row, Device device)
    {
        row.Raw(""","PlatformId":"""u8).Reference(device.PlatformId, device.PlatformName, null);
        row.Raw(""","Platform":"""u8).Text(device.PlatformName);
        row.Raw(""","ModelId":"""u8).Reference(device.Model.Id, device.Model.Name, null);
        row.Raw(""","Model":"""u8).Text(device.Model.Name);
        row.Raw(""","OperatingSystem":"""u8).Text(device.OperatingSystem);
        row.Raw(""","PhoneNumber":"""u8).Text(device.PhoneNumber);
    }

    private static void WriteState(RowText row, Device device, CheckIn checkIn)
    {
        var registeredOnly = device.EnrollmentStatus == "Registered";
        var judged = device.ComplianceStatus is "Compliant" or "NonCompliant";
        row.Raw(""","LastSeen":"""u8).Date(checkIn.LastSeen);
        row.Raw(""","EnrollmentStatus":"""u8).Text(device.EnrollmentStatus);
        row.Raw(""","ComplianceStatus":"""u8).Text(device.ComplianceStatus);
        if (device.Compromised is { } compromised)
        {
            row.Raw(""","CompromisedStatus":"""u8).Truth(compromised);
        }

        row.Raw(""","LastEnrolledOn":"""u8).Date(registeredOnly ? DateTime.MinValue : device.EnrolledOn);
        row.Raw(""","LastComplianceCheckOn":"""u8).Date(judged ? device.EnrolledOn.AddMinutes(1) : DateTime.MinValue);
        row.Raw(""","LastCompromisedCheckOn":"""u8);
        row.Date(device.Compromised is null ? DateTime.MinValue : checkIn.LastSeen);
        row.Raw(""","IsSupervised":"""u8).Truth(device.Supervised);
    }

    private static void WriteHardware(RowText row, Device device, CheckIn checkIn)
    {
        if (device.PhoneNumber.Length > 0)
        {
            row.Raw(""","DeviceMCC":{"SIMMCC":"310","CurrentMCC":"310"}"""u8);
        }

        row.Raw(""","VirtualMemory":0,"OEMInfo":"""u8).Text(device.Model.Maker);
        if (device.Platform is not DevicePlatform.Windows)
        {
            row.Raw(""","DeviceCapacity":127989493760,"AvailableDeviceCapacity":"""u8);
            row.Number((long)checkIn.AvailableCapacity);
        }

        row.Raw(""","IsDeviceDNDEnabled":false,"IsDeviceLocatorEnabled":"""u8).Truth(device.Supervised);
        row.Raw(""","IsCloudBackupEnabled":false,"IsActivationLockEnabled":"""u8).Truth(device.Supervised);
        row.Raw(""","IsNetworkTethered":false,"BatteryLevel":"""u8).Percent(checkIn.BatteryPercent);
        row.Raw(""","IsRoaming":false,"SystemIntegrityProtectionEnabled":"""u8);
        row.Truth(device.Platform is DevicePlatform.Macos);
        row.Raw(""","ProcessorArchitecture":"""u8).Number(device.Platform is DevicePlatform.Windows ? 9 : 0);
        row.Raw(""","TotalPhysicalMemory":5931000000,"AvailablePhysicalMemory":"""u8).Number(checkIn.AvailableMemory);
        row.Raw(""","OSBuildVersion":"""u8).Text(device.Build);
    }

    private static void WriteCompliance(RowText row, Device device)
    {
        row.Raw(""","ComplianceSummary":{"DeviceCompliance":["""u8);
        if (device.ComplianceStatus is "Compliant" or "NonCompliant")
        {
            row.Raw("""{"CompliantStatus":"""u8).Truth(device.ComplianceStatus == "Compliant");
            row.Raw(
                ""","PolicyName":"Passcode required","PolicyDetail":"Passcode is present","LastComplianceCheck":"""u8
            );
            row.Date(device.EnrolledOn.AddMinutes(1)).Raw(""","NextComplianceCheck":"""u8).Date(DateTime.MinValue);
            row.Raw(""","ActionTaken":[],"Id":{"Value":71}}"""u8);
        }

        row.Raw("""]},"DeviceNetworkInfo":[{"ConnectionType":"Wifi","MACAddress":"""u8).Text(device.MacAddress);
        row.Raw("}]"u8);
    }

    private static void WriteTail(RowText row, Device device, EnrollmentUser user)
    {
        row.Raw(""","EnrollmentUserUuid":"""u8).Uuid(user.Uuid);
        row.Raw(""","ManagedBy":1,"WifiSsid":"""u8)
            .Text(device.Platform is DevicePlatform.Android ? "<unknown ssid>" : "");
        row.Raw(""","DepTokenSource":0"""u8);
        if (device.SecurityPatch is { } patch)
        {
            row.Raw(""","SecurityPatchDate":"""u8).Date(patch.ToDateTime(TimeOnly.MinValue));
            row.Raw(""","SystemUpdateReceivedTime":"""u8).Date(DateTime.MinValue);
            row.Raw(""","IsSecurityPatchUpdate":false"""u8);
        }

        row.Raw(""","EnrolledViaDEP":"""u8).Truth(device.Supervised);
        row.Raw(""","Id":{"Value":"""u8).Number(device.Id);
        row.Raw("""},"Uuid":"""u8).Uuid(device.Uuid);
        row.Raw("}"u8);
    }
}
