using System.Globalization;
using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.SmartGroups;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Smart groups, read.</summary>
internal static class SmartGroupRoutes
{
    public static void Add(RouteTable routes)
    {
        routes.Get("mdm/smartgroups/search", (1, Search));
        routes.Get("mdm/smartgroups/{id}", (1, ById));
        routes.Get("mdm/smartgroups/{id}/devices", (1, Devices));
        routes.Get("mdm/smartgroups/{id}/apps", (1, Apps));
        routes.Get("mdm/devices/{id}/smartgroups", (1, OfDevice));
    }

    private static Answer Search(ApiCall call)
    {
        if (call.GroupOrOwn("organizationgroupid") is not { } scope)
        {
            return Refusals.GroupOutOfScope(call.Query("organizationgroupid")!);
        }

        var (from, till) = (call.QueryDate("modifiedfrom"), call.QueryDate("modifiedtill"));
        if (from > till)
        {
            return Answer.Error(
                400,
                6,
                $"ModifiedFrom should be less than ModifiedTill. But, {from} is greater than {till}"
            );
        }

        var found = Visible(call)
            .Where(group => call.Tenant.Tree.IsWithin(group.Group, scope.Index))
            .Where(group => ManagedBy(call, group))
            .Where(group =>
                call.Query("name") is not { } name || group.Name.Contains(name, StringComparison.OrdinalIgnoreCase)
            )
            .Where(group => !(group.ModifiedAt < from) && !(group.ModifiedAt > till))
            .ToList();
        return Paging
            .Of(call, found)
            .EnvelopeOrNothing("SmartGroups", (writer, group) => WriteSummary(writer, call, group));
    }

    private static bool ManagedBy(ApiCall call, SmartGroup group) =>
        call.QueryInt("managedbyorganizationgroupid") is not { } id || call.Tenant.Tree.At(group.Group).Id == id;

    private static Answer ById(ApiCall call) =>
        OnGroup(call, missing: 6, group => Answer.Object(writer => WriteWhole(writer, call, group)));

    private static Answer Devices(ApiCall call) =>
        OnGroup(
            call,
            missing: 400,
            group =>
            {
                var (since, till) = (call.QueryDate("seensince"), call.QueryDate("seentill"));
                var members = call.Listed<Device>([
                    .. call
                        .Uem.SmartGroups.Members(group)
                        .Select(call.Tenant.Fleet.At)
                        .Where(device => call.Sees(device.Group))
                        .Where(device => (since ?? till) is null || WasSeen(call, device, since, till)),
                ]);
                return members.Count == 0
                    ? Answer.Nothing
                    : Answer.Object(writer =>
                        writer.Rows("Devices"u8, members, (row, device) => WriteMember(row, call, device))
                    );
            }
        );

    private static bool WasSeen(ApiCall call, Device device, DateTime? since, DateTime? till)
    {
        var seen = call.Tenant.Fleet.CheckIn(device).LastSeen;
        return !(seen < since) && !(seen > till);
    }

    /// <summary>A bare array.</summary>
    private static Answer Apps(ApiCall call) =>
        OnGroup(
            call,
            missing: 400,
            group =>
                Answer.Json(writer =>
                {
                    writer.WriteStartArray();
                    foreach (var app in call.Uem.Apps.AssignedTo(group))
                    {
                        writer.WriteStartObject();
                        writer.WriteString("applicationName"u8, app.Name);
                        writer.WriteString("bundleId"u8, app.BundleId);
                        writer.WriteNumber("id"u8, app.Id);
                        writer.WriteString("managedBy"u8, call.Tenant.Tree.At(app.Group).Name);
                        writer.WriteString("platform"u8, Platforms.Name(app.Platform));
                        writer.WriteString("uuid"u8, app.Uuid);
                        writer.WriteString("version"u8, app.Version);
                        writer.WriteEndObject();
                    }

                    writer.WriteEndArray();
                })
        );

    private static Answer OfDevice(ApiCall call) =>
        call.RouteInt("id") is null ? Answer.NotFoundPage
        : DeviceIds.FromRoute(call) is not { } device ? Answer.Error(404, 404, "Device not found for this request.")
        : Answer.Object(writer =>
            writer.Rows(
                "SmartGroup"u8,
                Visible(call)
                    .Where(group => call.Uem.SmartGroups.Members(group).AsSpan().BinarySearch(device.Index) >= 0),
                (row, group) =>
                {
                    row.IdValue("SmartGroupId"u8, group.Id);
                    row.WriteString("SmartGroupName"u8, group.Name);
                }
            )
        );

    public static IEnumerable<SmartGroup> Visible(ApiCall call) =>
        call.Uem.SmartGroups.All.Where(group => call.Sees(group.Group));

    public static SmartGroup? Find(ApiCall call, int id) => Visible(call).FirstOrDefault(group => group.Id == id);

    /// <summary>The same text for every method, with a code that differs: 6 when read, 400 when deleted.</summary>
    public static Answer NotFound(object id, int code) =>
        Answer.Error(400, code, $"Smart Group not found with Id: {id} or User does not have access to it.");

    public static Answer OnGroup(ApiCall call, int missing, Func<SmartGroup, Answer> act) =>
        call.RouteInt("id") is not { } id ? Answer.NotFoundPage
        : Find(call, id) is { } group ? act(group)
        : NotFound(id, missing);

    private static void WriteSummary(Utf8JsonWriter writer, ApiCall call, SmartGroup group)
    {
        var owner = call.Tenant.Tree.At(group.Group);
        writer.WriteString("Name"u8, group.Name);
        writer.WriteNumber("SmartGroupID"u8, group.Id);
        writer.WriteString("SmartGroupUuid"u8, group.Uuid);
        writer.WriteString("ManagedByOrganizationGroupId"u8, owner.Id.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("ManagedByOrganizationGroupUuid"u8, owner.Uuid);
        writer.WriteString("ManagedByOrganizationGroupName"u8, owner.Name);
        writer.WriteNumber("Devices"u8, call.Uem.SmartGroups.Members(group).Length);
        writer.WriteNumber("Assignments"u8, call.Uem.Apps.AssignedTo(group).Count());
        writer.WriteNumber("Exclusions"u8, call.Uem.Apps.Excluding(group).Count());
    }

    private static void WriteWhole(Utf8JsonWriter writer, ApiCall call, SmartGroup group)
    {
        WriteSummary(writer, call, group);
        writer.WriteString("CriteriaType"u8, group.Criteria.ByRule ? "All" : "UserDevice");
        foreach (var name in SmartGroupCriteria.ListNames)
        {
            writer.WritePropertyName(name);
            group.Lists[name].WriteTo(writer);
        }
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
