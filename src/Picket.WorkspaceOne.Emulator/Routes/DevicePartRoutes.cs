using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>What is read one device at a time: security, network, compliance, user, certificates.</summary>
internal static class DevicePartRoutes
{
    private static readonly Answer BadDeviceId = Answer.Error(
        403,
        5035,
        "Passed Device Id is not valid or its not accessable to the user"
    );

    private delegate Answer Part(ApiCall call, Device device);

    public static void Add(RouteTable routes)
    {
        // Each part is read by number in the path, and by any id in the query.
        Both(routes, "security", Security, BadDeviceId);
        Both(routes, "compliance", Compliance, DeviceIds.NotFound, ComplianceOfQuery);
        Both(routes, "network", Network, DeviceIds.NotFound);
        Both(routes, "user", User, DeviceIds.NotFound);
        Both(routes, "certificates", Certificates, DeviceIds.NotFound);
        Both(routes, "profiles", ProfileRoutes.OfDevice, DeviceIds.NotFound);
        routes.Get("mdm/devices/securityinfosearch", (1, DeviceInfoSearches.Security));
        routes.Get("mdm/devices/networkinfosearch", (1, DeviceInfoSearches.Network));
    }

    /// <param name="ofQuery">Null: both forms answer alike.</param>
    private static void Both(RouteTable routes, string name, Part part, Answer missing, Part? ofQuery = null)
    {
        routes.Get(
            $"mdm/devices/{{id}}/{name}",
            (
                1,
                call =>
                    call.RouteInt("id") is null ? Answer.NotFoundPage
                    : DeviceIds.FromRoute(call) is { } device ? part(call, device)
                    : missing
            )
        );
        routes.Get(
            $"mdm/devices/{name}",
            (
                1,
                call =>
                    DeviceIds.FromQuery(call) is ({ } device, _)
                        ? (ofQuery ?? part)(call, device)
                        : DeviceIds.FromQuery(call).Refusal!
            )
        );
    }

    private static Answer Security(ApiCall call, Device device) =>
        device.EnrollmentStatus == "Registered"
            ? Answer.Error(404, 8, "Security info not found for the specified device.")
            : Answer.Object(writer => WriteSecurity(writer, device));

    private static void WriteSecurity(Utf8JsonWriter writer, Device device)
    {
        if (device.Compromised is { } compromised)
        {
            writer.WriteBoolean("IsCompromised"u8, compromised);
        }

        var encrypted = device.Encrypted;
        writer.WriteBoolean("DataProtectionEnabled"u8, encrypted && device.Passcode);
        writer.WriteBoolean("BlockLevelEncryption"u8, encrypted && !CompliancePolicies.EncryptsFilesOnly(device));
        writer.WriteBoolean("FileLevelEncryption"u8, encrypted && device.Platform is not DevicePlatform.Windows);
        writer.WriteBoolean("IsEncrypted"u8, encrypted);
        writer.WriteString("EncryptionStatus"u8, encrypted ? "Encrypted" : "Not Encrypted");
        writer.WriteBoolean("IsPasscodePresent"u8, device.Passcode);
        writer.WriteBoolean("IsPasscodeCompliant"u8, device.Passcode);
        writer.WriteNumber("PasscodeLockGracePeriod"u8, 0);
        writer.WriteNumber("PasscodeLockGracePeriodEnforced"u8, 0);
    }

    private static Answer ComplianceOfQuery(ApiCall call, Device device) =>
        Paging.Of(call, CompliancePolicies.Of(device)).Envelope("DeviceCompliance", WritePolicy);

    private static Answer Compliance(ApiCall call, Device device) =>
        Answer.Object(writer =>
        {
            var policies = CompliancePolicies.Of(device);
            writer.Rows("DeviceCompliance"u8, policies, WriteCompliance);
            writer.WriteString("OverallCompliantStatus"u8, device.ComplianceStatus);
            writer.WriteNumber("Page"u8, 0);
            writer.WriteNumber("PageSize"u8, 500);
            writer.WriteNumber("Total"u8, policies.Count);
        });

    /// <summary>204 for a device that never reported.</summary>
    private static Answer Network(ApiCall call, Device device)
    {
        if (device.EnrollmentStatus == "Registered")
        {
            return Answer.Nothing;
        }

        return Answer.Object(writer =>
        {
            writer.WriteBoolean("RoamingStatus"u8, false);
            writer.WriteBoolean("DataRoamingEnabled"u8, false);
            writer.WriteBoolean("VoiceRoamingEnabled"u8, false);
            writer.WriteString("PhoneNumber"u8, device.PhoneNumber);
            writer.WriteStartObject("IPAddress"u8);
            writer.WriteString("WifiIPAddress"u8, DeviceInfoSearches.IpAddress(device));
            writer.WriteEndObject();
            writer.WriteStartObject("WifiInfo"u8);
            writer.WriteString("WifiMacAddress"u8, device.MacAddress);
            writer.WriteString("SignalStrength"u8, "");
            writer.WriteEndObject();
            if (device.PhoneNumber.Length > 0)
            {
                WriteCellular(writer);
            }
        });
    }

    private static void WriteCellular(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("CellularNetworkInfo"u8);
        writer.WriteString("CurrentOperator"u8, "Example Mobile");
        writer.WriteString("SubscriberCarrierNetwork"u8, "Example Mobile");
        writer.WriteStartObject("DeviceMCC"u8);
        writer.WriteString("SIMMCC"u8, "310");
        writer.WriteString("CurrentMCC"u8, "310");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static Answer User(ApiCall call, Device device) =>
        Answer.Object(writer =>
        {
            writer.WriteStartObject("DeviceUser"u8);
            UserRoutes.Write(writer, call, call.Tenant.People.User(device.User));
            writer.WriteEndObject();
        });

    /// <summary>One identity certificate per enrolled device: the one that it enrolled with.</summary>
    private static Answer Certificates(ApiCall call, Device device)
    {
        var page = Paging.Of(call, device.IsEnrolled ? [device] : Array.Empty<Device>());
        return page.Envelope(
            "DeviceCertificates",
            (writer, owner) =>
            {
                writer.IdValue("Id"u8, owner.Id + 700_000);
                writer.WriteString("Name"u8, "Device identity");
                writer.WriteString("IssuedBy"u8, "Northwind Device CA");
                writer.Date("ExpiresOn"u8, owner.EnrolledOn.AddYears(5));
                // Text, as booleans often are here.
                writer.WriteString("IsIdentity"u8, "True");
                writer.WriteNumber("Status"u8, 2);
                writer.Reference("DeviceId"u8, owner.Id, owner.FriendlyName, owner.Uuid);
            }
        );
    }

    private static void WriteCompliance(Utf8JsonWriter writer, PolicyOfDevice policy)
    {
        writer.WriteBoolean("CompliancePending"u8, policy.Device.ComplianceStatus == "PendingComplianceCheck");
        WritePolicy(writer, policy);
    }

    private static void WritePolicy(Utf8JsonWriter writer, PolicyOfDevice policy)
    {
        writer.WriteString("PolicyName"u8, policy.Policy.Name);
        writer.WriteString("PolicyDetail"u8, policy.Policy.Asks);
        writer.WriteBoolean("CompliantStatus"u8, policy.IsFulfilled);
        writer.Date("LastComplianceCheck"u8, policy.Device.EnrolledOn.AddMinutes(1));
        writer.Date("NextComplianceCheck"u8, DateTime.MinValue);
        writer.WriteStartArray("ActionTaken"u8);
        writer.WriteEndArray();
        writer.IdValue("Id"u8, policy.Policy.Id);
    }
}
