using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Tags;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Tags by uuid: v2 and v3.</summary>
internal static class TagRoutesV2
{
    private const int LargestPage = 500;
    private const int LongestSearch = 64;

    private static readonly Answer InvalidUuid = Answer.Error(400, 6, "Invalid tag uuid");

    public static void Add(RouteTable routes)
    {
        routes.Post("mdm/tags", (3, Create));
        routes.Put("mdm/tags/{id}", (2, Rename));
        routes.Post("mdm/tags/{id}/devices", (2, call => Bulk(call, TagBulk.Attach)));
        routes.Delete("mdm/tags/{id}/devices", (2, call => Bulk(call, TagBulk.Detach)));
        routes.Get("mdm/devices/{id}/tags", (1, OfDevice));
        routes.Post("mdm/devices/{id}/tags/{tag}", (1, Attach));
        routes.Delete("mdm/devices/{id}/tags/{tag}", (1, Detach));
    }

    public static Answer Search(ApiCall call)
    {
        if (call.Query("organization-group-uuid") is not { } text || !Guid.TryParse(text, out var uuid))
        {
            return Invalid("Organization uuid is required.");
        }

        if (call.VisibleGroup(uuid) is not { } group)
        {
            return Refusals.ResourceGroupOutOfScope(uuid, 404, 6);
        }

        if (call.QueryInt("page_size") is <= 0 or > LargestPage)
        {
            return Invalid("Page size is positive integer and it should not exceed 500.");
        }

        if (call.Query("search_text")?.Length > LongestSearch)
        {
            return Invalid("Search text should not exceed 64 characters.");
        }

        var found = call
            .Uem.Tags.All.Where(tag => tag.Group == group.Index)
            .Where(tag =>
                call.Query("search_text") is not { } part || tag.Name.Contains(part, StringComparison.OrdinalIgnoreCase)
            )
            .ToList();
        var page = Paging.Of(call, found, "page", "page_size");
        return Answer.Object(writer =>
        {
            writer.Rows(
                "tags"u8,
                page.Rows,
                (row, tag) =>
                {
                    row.WriteString("uuid"u8, tag.Uuid);
                    row.WriteString("name"u8, tag.Name);
                    row.WriteString("organization_group_uuid"u8, group.Uuid);
                    row.WriteString("organization_group_name"u8, group.Name);
                    row.WriteBoolean("system_tag"u8, false);
                }
            );
            writer.WriteNumber("total"u8, page.Total);
        });
    }

    public static Answer Devices(ApiCall call)
    {
        if (call.RouteGuid("id") is null)
        {
            return Answer.NotFoundPage;
        }

        if (call.QueryInt("page_size") is <= 0 or > LargestPage)
        {
            return Invalid("Page size is positive integer and should be in the range 1 - 500.");
        }

        if (Find(call, "id") is not { } tag)
        {
            return InvalidUuid;
        }

        var page = Paging.Of(call, TagBulk.VisibleCarriers(call, tag).ToList(), "page", "page_size");
        return Answer.Object(writer =>
        {
            writer.Rows(
                "devices"u8,
                page.Rows,
                (row, carrier) =>
                {
                    row.WriteNumber("device_id"u8, carrier.Device.Id);
                    row.WriteString("device_uuid"u8, carrier.Device.Uuid);
                    row.WriteString("friendly_name"u8, carrier.Device.FriendlyName);
                    row.ZonedDate("date_tagged"u8, carrier.Since);
                    row.ZonedDate("device_last_seen"u8, call.Tenant.Fleet.CheckIn(carrier.Device).LastSeen);
                }
            );
            writer.WriteNumber("total"u8, page.Total);
        });
    }

    public static Answer Delete(ApiCall call)
    {
        if (call.RouteGuid("id") is not { } uuid)
        {
            return Answer.NotFoundPage;
        }

        if (Find(call, "id") is not { } tag)
        {
            return Answer.Error(404, 6, $"Tag with uuid : {uuid} not found.");
        }

        if (call.Uem.Tags.Carriers(tag).Count > 0)
        {
            return Answer.Error(
                400,
                5302,
                $"Unable to delete the tag: {tag.Name} since its already associated with the device."
            );
        }

        call.Uem.Tags.Delete(tag);
        return Answer.Empty();
    }

