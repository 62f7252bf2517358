using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.SmartGroups;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Smart groups made, changed and deleted, and which of some devices are in which of some groups.</summary>
internal static class SmartGroupWriteRoutes
{
    private const int MostToMap = 50;
    private const int LongestUdid = 200;

    public static void Add(RouteTable routes)
    {
        routes.Post("mdm/smartgroups", (1, Create));
        routes.Put("mdm/smartgroups/{id}", (1, call => Replace(call, Answer.Nothing)));
        // The older form of the same; older clients still send it.
        routes.Post("mdm/smartgroups/{id}/update", (1, call => Replace(call, Answer.Empty())));
        routes.Patch("mdm/smartgroups/{id}", (2, Patch));
        routes.Delete("mdm/smartgroups/{id}", (1, Delete));
        routes.Post("mdm/devices/smartgroups", (1, Map));
    }

    private static Answer Create(ApiCall call)
    {
        var name = call.BodyText("Name");
        if (string.IsNullOrWhiteSpace(name))
        {
            return Answer.Error(400, 6, "SmartGroup name is missing.");
        }

        var group =
            call.BodyText("ManagedByOrganizationGroupId") is null ? call.Scope
            : call.Body.Int("ManagedByOrganizationGroupId") is { } id ? call.VisibleGroup(id)
            : null;
        if (group is null)
        {
            return Refusals.ResourceGroupOutOfScope(call.BodyText("ManagedByOrganizationGroupId")!);
        }

        return Problem(call) is { } refusal ? refusal
            : call.Uem.SmartGroups.Create(name, group.Index, call.Body, Now(call)) is not { } made ? NameTaken
            : Answer.Object(
                writer =>
                {
                    writer.WriteNumber("Value"u8, made.Id);
                    writer.WriteString("uuid"u8, made.Uuid);
                },
                StatusCodes.Status201Created
            );
    }

    private static Answer NameTaken { get; } = Answer.Error(400, 400, "Smart Group with the same name already exists");

    private static Answer Replace(ApiCall call, Answer done) =>
        SmartGroupRoutes.OnGroup(
            call,
            missing: 400,
            group =>
                Problem(call) is { } refusal ? refusal
                : call.Uem.SmartGroups.Replace(group, call.BodyText("Name") ?? group.Name, call.Body, Now(call)) ? done
                : NameTaken
        );

    private static Answer? Problem(ApiCall call) =>
        call.BodyText("CriteriaType")?.ToUpperInvariant() switch
        {
            null or "ALL" => null,
            "USERDEVICE" when SmartGroupCriteria.Read(call.Body).HasAdditions => null,
            "USERDEVICE" => Answer.Error(
                400,
                400,
                "Please add atleast one user or device, to create a smart group of user device type."
            ),
            _ => Answer.Error(
                400,
                400,
                "Smart Group Criteia Type is incorrect. Correct values for criteria type are All or UserDevice."
            ),
        };

    /// <summary>Lists in camel case that replace those of the same name; the others stay.</summary>
    private static Answer Patch(ApiCall call)
    {
        if (call.RouteGuid("id") is not { } uuid)
        {
            return Answer.NotFoundPage;
        }

        if (SmartGroupRoutes.Visible(call).FirstOrDefault(one => one.Uuid == uuid) is not { } group)
        {
            return Answer.Error(404, 5032, "Smart Group is not found");
        }

        if (!group.Criteria.ByRule)
        {
            return Answer.Error(400, 6, "Invalid Rules for Smart group of type UserDevice");
        }

        var lists = group.Lists.ToDictionary(
            list => list.Key,
            list => call.Body.Member(NewerName(list.Key)) ?? list.Value
        );
        call.Uem.SmartGroups.Replace(group, group.Name, JsonSerializer.SerializeToElement(lists), Now(call));
        return Answer.Object(writer =>
        {
            writer.WriteString("name"u8, group.Name);
            writer.WriteString("managedBy"u8, call.Tenant.Tree.At(group.Group).Name);
            writer.WriteNumber("id"u8, group.Id);
            writer.WriteString("uuid"u8, group.Uuid);
            WriteTexts(writer, "platforms"u8, lists["Platforms"]);
            WriteTexts(writer, "ownerships"u8, lists["Ownerships"]);
        });
    }

