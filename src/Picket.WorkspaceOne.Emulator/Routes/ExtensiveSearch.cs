using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>The search with a window on last contact that also tells enrolment dates and unenrolled devices.</summary>
internal static class ExtensiveSearch
{
    public static Answer Run(ApiCall call)
    {
        var id = call.QueryInt("organizationgroupid");
        var group = id is { } asked ? call.VisibleGroup(asked) : call.Scope;
        if (group is null)
        {
            return Refusals.GroupOutOfScope(id!);
        }

        var filter = new DeviceFilter(group.Index)
        {
            Platform = call.Query("platform"),
            EnrollmentStatus = call.Query("enrollmentstatus"),
            SeenSince = call.QueryDate("startdatetime"),
            SeenTill = call.QueryDate("enddatetime"),
        };
        return Paging
            .Of(call, call.Tenant.Fleet.List(filter))
            .EnvelopeOrNothing("Devices", (writer, index) => Write(writer, call, call.Tenant.Fleet.At(index)));
    }

    private static void Write(Utf8JsonWriter writer, ApiCall call, Device device)
    {
        var group = call.Tenant.Tree.At(device.Group);
        writer.WriteNumber("DeviceId"u8, device.Id);
        writer.WriteString("DeviceUuid"u8, device.Uuid);
        writer.WriteString("Udid"u8, device.Udid);
        writer.WriteString("SerialNumber"u8, device.SerialNumber);
        writer.WriteString("DeviceFriendlyName"u8, device.FriendlyName);
        writer.WriteNumber("OrganizationGroupId"u8, group.Id);
        writer.WriteString("OrganizationGroupUuid"u8, group.Uuid);
        writer.WriteString("UserName"u8, call.Tenant.People.User(device.User).UserName);
        writer.Date("LastSeen"u8, call.Tenant.Fleet.CheckIn(device).LastSeen);
        writer.Date("EnrollmentDate"u8, device.EnrolledOn);
        writer.WriteString("EnrollmentStatus"u8, device.EnrollmentStatus);
        if (device.EnrollmentStatus == "Unenrolled" && device.SilentSince is { } since)
        {
            writer.Date("UnEnrolledDate"u8, since);
        }

        writer.WriteBoolean("Compliant"u8, device.ComplianceStatus == "Compliant");
        writer.WriteString("AssetNumber"u8, "");
    }
}
