using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Wire;

/// <summary>A device as the v3 listing shows it: snake case, but Id and Uuid Pascal; enums by name.</summary>
internal sealed class DeviceRowsV3(Tenant tenant)
{
    public void Write(Utf8JsonWriter writer, int index)
    {
        var device = tenant.Fleet.At(index);
        var checkIn = tenant.Fleet.CheckIn(device);
        var user = tenant.People.User(device.User);
        var group = tenant.Tree.At(device.Group);
        writer.IdValue("Id"u8, device.Id);
        writer.WriteString("Uuid"u8, device.Uuid);
        writer.WriteString("udid"u8, device.Udid);
        writer.WriteString("serial_number"u8, device.SerialNumber);
        writer.WriteString("mac_address"u8, device.MacAddress);
        writer.WriteString("imei"u8, device.Imei);
        writer.WriteString("device_friendly_name"u8, device.FriendlyName);
        writer.WriteString("device_type"u8, Platforms.UpperName(device.Platform));
        writer.WriteString("model"u8, device.Model.Name);
        writer.WriteString("model_identifier"u8, device.Model.Identifier);
        writer.Reference("model_id"u8, device.Model.Id, device.Model.Name);
        writer.WriteString("oem_info"u8, device.Model.Maker);
        writer.WriteString("operating_system"u8, device.OperatingSystem);
        writer.WriteString("os_build_version"u8, device.Build);
        writer.WriteString("ownership"u8, OwnershipName(device.Ownership));
        writer.WriteString("organization_group_name"u8, group.Name);
        writer.WriteString("organization_group_uuid"u8, group.Uuid);
        writer.WriteString("enrollment_user_name"u8, user.UserName);
        writer.WriteString("enrollment_user_email_address"u8, user.Email);
        writer.WriteString("enrollment_user_uuid"u8, user.Uuid);
        WriteState(writer, device, checkIn);
    }

    private static void WriteState(Utf8JsonWriter writer, Device device, CheckIn checkIn)
    {
        writer.WriteString("enrollment_status"u8, UpperSnake(device.EnrollmentStatus));
        writer.WriteString("compliance_status"u8, ComplianceName(device.ComplianceStatus));
        if (device.Compromised is { } compromised)
        {
            writer.WriteBoolean("compromised_status"u8, compromised);
        }

        writer.ZonedDate("last_seen"u8, checkIn.LastSeen);
        writer.ZonedDate("last_enrolled_on"u8, device.EnrolledOn);
        writer.WriteBoolean("is_supervised"u8, device.Supervised);
        writer.WriteString("battery_level"u8, $"{checkIn.BatteryPercent}%");
        writer.WriteString("managed_by"u8, "MDM");
        if (device.SecurityPatch is { } patch)
        {
            writer.ZonedDate("security_patch_date"u8, patch.ToDateTime(TimeOnly.MinValue));
        }
    }

    internal static string OwnershipName(string letter) =>
        letter switch
        {
            "C" => "CORPORATE",
            "E" => "EMPLOYEE",
            "S" => "SHARED",
            _ => "UNDEFINED",
        };

    internal static string OwnershipLetter(string name) =>
        name.ToUpperInvariant() switch
        {
            "CORPORATE" or "CORPORATEDEDICATED" => "C",
            "EMPLOYEE" or "EMPLOYEEOWNED" => "E",
            "SHARED" or "CORPORATESHARED" => "S",
            "UNDEFINED" => "Undefined",
            _ => name,
        };

    internal static string ComplianceName(string status) =>
        status == "NonCompliant" ? "NOT_COMPLIANT" : UpperSnake(status);

    internal static string UpperSnake(string pascal) =>
        string.Concat(pascal.Select((letter, at) => at > 0 && char.IsUpper(letter) ? "_" + letter : letter.ToString()))
            .ToUpperInvariant();
}
