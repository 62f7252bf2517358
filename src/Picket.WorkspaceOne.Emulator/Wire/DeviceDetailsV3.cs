using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Wire;

/// <summary>One device as <c>devices/{uuid}</c> v3 shows it: snake case, Links Pascal.</summary>
internal static class DeviceDetailsV3
{
    public static void Write(Utf8JsonWriter writer, ApiCall call, Device device)
    {
        var checkIn = call.Tenant.Fleet.CheckIn(device);
        var group = call.Tenant.Tree.At(device.Group);
        writer.WriteNumber("id"u8, device.Id);
        writer.WriteString("uuid"u8, device.Uuid);
        writer.WriteString("udid"u8, device.Udid);
        writer.WriteString("serial_number"u8, device.SerialNumber);
        writer.WriteString("mac_address"u8, device.MacAddress);
        writer.WriteString("imei"u8, device.Imei);
        writer.WriteString("friendly_name"u8, device.FriendlyName);
        writer.WriteString("organization_group_name"u8, group.Name);
        writer.WriteString("battery_level_percentage"u8, $"{checkIn.BatteryPercent}");
        writer.WriteBoolean("supervised"u8, device.Supervised);
        writer.WriteBoolean("data_encrypted"u8, device.Encrypted);
        writer.WriteString("passcode_present"u8, device.Passcode ? "YES" : "NO");
        writer.WriteString("passcode_compliant"u8, device.Passcode ? "YES" : "NO");
        writer.WriteString("os_build_version"u8, device.Build);
        if (device.SecurityPatch is { } patch)
        {
            writer.ZonedDate("security_patch_date"u8, patch.ToDateTime(TimeOnly.MinValue));
        }

        WritePlatform(writer, device);
        WriteEnrollment(writer, call, device, group, checkIn);
        DeviceDetailsV2.WriteLinks(writer, call, device);
    }

    private static void WritePlatform(Utf8JsonWriter writer, Device device)
    {
        writer.WriteStartObject("platform_info"u8);
        writer.WriteString("device_type"u8, Platforms.UpperName(device.Platform));
        writer.WriteString("platform_name"u8, device.PlatformName);
        writer.WriteString("model"u8, device.Model.Name);
        writer.WriteString("model_identifier"u8, device.Model.Identifier);
        writer.WriteString("oem_info"u8, device.Model.Maker);
        writer.WriteString("os_version"u8, device.OperatingSystem);
        writer.WriteEndObject();
        writer.WriteStartObject("carrier_info"u8);
        writer.WriteString("phone_number"u8, device.PhoneNumber);
        writer.WriteBoolean("roaming_enabled"u8, false);
        writer.WriteEndObject();
    }

    private static void WriteEnrollment(
        Utf8JsonWriter writer,
        ApiCall call,
        Device device,
        OrganizationGroup group,
        CheckIn checkIn
    )
    {
        var user = call.Tenant.People.User(device.User);
        writer.WriteStartObject("enrollment_info"u8);
        writer.WriteString("enrollment_status"u8, DeviceRowsV3.UpperSnake(device.EnrollmentStatus));
        writer.WriteString("compliance_status"u8, DeviceRowsV3.ComplianceName(device.ComplianceStatus));
        writer.ZonedDate("enrollment_timestamp"u8, device.EnrolledOn);
        writer.ZonedDate("last_seen_timestamp"u8, checkIn.LastSeen);
        writer.WriteString("ownership"u8, DeviceRowsV3.OwnershipName(device.Ownership));
        writer.WriteString("organization_group_uuid"u8, group.Uuid);
        writer.WriteString("organization_group_name"u8, group.Name);
        writer.WriteString("enrollment_user_name"u8, user.UserName);
        writer.WriteString("enrollment_user_email_address"u8, user.Email);
        writer.WriteString("enrollment_user_uuid"u8, user.Uuid);
        writer.WriteString("managed_by"u8, "MDM");
        writer.WriteEndObject();
    }
}
