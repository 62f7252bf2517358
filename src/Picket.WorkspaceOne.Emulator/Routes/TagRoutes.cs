using System.Globalization;
using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Tags;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Tags by number (v1), and the routes whose path serves numbers in v1 and uuids from v2 on.</summary>
internal static class TagRoutes
{
    private const int LongestName = 255;

    public static void Add(RouteTable routes)
    {
        routes.Get("mdm/tags/search", (1, Search), (2, TagRoutesV2.Search));
        routes.Post("mdm/tags/addtag", (1, Create));
        routes.Post("mdm/tags/{id}/update", (1, Update));
        routes.Delete("mdm/tags/{id}", (1, Delete), (2, TagRoutesV2.Delete));
        routes.Get("mdm/tags/{id}/devices", (1, Devices), (2, TagRoutesV2.Devices));
        routes.Post("mdm/tags/{id}/adddevices", (1, call => Bulk(call, TagBulk.Attach)));
        routes.Post("mdm/tags/{id}/removedevices", (1, call => Bulk(call, TagBulk.Detach)));
    }

    private static Answer Search(ApiCall call)
    {
        var id = call.QueryInt("organizationgroupid");
        var group = id is { } asked ? call.VisibleGroup(asked) : call.Scope;
        if (group is null)
        {
            return Refusals.GroupOutOfScope(id!);
        }

        var found = call
            .Uem.Tags.All.Where(tag =>
                tag.Group == group.Index || call.QueryIs("includeglobalogtags", "true") && tag.Group == 0
            )
            .Where(tag =>
                call.Query("name") is not { } name || tag.Name.Contains(name, StringComparison.OrdinalIgnoreCase)
            )
            .ToList();
        return Paging.Of(call, found).Envelope("Tags", Write);
    }

    private static void Write(Utf8JsonWriter writer, Tag tag)
    {
        writer.IdValue("Id"u8, tag.Id);
        writer.WriteString("TagName"u8, tag.Name);
        writer.WriteString("TagAvatar"u8, tag.Avatar);
        writer.Date("DateTagged"u8, tag.CreatedAt);
        writer.WriteString("Uuid"u8, tag.Uuid);
    }

    private static Answer Create(ApiCall call)
    {
        var id = call.BodyText("LocationGroupId") ?? "";
        if (
            !int.TryParse(id, CultureInfo.InvariantCulture, out var number)
            || call.VisibleGroup(number) is not { } group
        )
        {
            return Refusals.GroupOutOfScope(id);
        }

        if (NameProblem(call, call.BodyText("TagName"), group.Index) is { } problem)
        {
            return Answer.Error(400, 6, problem);
        }

        var tag = call.Uem.Tags.Create(call.BodyText("TagName")!, group.Index, call.BodyText("TagAvatar"));
        return Answer.Object(writer => writer.WriteNumber("Value"u8, tag.Id));
    }

    internal static string? NameProblem(ApiCall call, string? name, int group) =>
        string.IsNullOrWhiteSpace(name) ? "Tag name cannot be null or empty."
        : name.Length > LongestName ? "Tag name cannot exceed 255 characters"
        : call.Uem.Tags.ByName(name, group) is not null ? $"Tag name: {name} already exists."
        : null;

    private static Answer Update(ApiCall call)
    {
        if (Find(call) is not { } tag)
        {
            return Refusals.InvalidTag;
        }

        call.Uem.Tags.Rename(tag, call.BodyText("TagName") ?? tag.Name);
        return Answer.Empty();
    }

    private static Answer Delete(ApiCall call)
    {
        if (Find(call) is not { } tag)
        {
            return Answer.Error(400, 400, "Invalid tag id");
        }

        if (call.Uem.Tags.Carriers(tag).Count > 0)
        {
            return Answer.Error(
                400,
                400,
                $"Unable to delete the tag: {tag.Name} since its already associated with the device"
            );
        }

        call.Uem.Tags.Delete(tag);
        return Answer.Empty();
    }

    /// <summary>Unpaged, however many there are.</summary>
    private static Answer Devices(ApiCall call)
    {
        if (Find(call) is not { } tag)
        {
            return Refusals.InvalidTag;
        }

        return Answer.Object(writer =>
            writer.Rows(
                "Device"u8,
                TagBulk.VisibleCarriers(call, tag),
                (row, carrier) =>
                {
                    row.WriteNumber("DeviceId"u8, carrier.Device.Id);
                    row.WriteString("FriendlyName"u8, carrier.Device.FriendlyName);
                    row.Date("DateTagged"u8, carrier.Since);
                    row.WriteString("DeviceUuid"u8, carrier.Device.Uuid);
                    row.Date("DeviceLastSeen"u8, call.Tenant.Fleet.CheckIn(carrier.Device).LastSeen);
                }
            )
        );
    }

    private static Answer Bulk(ApiCall call, TagBulk.Step step)
    {
        if (Find(call) is not { } tag)
        {
            return Refusals.InvalidTag;
        }

        return TagBulk.Run(call, tag, step, value => FindDevice(call, value), tooLargeCode: 6);
    }

    /// <summary>Device ids come as text; a uuid is accepted as well, as the server's own error texts say.</summary>
    private static Device? FindDevice(ApiCall call, string value) =>
        int.TryParse(value, CultureInfo.InvariantCulture, out var id) ? call.Tenant.Fleet.ById(id)
        : Guid.TryParse(value, out var uuid) ? call.Tenant.Fleet.ByUuid(uuid)
        : null;

    private static Tag? Find(ApiCall call) =>
        call.RouteInt("id") is { } id && call.Uem.Tags.ById(id) is { } tag && call.Sees(tag.Group) ? tag : null;
}
