using System.Globalization;
using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Security and network of many devices, in the older column form: all of it text.</summary>
internal static class DeviceInfoSearches
{
    public static Answer Security(ApiCall call)
    {
        if (call.Query("organizationgroupid") is null || call.GroupOrOwn("organizationgroupid") is not { } group)
        {
            return Answer.Error(400, 6, "Organization Group not found or Admin user does not have access to it.");
        }

        if (call.Query("user") is null)
        {
            return Answer.Error(
                400,
                400,
                "Unknown Error occurred while searching for security information for the device"
            );
        }

        return Paging
            .Of(call, call.Tenant.Fleet.List(Filter(call, group)))
            .Envelope("SecurityInfo", (writer, index) => WriteSecurity(writer, call.Tenant.Fleet.At(index)));
    }

    public static Answer Network(ApiCall call) =>
        call.GroupOrOwn("lgid") is not { } group
            ? Refusals.GroupOutOfScope(call.Query("lgid")!)
            : Paging
                .Of(call, call.Tenant.Fleet.List(Filter(call, group)))
                .EnvelopeOrNothing(
                    "DeviceNetworkDetails",
                    (writer, index) => WriteNetwork(writer, call.Tenant.Fleet.At(index))
                );

    /// <summary>An address of the private range that is each device's own.</summary>
    public static string IpAddress(Device device) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"10.{device.Index >> 16 & 255}.{device.Index >> 8 & 255}.{device.Index & 255}"
        );

    private static DeviceFilter Filter(ApiCall call, OrganizationGroup group) =>
        new(group.Index)
        {
            User = call.Query("user"),
            Platform = call.Query("platform"),
            Ownership = call.Query("ownership"),
            Model = call.Query("model"),
            SeenSince = call.QueryDate("seensince") ?? call.QueryDate("lastseen"),
            Descending = call.QueryIs("sortorder", "DESC"),
        };

    private static void WriteSecurity(Utf8JsonWriter writer, Device device)
    {
        writer.WriteNumber("DeviceId"u8, device.Id);
        writer.WriteString("CompromisedStatus"u8, device.Compromised?.ToString() ?? "");
        writer.WriteString("EncryptionStatus"u8, device.Encrypted ? "Encrypted" : "Not Encrypted");
        writer.WriteString("PasscodeStatus"u8, device.Passcode ? "Present" : "Not Present");
        writer.WriteString("PasscodeComplianceStatus"u8, device.Passcode ? "Compliant" : "Not Compliant");
        writer.WriteNumber("PasscodeLockGracePeriod"u8, 0);
        writer.WriteNumber("PasscodeLockGracePeriodEnforced"u8, 0);
    }

    private static void WriteNetwork(Utf8JsonWriter writer, Device device)
    {
        writer.WriteStartObject("IPAddress"u8);
        writer.WriteString("WifiIPAddress"u8, IpAddress(device));
        writer.WriteString("CellularIPAddress"u8, "");
        writer.WriteString("EthernetIPAddress"u8, "");
        writer.WriteEndObject();
        writer.IdValue("Id"u8, device.Id);
        writer.WriteString("Uuid"u8, device.Uuid);
    }
}
