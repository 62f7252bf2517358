using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>How many devices of each enrolment status a group and each one below it holds itself.</summary>
internal static class GroupDeviceCounts
{
    private static readonly string[] Statuses =
    [
        "Discovered",
        "Registered",
        "EnrollmentInProgress",
        "Enrolled",
        "EnterpriseWipePending",
        "DeviceWipePending",
        "Retired",
        "Unenrolled",
        "AppCatalogOnly",
        "BlackListed",
        "PendingAgent",
        "UnenrolledByFeedbackService",
    ];

    public static Answer Run(ApiCall call)
    {
        if (call.GroupOrOwn("organizationgroupid") is not { } group)
        {
            return Answer.Error(400, 6019, "User does not have access to organization group");
        }

        if (call.QueryDate("seensince") is { } since && since > call.QueryDate("seentill"))
        {
            return Answer.Error(400, 6018, "Start date should be less than end date");
        }

        var filter = new DeviceFilter(group.Index)
        {
            SeenSince = call.QueryDate("seensince"),
            SeenTill = call.QueryDate("seentill"),
        };
        var counts = call
            .Tenant.Fleet.List(filter)
            .Select(call.Tenant.Fleet.CoreAt)
            .CountBy(device => (device.Group, device.EnrollmentStatus.ToUpperInvariant()))
            .ToDictionary();
        return Paging
            .Of(call, call.Tenant.Tree.Within(group).ToList())
            .Envelope("LocationGroups", (writer, row) => Write(writer, row, counts));
    }

    private static void Write(Utf8JsonWriter writer, OrganizationGroup group, Dictionary<(int, string), int> counts)
    {
        writer.WriteNumber("LocationGroupId"u8, group.Id);
        writer.WriteString("LocationGroupName"u8, group.Name);
        writer.WriteStartObject("DeviceCountByEnrollmentStatus"u8);
        var total = 0;
        foreach (var status in Statuses)
        {
            var count = counts.GetValueOrDefault((group.Index, status.ToUpperInvariant()));
            writer.WriteNumber(status, count);
            total += count;
        }

        writer.WriteEndObject();
        writer.WriteNumber("TotalDevices"u8, total);
    }
}
