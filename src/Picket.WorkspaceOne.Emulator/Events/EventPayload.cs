using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Events;

/// <summary>Which recorded form notifications take.</summary>
public enum EventPayloadForm
{
    /// <summary>Since 2021: dates with zone, 26 members.</summary>
    Modern,

    /// <summary>2013 and 2014: <c>/Date(ms)/</c>, MACAddress <c>System.Byte[]</c>, fewer members.</summary>
    Old,
}

/// <summary>
/// What is posted to a subscriber, in the order of recorded payloads. The form of XML was never recorded: here it is
/// the same members as elements.
/// </summary>
internal static class EventPayload
{
    // Recorded: a deleted device is told of with this name and hardly anything else.
    private const string Deleting = "DELETE IN PROGRESS...";

    private static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Text(
        EventFormat format,
        EventPayloadForm form,
        DeviceEventType type,
        Device device,
        Tenant tenant,
        DateTime at
    )
    {
        var user = tenant.People.User(device.User);
        var members =
            form is EventPayloadForm.Old ? Old(type, device, user, at)
            : type.Box is DeviceEvents.Delete ? Deleted(type, device, user, at)
            : Modern(type, device, user, tenant.Tree.At(device.Group).Name, at);
        return format is EventFormat.Json ? Json(members) : Xml(members);
    }

    private static List<(string, object?)> Modern(
        DeviceEventType type,
        Device device,
        EnrollmentUser user,
        string group,
        DateTime at
    ) =>
        [
            .. Head(type, device, user, Zoned(at)),
            ("CompromisedStatus", Compromised(device)),
            ("CompromisedTimeStamp", Zoned(at)),
            ("ComplianceStatus", device.ComplianceStatus),
            ("PhoneNumber", device.PhoneNumber),
            ("Udid", device.Udid),
            ("SerialNumber", device.SerialNumber),
            ("MACAddress", device.MacAddress),
            ("DeviceIMEI", device.Imei),
            ("EnrollmentUserId", user.Id),
            ("AssetNumber", ""),
            ("Platform", device.PlatformName),
            ("OperatingSystem", device.OperatingSystem),
            ("Ownership", Ownership(device)),
            ("SIMMCC", device.PhoneNumber.Length > 0 ? "310" : ""),
            ("CurrentMCC", device.PhoneNumber.Length > 0 ? "310" : ""),
            ("OrganizationGroupName", group),
            ("DeviceUUID", device.Uuid),
            ("EnrollmentUserUUID", user.Uuid),
        ];

    private static List<(string, object?)> Deleted(
        DeviceEventType type,
        Device device,
        EnrollmentUser user,
        DateTime at
    ) =>
        [
            .. Head(type, device with { FriendlyName = Deleting, EnrollmentStatus = "Unknown" }, user, Zoned(at)),
            ("CompromisedStatus", null),
            ("CompromisedTimeStamp", "0001-01-01T00:00:00"),
            ("ComplianceStatus", null),
            ("PhoneNumber", null),
            ("Udid", device.Udid),
            ("SerialNumber", device.SerialNumber),
            ("MACAddress", null),
            ("DeviceIMEI", null),
            ("EnrollmentUserId", 0),
            ("AssetNumber", device.Udid),
            ("Platform", null),
            ("OperatingSystem", null),
            ("Ownership", null),
            ("SIMMCC", null),
            ("CurrentMCC", null),
            ("OrganizationGroupName", null),
        ];

    private static List<(string, object?)> Old(DeviceEventType type, Device device, EnrollmentUser user, DateTime at) =>
        [
            .. Head(type with { Type = type.OldType }, device, user, Milliseconds(at)),
            ("CompromisedStatus", Compromised(device)),
            ("CompromisedTimeStamp", Milliseconds(at)),
            ("ComplianceStatus", device.ComplianceStatus),
            ("PhoneNumber", device.PhoneNumber),
            ("Udid", device.Udid),
            ("SerialNumber", device.SerialNumber),
            // Recorded so: the server printed the type of its bytes.
            ("MACAddress", "System.Byte[]"),
        ];

    private static List<(string, object?)> Head(
        DeviceEventType type,
        Device device,
        EnrollmentUser user,
        string time
    ) =>
        [
            ("EventId", type.Id),
            ("EventType", type.Type),
            ("DeviceId", device.Id),
            ("DeviceFriendlyName", device.FriendlyName),
            ("EnrollmentEmailAddress", user.Email),
            ("EnrollmentUserName", user.UserName),
            ("EventTime", time),
            ("EnrollmentStatus", device.EnrollmentStatus),
        ];

    // Recordings show an empty text for a healthy device; what stands there for a compromised one is inferred.
    private static string Compromised(Device device) => device.Compromised is true ? "Compromised" : "";

    private static string Ownership(Device device) =>
        device.Ownership switch
        {
            "C" => "CorporateDedicated",
            "E" => "EmployeeOwned",
            "S" => "CorporateShared",
            _ => "Undefined",
        };

    private static string Zoned(DateTime at) =>
        at.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);

    private static string Milliseconds(DateTime at) =>
        string.Create(CultureInfo.InvariantCulture, $"/Date({new DateTimeOffset(at).ToUnixTimeMilliseconds()})/");

    private static string Json(List<(string Name, object? Value)> members) =>
        JsonSerializer.Serialize(members.ToDictionary(member => member.Name, member => member.Value), Relaxed);

    private static string Xml(List<(string Name, object? Value)> members)
    {
        var text = new StringBuilder("<DeviceEventNotification>");
        foreach (var (name, value) in members)
        {
            var inner = WebUtility.HtmlEncode(Convert.ToString(value, CultureInfo.InvariantCulture));
            text.Append(CultureInfo.InvariantCulture, $"<{name}>{inner}</{name}>");
        }

        return text.Append("</DeviceEventNotification>").ToString();
    }
}