    private static string NewerName(string list) =>
        list switch
        {
            "DeviceAdditions" => "devices",
            "UserAdditions" => "users",
            _ => list,
        };

    private static void WriteTexts(Utf8JsonWriter writer, ReadOnlySpan<byte> name, JsonElement list)
    {
        writer.WritePropertyName(name);
        list.WriteTo(writer);
    }

    private static Answer Delete(ApiCall call) =>
        SmartGroupRoutes.OnGroup(
            call,
            missing: 400,
            group =>
            {
                if (call.Uem.Apps.AssignedTo(group).Concat(call.Uem.Apps.Excluding(group)).Any())
                {
                    return Answer.Error(
                        400,
                        400,
                        "This smart group has one or more dependency. Please unassign the smart group from the dependency and try deleting again."
                    );
                }

                call.Uem.SmartGroups.Delete(group);
                return Answer.Nothing;
            }
        );

    private static Answer Map(ApiCall call)
    {
        var udids = call.Body.Texts("device_udids");
        var uuids = call.Body.Texts("smartgroup_filter_uuids");
        if (MapProblem(call, udids, uuids) is { } problem)
        {
            return Answer.Error(422, 1012, problem);
        }

        if (call.Body.Uuid("organization_group_uuid") is not { } uuid || call.VisibleGroup(uuid) is null)
        {
            return Answer.Error(403, 5027, "No organization group found for the given organization group UUID.");
        }

        var devices = udids.ToDictionary(udid => udid, udid => DeviceSearch.Find(call, "Udid", udid));
        var groups = uuids.ToDictionary(
            text => text,
            text => SmartGroupRoutes.Visible(call).FirstOrDefault(group => group.Uuid.ToString() == text)
        );
        return Answer.Json(writer => WriteMap(writer, call, devices, groups));
    }

    private static string? MapProblem(ApiCall call, IReadOnlyList<string> udids, IReadOnlyList<string> uuids) =>
        call.BodyText("organization_group_uuid") is null ? "Organization group uuid cannot be empty."
        : udids.Count == 0 ? "Device udid list cannot be empty."
        : udids.Count > MostToMap ? "Device udids count cannot exceed 50."
        : udids.Any(udid => udid.Length > LongestUdid) ? "Device udid length cannot exceed 200."
        : uuids.Count == 0 ? "Smartgroup uuid list cannot be empty."
        : uuids.Count > MostToMap ? "Smartgroup uuids count cannot exceed 50."
        : null;

    private static void WriteMap(
        Utf8JsonWriter writer,
        ApiCall call,
        Dictionary<string, Device?> devices,
        Dictionary<string, SmartGroup?> groups
    )
    {
        var members = groups
            .Values.OfType<SmartGroup>()
            .Select(group => (group.Uuid, Members: call.Uem.SmartGroups.Members(group)))
            .ToList();
        writer.WriteStartArray();
        writer.WriteStartObject();
        writer.Rows(
            "device_membership"u8,
            devices.Where(device => device.Value is not null),
            (row, device) =>
            {
                row.WriteString("DeviceUdid"u8, device.Key);
                row.WriteStartArray("SmartGroups"u8);
                foreach (var (uuid, indexes) in members)
                {
                    if (indexes.AsSpan().BinarySearch(device.Value!.Index) >= 0)
                    {
                        row.WriteStringValue(uuid);
                    }
                }

                row.WriteEndArray();
            }
        );
        WriteMissing(writer, "invalid_device_list"u8, devices);
        WriteMissing(writer, "invalid_smartgroup_list"u8, groups);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void WriteMissing<T>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, Dictionary<string, T?> asked)
        where T : class
    {
        writer.WriteStartArray(name);
        foreach (var (text, found) in asked)
        {
            if (found is null)
            {
                writer.WriteStringValue(text);
            }
        }

        writer.WriteEndArray();
    }

    private static DateTime Now(ApiCall call) => call.Uem.Time.GetUtcNow().UtcDateTime;
}