    private static Answer Create(ApiCall call)
    {
        var text = call.BodyText("organization_group_uuid") ?? "";
        if (!Guid.TryParse(text, out var uuid))
        {
            return Invalid("Organization uuid is required.");
        }

        if (call.VisibleGroup(uuid) is not { } group)
        {
            return Answer.Error(
                404,
                6,
                $"Organization Group with uuid : {uuid} not found or Admin user does not have access to it."
            );
        }

        var name = call.BodyText("tag_name");
        if (TagRoutes.NameProblem(call, name, group.Index) is { } problem)
        {
            var exists = problem.EndsWith("exists.", StringComparison.Ordinal);
            return Answer.Error(exists ? 409 : 422, 1012, problem);
        }

        var tag = call.Uem.Tags.Create(name!, group.Index);
        return Answer.Object(writer => writer.WriteString("tag_uuid"u8, tag.Uuid), StatusCodes.Status201Created);
    }

    private static Answer Rename(ApiCall call)
    {
        if (Find(call, "id") is not { } tag)
        {
            return Answer.Error(404, 6, $"Tag with uuid : {call.Route("id")} not found.");
        }

        var name = call.BodyText("tag_name");
        if (TagRoutes.NameProblem(call, name, tag.Group) is { } problem)
        {
            var exists = problem.EndsWith("exists.", StringComparison.Ordinal);
            return exists ? Answer.Error(409, 5303, problem) : Invalid(problem);
        }

        call.Uem.Tags.Rename(tag, name!);
        return Answer.Nothing;
    }

    private static Answer Bulk(ApiCall call, TagBulk.Step step)
    {
        if (call.RouteGuid("id") is null)
        {
            return Answer.NotFoundPage;
        }

        if (Find(call, "id") is not { } tag)
        {
            return InvalidUuid;
        }

        if (call.BulkValues.Any(value => !Guid.TryParse(value, out _)))
        {
            return Answer.Error(400, 6, "Device must be a valid GUID.");
        }

        return TagBulk.Run(call, tag, step, value => call.Tenant.Fleet.ByUuid(Guid.Parse(value)), tooLargeCode: 4);
    }

    private static Answer OfDevice(ApiCall call) =>
        call.RouteGuid("id") is null ? Answer.NotFoundPage
        : FindDevice(call) is not { } device ? Answer.Error(404, 5061, "Device not found for specified UUID.")
        : Answer.Object(writer =>
            writer.Rows(
                "tags"u8,
                call.Uem.Tags.Of(device),
                (row, tagged) =>
                {
                    row.WriteString("uuid"u8, tagged.Tag.Uuid);
                    row.WriteString("name"u8, tagged.Tag.Name);
                    row.ZonedDate("date_tagged"u8, tagged.Since);
                }
            )
        );

    private static Answer Attach(ApiCall call) =>
        One(
            call,
            (tag, device) =>
                call.Uem.Tags.Attach(tag, device)
                    ? Answer.Empty(StatusCodes.Status201Created)
                    : Answer.Error(400, 5299, "Tag is already associated with the device.")
        );

    private static Answer Detach(ApiCall call) =>
        One(
            call,
            (tag, device) =>
                call.Uem.Tags.Detach(tag, device)
                    ? Answer.Nothing
                    : Answer.Error(400, 5300, "Tag is not associated with the device.")
        );

    private static Answer One(ApiCall call, Func<Tag, Device, Answer> act) =>
        call.RouteGuid("id") is null || call.RouteGuid("tag") is null ? Answer.NotFoundPage
        : FindDevice(call) is not { } device ? Refusals.DeviceNotFound
        : Find(call, "tag") is not { } tag ? Answer.Error(404, 5298, "Tag invalid or not found in the system.")
        : act(tag, device);

    private static Device? FindDevice(ApiCall call) =>
        call.RouteGuid("id") is { } uuid ? call.VisibleDevice(call.Tenant.Fleet.ByUuid(uuid)) : null;

    private static Tag? Find(ApiCall call, string name) =>
        call.RouteGuid(name) is { } uuid && call.Uem.Tags.ByUuid(uuid) is { } tag && call.Sees(tag.Group) ? tag : null;

    private static Answer Invalid(string message) => Answer.Error(422, 1012, message);
}
