using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Wire;

/// <summary>A device as v1 and v2 listings show it, members in the order of recorded answers; nulls are left out.</summary>
internal sealed class DeviceRows(Tenant tenant)
{
    private readonly DeviceFleet fleet = tenant.Fleet;

    public void Write(Utf8JsonWriter writer, int index) => Write(writer, fleet.At(index));

    public void Write(Utf8JsonWriter writer, Device device)
    {
        var checkIn = fleet.CheckIn(device);
        var user = tenant.People.User(device.User);
        WriteIdentity(writer, device);
        WriteOwner(writer, device, user);
        WriteSystem(writer, device);
        WriteState(writer, device, checkIn);
        WriteHardware(writer, device, checkIn);
        WriteTail(writer, device, user);
    }

    private static void WriteIdentity(Utf8JsonWriter writer, Device device)
    {
        writer.WriteStartObject("EasIds"u8);
        writer.WriteEndObject();
        writer.WriteString("TimeZone"u8, "");
        writer.WriteString("Udid"u8, device.Udid);
        writer.WriteString("SerialNumber"u8, device.SerialNumber);
        writer.WriteString("MacAddress"u8, device.MacAddress);
        writer.WriteString("Imei"u8, device.Imei);
        writer.WriteString("EasId"u8, "");
        writer.WriteString("AssetNumber"u8, "");
        writer.WriteString("DeviceFriendlyName"u8, device.FriendlyName);
        writer.WriteString(
            "DeviceReportedName"u8,
            device.Platform is DevicePlatform.Android ? "" : device.FriendlyName.Split(' ')[0]
        );
    }

    private void WriteOwner(Utf8JsonWriter writer, Device device, EnrollmentUser user)
    {
        var group = tenant.Tree.At(device.Group);
        writer.Reference("LocationGroupId"u8, group.Id, group.Name, group.Uuid);
        writer.WriteString("LocationGroupName"u8, group.Name);
        writer.WriteStartObject("UserId"u8);
        writer.IdValue("Id"u8, user.Id);
        writer.WriteString("Name"u8, $"{user.FirstName} {user.LastName}");
        writer.WriteString("Uuid"u8, user.Uuid);
        writer.WriteEndObject();
        writer.WriteString("UserName"u8, user.UserName);
        writer.WriteNumber("DataProtectionStatus"u8, 0);
        writer.WriteString("UserEmailAddress"u8, user.Email);
        writer.WriteString("Ownership"u8, device.Ownership);
    }

    private static void WriteSystem(Utf8JsonWriter writer, Device device)
    {
        writer.Reference("PlatformId"u8, device.PlatformId, device.PlatformName);
        writer.WriteString("Platform"u8, device.PlatformName);
        writer.Reference("ModelId"u8, device.Model.Id, device.Model.Name);
        writer.WriteString("Model"u8, device.Model.Name);
        writer.WriteString("OperatingSystem"u8, device.OperatingSystem);
        writer.WriteString("PhoneNumber"u8, device.PhoneNumber);
    }

    private static void WriteState(Utf8JsonWriter writer, Device device, CheckIn checkIn)
    {
        var registeredOnly = device.EnrollmentStatus == "Registered";
        writer.Date("LastSeen"u8, checkIn.LastSeen);
        writer.WriteString("EnrollmentStatus"u8, device.EnrollmentStatus);
        writer.WriteString("ComplianceStatus"u8, device.ComplianceStatus);
        if (device.Compromised is { } compromised)
        {
            writer.WriteBoolean("CompromisedStatus"u8, compromised);
        }

        writer.Date("LastEnrolledOn"u8, registeredOnly ? DateTime.MinValue : device.EnrolledOn);
        writer.Date(
            "LastComplianceCheckOn"u8,
            device.ComplianceStatus is "Compliant" or "NonCompliant"
                ? device.EnrolledOn.AddMinutes(1)
                : DateTime.MinValue
        );
        writer.Date("LastCompromisedCheckOn"u8, device.Compromised is null ? DateTime.MinValue : checkIn.LastSeen);
        writer.WriteBoolean("IsSupervised"u8, device.Supervised);
    }

    private static void WriteHardware(Utf8JsonWriter writer, Device device, CheckIn checkIn)
    {
        if (device.PhoneNumber.Length > 0)
        {
            writer.WriteStartObject("DeviceMCC"u8);
            writer.WriteString("SIMMCC"u8, "310");
            writer.WriteString("CurrentMCC"u8, "310");
            writer.WriteEndObject();
        }

        writer.WriteNumber("VirtualMemory"u8, 0);
        writer.WriteString("OEMInfo"u8, device.Model.Maker);
        if (device.Platform is not DevicePlatform.Windows)
        {
            writer.WriteNumber("DeviceCapacity"u8, 127_989_493_760d);
            writer.WriteNumber("AvailableDeviceCapacity"u8, checkIn.AvailableCapacity);
        }

        writer.WriteBoolean("IsDeviceDNDEnabled"u8, false);
        writer.WriteBoolean("IsDeviceLocatorEnabled"u8, device.Supervised);
        writer.WriteBoolean("IsCloudBackupEnabled"u8, false);
        writer.WriteBoolean("IsActivationLockEnabled"u8, device.Supervised);
        writer.WriteBoolean("IsNetworkTethered"u8, false);
        writer.WriteString("BatteryLevel"u8, $"{checkIn.BatteryPercent}%");
        writer.WriteBoolean("IsRoaming"u8, false);
        writer.WriteBoolean("SystemIntegrityProtectionEnabled"u8, device.Platform is DevicePlatform.Macos);
        writer.WriteNumber("ProcessorArchitecture"u8, device.Platform is DevicePlatform.Windows ? 9 : 0);
        writer.WriteNumber("TotalPhysicalMemory"u8, 5_931_000_000);
        writer.WriteNumber("AvailablePhysicalMemory"u8, checkIn.AvailableMemory);
        writer.WriteString("OSBuildVersion"u8, device.Build);
    }

    private static void WriteTail(Utf8JsonWriter writer, Device device, EnrollmentUser user)
    {
        writer.WriteString("EnrollmentUserUuid"u8, user.Uuid);
        writer.WriteNumber("ManagedBy"u8, 1);
        writer.WriteString("WifiSsid"u8, device.Platform is DevicePlatform.Android ? "<unknown ssid>" : "");
        writer.WriteNumber("DepTokenSource"u8, 0);
        if (device.SecurityPatch is { } patch)
        {
            writer.Date("SecurityPatchDate"u8, patch.ToDateTime(TimeOnly.MinValue));
            writer.Date("SystemUpdateReceivedTime"u8, DateTime.MinValue);
            writer.WriteBoolean("IsSecurityPatchUpdate"u8, false);
        }

        writer.WriteBoolean("EnrolledViaDEP"u8, device.Supervised);
        writer.IdValue("Id"u8, device.Id);
        writer.WriteString("Uuid"u8, device.Uuid);
    }
}
