using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.SmartGroups;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>
/// The search with a window on last contact that also tells enrolment dates and unenrolled devices, and its light form.
/// </summary>
internal static class ExtensiveSearch
{
    public static Answer Run(ApiCall call)
    {
        var (from, till) = (call.QueryDate("statuschangestarttime"), call.QueryDate("statuschangeendtime"));
        return Search(
            call,
            call.QueryDate("startdatetime"),
            call.QueryDate("enddatetime"),
            device => (from ?? till) is null || StatusChangedWithin(device, from, till),
            page =>
            {
                var groups = SmartGroupsOf(call, page);
                return page.EnvelopeOrNothing("Devices", (writer, device) => Write(writer, call, device, groups));
            }
        );
    }

    public static Answer RunLite(ApiCall call) =>
        Search(
            call,
            call.QueryDate("seensince"),
            call.QueryDate("seentill"),
            _ => true,
            page => page.EnvelopeOrNothing("Devices", (writer, device) => WriteLite(writer, call, device))
        );

    private static Answer Search(
        ApiCall call,
        DateTime? since,
        DateTime? till,
        Func<Device, bool> which,
        Func<Page<Device>, Answer> answer
    )
    {
        if (call.GroupOrOwn("organizationgroupid") is not { } group)
        {
            return Refusals.GroupOutOfScope(call.Query("organizationgroupid")!);
        }

        var fleet = call.Tenant.Fleet;
        var filter = new DeviceFilter(group.Index)
        {
            Platform = call.Query("platform"),
            EnrollmentStatus = call.Query("enrollmentstatus"),
            SeenSince = since,
            SeenTill = till,
        };
        var narrow = new[]
        {
            "deviceid",
            "macaddress",
            "customattributes",
            "statuschangestarttime",
            "statuschangeendtime",
        };
        var found = fleet.List(filter);
        if (narrow.Any(name => call.Query(name) is not null))
        {
            found = [.. found.Where(index => IsAsked(call, fleet.At(index)) && which(fleet.At(index)))];
        }

        var page = Paging.Of(call, found);
        return answer(new Page<Device>([.. page.Rows.Select(fleet.At)], page.Number, page.Size, page.Total));
    }

    private static bool IsAsked(ApiCall call, Device device) =>
        (call.QueryInt("deviceid") is not { } id || device.Id == id)
        && (call.Query("macaddress") is null || call.QueryIs("macaddress", device.MacAddress))
        && (
            call.Query("customattributes") is not { } names
            || call.Uem.CustomAttributes.Of(device.Index).Any(one => names.Split(',').Contains(one.Name))
        );

    /// <summary>A device changed its status when it enrolled and when it left; nothing else is known of its past.</summary>
    private static bool StatusChangedWithin(Device device, DateTime? from, DateTime? till)
    {
        var changed = device is { EnrollmentStatus: "Unenrolled", SilentSince: { } left } ? left : device.EnrolledOn;
        return !(changed < from) && !(changed > till);
    }

    /// <summary>Asked once per page, so that a page costs one evaluation of each smart group.</summary>
    private static ILookup<int, SmartGroup> SmartGroupsOf(ApiCall call, Page<Device> page)
    {
        var wanted = page.Rows.Select(device => device.Index).ToHashSet();
        return SmartGroupRoutes
            .Visible(call)
            .SelectMany(group =>
                call.Uem.SmartGroups.Members(group).Where(wanted.Contains).Select(index => (index, group))
            )
            .ToLookup(pair => pair.index, pair => pair.group);
    }

    private static void Write(Utf8JsonWriter writer, ApiCall call, Device device, ILookup<int, SmartGroup> groups)
    {
        WriteLite(writer, call, device);
        writer.WriteString("SerialNumber"u8, device.SerialNumber);
        writer.WriteString("UserName"u8, call.Tenant.People.User(device.User).UserName);
        writer.Date("EnrollmentDate"u8, device.EnrolledOn);
        writer.WriteString("EnrollmentStatus"u8, device.EnrollmentStatus);
        if (device.EnrollmentStatus == "Unenrolled" && device.SilentSince is { } since)
        {
            writer.Date("UnEnrolledDate"u8, since);
        }

        writer.WriteBoolean("Compliant"u8, device.ComplianceStatus == "Compliant");
        writer.WriteString("AssetNumber"u8, device.AssetNumber);
        writer.Rows(
            "SmartGroups"u8,
            groups[device.Index],
            (row, group) =>
            {
                row.WriteNumber("SmartGroupId"u8, group.Id);
                row.WriteString("SmartGroupUuid"u8, group.Uuid);
                row.WriteString("Name"u8, group.Name);
            }
        );
        writer.WriteStartArray("Products"u8);
        writer.WriteEndArray();
    }

    private static void WriteLite(Utf8JsonWriter writer, ApiCall call, Device device)
    {
        var group = call.Tenant.Tree.At(device.Group);
        writer.WriteNumber("DeviceId"u8, device.Id);
        writer.WriteString("DeviceUuid"u8, device.Uuid);
        writer.WriteString("Udid"u8, device.Udid);
        writer.WriteString("DeviceFriendlyName"u8, device.FriendlyName);
        writer.WriteNumber("OrganizationGroupId"u8, group.Id);
        writer.WriteString("OrganizationGroupUuid"u8, group.Uuid);
        writer.Date("LastSeen"u8, call.Tenant.Fleet.CheckIn(device).LastSeen);
        CustomAttributeRoutes.Write(writer, call, device, "ApplicationGroup");
    }
}
