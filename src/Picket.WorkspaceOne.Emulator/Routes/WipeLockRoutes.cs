using System.Globalization;
using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Commands;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>The lock that holds mass wipes back, and the log of wipes with their approval.</summary>
internal static class WipeLockRoutes
{
    private const int MostUuids = 100;
    private static readonly Answer NoList = Answer.Error(400, 5182, "The list of device wipe uuids must be specified.");

    public static void Add(RouteTable routes)
    {
        routes.Get("system/groups/{id}/device-wipe-lock", (1, State));
        routes.Put("system/groups/{id}/device-wipe-lock", (1, Unlock));
        routes.Get("system/groups/{id}/device-wipes", (1, Wipes));
        routes.Post("system/groups/{id}/device-wipes", (1, Decide));
    }

    private static Answer State(ApiCall call) =>
        Group(call) is not { } group
            ? NotFound(call, 5177)
            : Answer.Object(writer =>
            {
                writer.WriteString("organization_group_uuid"u8, group.Uuid);
                writer.WriteString("state"u8, call.Uem.WipeLock.IsLocked(group.Index) ? "LOCKED" : "UNLOCKED");
            });

    /// <summary>The call has no body, so it can only release the lock (inferred).</summary>
    private static Answer Unlock(ApiCall call)
    {
        if (Group(call) is not { } group)
        {
            return NotFound(call, 5177);
        }

        call.Uem.WipeLock.Set(group.Index, on: false);
        return Answer.Nothing;
    }

    private static Answer Wipes(ApiCall call)
    {
        if (Group(call) is not { } group)
        {
            return NotFound(call, 6008);
        }

        var wanted = call.Query("wipe_status") is { } status && status != "UNKNOWN" ? status : null;
        var type = call.Query("wipe_type") is { } asked && asked != "UNKNOWN" ? asked : null;
        var since = call.QueryDate("start_date");
        var until = call.QueryDate("end_date");
        if (since > until)
        {
            return Answer.Error(422, 1012, "Start date can not be greater than end date.");
        }

        var found = WipesBelow(call, group)
            .Where(wipe => wanted is null || StatusOf(wipe).Equals(wanted, StringComparison.OrdinalIgnoreCase))
            .Where(wipe => type is null || TypeOf(wipe).Equals(type, StringComparison.OrdinalIgnoreCase))
            .Where(wipe => !(wipe.RequestedAt < since) && !(wipe.RequestedAt > until));
        var ordered = call.QueryIs("sort_direction", "DESC") ? found : found.Reverse();
        var page = Paging.Of(call, ordered.ToList(), "page", "page_size");
        return Answer.Object(writer =>
        {
            writer.Rows("device_wipes"u8, page.Rows, (row, wipe) => Write(row, call, wipe));
            writer.WriteNumber("page"u8, page.Number);
            writer.WriteNumber("page_size"u8, page.Size);
            writer.WriteNumber("total_count"u8, page.Total);
        });
    }

    private static Answer Decide(ApiCall call)
    {
        if (Group(call) is not { } group)
        {
            return NotFound(call, 6008);
        }

        var action = call.Query("action") ?? "APPROVE";
        var approve = action.Equals("APPROVE", StringComparison.OrdinalIgnoreCase);
        if (!approve && !action.Equals("REJECT", StringComparison.OrdinalIgnoreCase))
        {
            return Answer.Error(400, 5181, "Invalid actions. Valid actions are APPROVE, REJECT.");
        }

        if (call.Body.ValueKind != JsonValueKind.Array || call.Body.GetArrayLength() == 0)
        {
            return NoList;
        }

        if (call.Body.GetArrayLength() > MostUuids)
        {
            return Answer.Error(400, 5183, "Number of device wipe uuids should not exceed 100.");
        }

        return Decide(call, group, [.. call.Body.EnumerateArray().Select(uuid => uuid.ToString())], approve);
    }

    private static Answer Decide(ApiCall call, OrganizationGroup group, IReadOnlyList<string> uuids, bool approve)
    {
        var known = WipesBelow(call, group).ToDictionary(wipe => wipe.Uuid);
        var unknown = uuids.Where(text => !Guid.TryParse(text, out var uuid) || !known.ContainsKey(uuid)).ToList();
        if (unknown.Count > 0)
        {
            return Answer.Error(404, 5184, $"Server action uuids - {string.Join(", ", unknown)} is not found.");
        }

        foreach (var wipe in uuids.Select(text => known[Guid.Parse(text, CultureInfo.InvariantCulture)]))
        {
            if (approve)
            {
                call.Uem.Life.Approve(wipe);
            }
            else
            {
                call.Uem.Life.Reject(wipe);
            }
        }

        return Answer.Empty(StatusCodes.Status202Accepted);
    }

    private static IEnumerable<DeviceCommand> WipesBelow(ApiCall call, OrganizationGroup group) =>
        call.Uem.Commands.All.Where(command =>
            CommandKind.Saved(command.Name).IsWipe
            && call.Tenant.Tree.IsWithin(call.Tenant.Fleet.At(command.Device).Group, group.Index)
        );

    private static void Write(Utf8JsonWriter writer, ApiCall call, DeviceCommand wipe)
    {
        var device = call.Tenant.Fleet.At(wipe.Device);
        var group = call.Tenant.Tree.At(device.Group);
        writer.WriteString("uuid"u8, wipe.Uuid);
        writer.WriteString("device_uuid"u8, device.Uuid);
        writer.WriteString("device_name"u8, device.FriendlyName);
        writer.WriteString("device_type"u8, Platforms.UpperName(device.Platform));
        writer.WriteString("user"u8, call.Tenant.People.User(device.User).UserName);
        writer.WriteString("organization_group"u8, group.Name);
        writer.WriteString("organization_group_uuid"u8, group.Uuid);
        writer.WriteString(
            "ownership"u8,
            device.Ownership switch
            {
                "C" => "CORPORATE_DEDICATED",
                "E" => "EMPLOYEE_OWNED",
                "S" => "CORPORATE_SHARED",
                _ => "UNKNOWN",
            }
        );
        writer.WriteString("wipe_type"u8, TypeOf(wipe));
        writer.WriteString("status"u8, StatusOf(wipe));
        writer.WriteString("source"u8, wipe.Source is CommandSource.BulkApi ? "BULK_API_ACTION" : "ADMIN_ACTION");
        writer.ZonedDate("event_date"u8, wipe.RequestedAt);
        writer.ZonedDate("last_seen"u8, call.Tenant.Fleet.CheckIn(device).LastSeen);
    }

    private static string TypeOf(DeviceCommand wipe) =>
        wipe.Name == CommandKind.DeviceWipe.Name ? "DEVICE_WIPE" : "ENTERPRISE_WIPE";

    private static string StatusOf(DeviceCommand wipe) =>
        wipe.State switch
        {
            CommandState.Held => "HELD",
            CommandState.Aborted => "ABORTED",
            _ => wipe.Approved ? "APPROVED" : "QUEUED",
        };

    private static OrganizationGroup? Group(ApiCall call) =>
        call.RouteGuid("id") is { } uuid ? call.VisibleGroup(uuid) : null;

    private static Answer NotFound(ApiCall call, int code) =>
        Answer.Error(404, code, $"Organization group Uuid - {call.Route("id")} is not found.");
}
