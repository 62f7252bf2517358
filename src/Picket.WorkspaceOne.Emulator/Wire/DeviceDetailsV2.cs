using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Wire;

/// <summary>One device as <c>devices/{uuid}</c> v2 shows it: camel case, but Links and OSBuildVersion Pascal.</summary>
internal static class DeviceDetailsV2
{
    public static void Write(Utf8JsonWriter writer, ApiCall call, Device device)
    {
        var checkIn = call.Tenant.Fleet.CheckIn(device);
        var group = call.Tenant.Tree.At(device.Group);
        writer.WriteString("udid"u8, device.Udid);
        writer.WriteString("serialNumber"u8, device.SerialNumber);
        writer.WriteString("macAddress"u8, device.MacAddress);
        writer.WriteString("imei"u8, device.Imei);
        writer.WriteString("friendlyName"u8, device.FriendlyName);
        writer.WriteString("organizationGroupName"u8, group.Name);
        // Recorded answers show tenths of a percent here, as text.
        writer.TextNumber("batteryLevelPercentage"u8, checkIn.BatteryPercent * 10);
        writer.WriteBoolean("supervised"u8, device.Supervised);
        writer.WriteBoolean("dataEncrypted"u8, device.Encrypted);
        writer.WriteStartObject("platformInfo"u8);
        writer.WriteString("deviceType"u8, device.PlatformName);
        writer.WriteString("platformName"u8, device.PlatformName);
        writer.WriteString("modelName"u8, device.Model.Name);
        writer.WriteString("osVersion"u8, device.OperatingSystem);
        writer.WriteEndObject();
        writer.WriteStartObject("carrierInfo"u8);
        writer.WriteString("phoneNumber"u8, device.PhoneNumber);
        writer.WriteBoolean("roamingEnabled"u8, false);
        writer.WriteEndObject();
        WriteEnrollment(writer, call, device, group, checkIn);
        writer.WriteString("OSBuildVersion"u8, device.Build);
        WriteLinks(writer, call, device);
        writer.WriteString("uuid"u8, device.Uuid);
    }

    public static void WriteLinks(Utf8JsonWriter writer, ApiCall call, Device device) =>
        writer.Rows(
            "Links"u8,
            [device],
            (row, self) =>
            {
                row.WriteString("Rel"u8, "self");
                row.WriteString("Href"u8, $"http://{call.Uem.Address.Authority}/API/mdm/devices/{self.Uuid}");
            }
        );

    private static void WriteEnrollment(
        Utf8JsonWriter writer,
        ApiCall call,
        Device device,
        OrganizationGroup group,
        CheckIn checkIn
    )
    {
        var user = call.Tenant.People.User(device.User);
        writer.WriteStartObject("enrollmentInfo"u8);
        writer.WriteString("enrollmentStatus"u8, device.EnrollmentStatus.ToUpperInvariant());
        writer.WriteBoolean("compliant"u8, device.ComplianceStatus == "Compliant");
        writer.ZonedDate("enrollmentTimestamp"u8, device.EnrolledOn);
        writer.ZonedDate("lastSeenTimestamp"u8, checkIn.LastSeen);
        writer.WriteString("ownership"u8, DeviceRowsV3.OwnershipName(device.Ownership));
        writer.WriteString("organizationGroupId"u8, group.Uuid);
        writer.WriteString("organizationGroupName"u8, group.Name);
        writer.WriteString("userName"u8, user.UserName);
        writer.WriteString("userEmailAddress"u8, user.Email);
        writer.WriteString("enrollmentUserUuid"u8, user.Uuid);
        writer.WriteString("managedBy"u8, "MDM");
        writer.WriteEndObject();
    }
}
