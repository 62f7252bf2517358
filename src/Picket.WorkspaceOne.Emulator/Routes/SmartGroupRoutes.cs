using System.Globalization;
using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Smart groups, and compliance policies, which also are only read.</summary>
internal static class SmartGroupRoutes
{
    private static readonly string[] EmptyLists =
    [
        "CpuArchitectures",
        "DeviceAdditions",
        "DeviceExclusions",
        "EnrollmentCategories",
        "ManagementTypes",
        "Models",
        "OEMAndModels",
        "OperatingSystems",
        "Tags",
        "UserAdditions",
        "UserExclusions",
        "UserGroupExclusions",
        "UserGroups",
    ];

    public static void Add(RouteTable routes)
    {
        routes.Get("mdm/smartgroups/search", (1, Search));
        routes.Get("mdm/smartgroups/{id}", (1, ById));
        routes.Get("mdm/smartgroups/{id}/devices", (1, Devices));
        routes.Get("mdm/compliancepolicy/search", (1, Policies));
    }

    private static Answer Search(ApiCall call)
    {
        if (call.QueryInt("organizationgroupid") is { } id && call.VisibleGroup(id) is null)
        {
            return Refusals.GroupOutOfScope(id);
        }

        var found = Visible(call)
            .Where(group =>
                call.Query("name") is not { } name || group.Name.Contains(name, StringComparison.OrdinalIgnoreCase)
            )
            .ToList();
        return Paging
            .Of(call, found)
            .EnvelopeOrNothing("SmartGroups", (writer, group) => WriteSummary(writer, call, group));
    }

    private static Answer ById(ApiCall call) =>
        call.RouteInt("id") is not { } id ? Answer.NotFoundPage
        : Visible(call).FirstOrDefault(group => group.Id == id) is { } group
            ? Answer.Object(writer => WriteWhole(writer, call, group))
        : NotFound(id, 6);

    private static Answer Devices(ApiCall call)
    {
        if (call.RouteInt("id") is not { } id)
        {
            return Answer.NotFoundPage;
        }

        if (Visible(call).FirstOrDefault(group => group.Id == id) is not { } group)
        {
            return NotFound(id, 400);
        }

        var members = call
            .Tenant.SmartGroups.Members(group)
            .Select(call.Tenant.Fleet.At)
            .Where(device => call.Sees(device.Group))
            .ToList();
        return members.Count == 0
            ? Answer.Nothing
            : Answer.Object(writer =>
                writer.Rows("Devices"u8, members, (row, device) => WriteMember(row, call, device))
            );
    }

    private static Answer Policies(ApiCall call) =>
        Paging
            .Of(call, [call.Tenant.Tree.Customer])
            .Envelope(
                "CompliancePolicy",
                (writer, root) =>
                {
                    writer.WriteNumber("DevicePolicyId"u8, 71);
                    writer.WriteString("Name"u8, "Passcode required");
                    writer.WriteString("Description"u8, "");
                    writer.WriteString("Platform"u8, "Apple");
                    writer.WriteBoolean("IsActive"u8, true);
                    writer.WriteNumber("AssignedDevices"u8, call.Tenant.Fleet.CountIn(root.Index));
                    writer.WriteNumber("RootLocationGroupId"u8, root.Id);
                    writer.WriteString("RootLocationGroupName"u8, root.Name);
                }
            );

    private static IEnumerable<SmartGroup> Visible(ApiCall call) =>
        call.Tenant.SmartGroups.All.Where(group => call.Sees(group.Group));

    private static Answer NotFound(int id, int code) =>
        Answer.Error(400, code, $"Smart Group not found with Id: {id} or User does not have access to it.");

    private static void WriteSummary(Utf8JsonWriter writer, ApiCall call, SmartGroup group)
    {
        var owner = call.Tenant.Tree.At(group.Group);
        writer.WriteString("Name"u8, group.Name);
        writer.WriteNumber("SmartGroupID"u8, group.Id);
        writer.WriteString("SmartGroupUuid"u8, group.Uuid);
        writer.WriteString("ManagedByOrganizationGroupId"u8, owner.Id.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("ManagedByOrganizationGroupUuid"u8, owner.Uuid);
        writer.WriteString("ManagedByOrganizationGroupName"u8, owner.Name);
        writer.WriteNumber("Devices"u8, call.Tenant.SmartGroups.Members(group).Length);
        writer.WriteNumber("Assignments"u8, 0);
        writer.WriteNumber("Exclusions"u8, 0);
    }

    private static void WriteWhole(Utf8JsonWriter writer, ApiCall call, SmartGroup group)
    {
        WriteSummary(writer, call, group);
        writer.WriteString("CriteriaType"u8, "All");
        foreach (var list in EmptyLists)
        {
            writer.WriteStartArray(list);
            writer.WriteEndArray();
        }

        var owner = call.Tenant.Tree.At(group.Group);
        writer.Rows(
            "OrganizationGroups"u8,
            [owner],
            (row, place) =>
            {
                row.WriteString("Id"u8, place.Id.ToString(CultureInfo.InvariantCulture));
                row.WriteString("Name"u8, place.Name);
                row.WriteString("Uuid"u8, place.Uuid);
            }
        );
        WriteTexts(writer, "Ownerships", group.Filter.Ownership ?? "allownerships");
        WriteTexts(writer, "Platforms", group.Filter.Platform);
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, string? text)
    {
        writer.WriteStartArray(name);
        if (text is not null)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static void WriteMember(Utf8JsonWriter writer, ApiCall call, Device device)
    {
        writer.WriteString("Id"u8, device.Id.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("Name"u8, device.FriendlyName);
        writer.WriteString("Model"u8, device.Model.Name);
        writer.WriteString("OSVersion"u8, device.OperatingSystem);
        writer.WriteString("Ownership"u8, device.Ownership);
        writer.WriteString("Platform"u8, device.PlatformName);
        writer.WriteString("Username"u8, call.Tenant.People.User(device.User).UserName);
    }
}
