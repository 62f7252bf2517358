using Picket.WorkspaceOne.Emulator.Registrations;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>
/// Batch imports of users and devices. The layout of the file is unknown, so a batch is taken, kept as pending and
/// shown, and its rows are not read.
/// </summary>
internal static class BatchRoutes
{
    private static readonly Answer InvalidPage = Answer.Error(422, 1012, "Invalid page or pagesize value.");

    public static void Add(RouteTable routes)
    {
        routes.Post("system/users/batches", (1, Create));
        routes.Get("system/users/batches", (1, List));
        routes.Get("system/users/batches/{id}/details", (1, Details));
    }

    private static Answer Create(ApiCall call)
    {
        if (call.QueryGuid("organizationGroupUuid") is not { } uuid || call.VisibleGroup(uuid) is not { } group)
        {
            return Answer.Error(
                400,
                6,
                "Invalid Input - Resource's organization group not found or user does not have access to this organization group"
            );
        }

        if (call.Query("batchName") is not { } name || !call.HasBody)
        {
            return Answer.Error(422, 6123, "batch import payload is invalid");
        }

        var batch = call.Uem.Registrations.AddBatch(
            name,
            call.Query("batchDescription") ?? "",
            call.Query("batch_type") ?? "DEVICE_USER",
            group.Index,
            call.Caller.Name,
            call.Uem.Time.GetUtcNow().UtcDateTime
        );
        return Answer.Json(writer => writer.WriteNumberValue(batch.Number), StatusCodes.Status201Created);
    }

    private static Answer List(ApiCall call)
    {
        if (call.GroupOrOwnByUuid("organization_group_uuid") is not { } group)
        {
            return Answer.Error(400, 6156, "Resource's organization group not found");
        }

        if (call.QueryInt("page_size") is <= 0 or > Paging.Largest)
        {
            return InvalidPage;
        }

        var found = call
            .Uem.Registrations.Batches.Where(batch => call.Tenant.Tree.IsWithin(batch.Group, group.Index))
            .Where(batch =>
                call.Query("batch_name") is not { } name
                || batch.Name.Contains(name, StringComparison.OrdinalIgnoreCase)
            )
            .ToList();
        var page = Paging.Of(call, found, "page", "page_size");
        return Answer.Object(writer =>
        {
            writer.Rows(
                "search_result"u8,
                page.Rows,
                (row, batch) =>
                {
                    row.WriteString("batch_uuid"u8, batch.Uuid);
                    row.WriteString("batch_name"u8, batch.Name);
                    row.WriteString("batch_description"u8, batch.Description);
                    row.WriteString("batch_type"u8, batch.Type);
                    row.WriteString("batch_status"u8, "PENDING");
                    row.WriteBoolean("can_be_aborted"u8, true);
                    row.WriteBoolean("has_status_details"u8, false);
                    row.WriteString("created_by"u8, batch.By);
                    row.ZonedDate("date_created"u8, batch.At);
                    row.WriteString("organization_group_uuid"u8, call.Tenant.Tree.At(batch.Group).Uuid);
                }
            );
            writer.WriteNumber("total_records"u8, page.Total);
        });
    }

    private static Answer Details(ApiCall call) =>
        call.RouteGuid("id") is not { } uuid ? Answer.NotFoundPage
        : Find(call, uuid) is null ? Answer.Error(404, 150010, "Users Batch Not Found")
        : Answer.Object(writer =>
        {
            writer.WriteStartArray("search_result"u8);
            writer.WriteEndArray();
            writer.WriteNumber("total_records"u8, 0);
        });

    private static Batch? Find(ApiCall call, Guid uuid) =>
        call.Uem.Registrations.Batches.FirstOrDefault(batch => batch.Uuid == uuid && call.Sees(batch.Group));
}
