using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Events;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>
/// Subscriptions to events: v1 by number, v2 by uuid. The specification also lists each route under a path that names
/// the version, so both are served. A password is taken and never told.
/// </summary>
internal static class EventNotificationRoutes
{
    private const string NotFoundText =
        "Requested Event Notification was not found or user is not authorized to access it.";

    public static void Add(RouteTable routes)
    {
        const string root = "system/eventnotifications";
        routes.Post(root, (1, CreateV1), (2, CreateV2));
        routes.Get($"{root}/search", (1, Search), (2, Search));
        routes.Get($"{root}/get", (2, List));
        routes.Get($"{root}/{{id}}", (1, One), (2, One));
        routes.Put($"{root}/{{id}}", (1, Update), (2, Update));
        routes.Delete($"{root}/{{id}}", (1, Delete), (2, Delete));
        foreach (var (path, create) in new[] { ("v1", (ApiHandler)CreateV1), ("v2", CreateV2) })
        {
            var old = $"{root}/{path}/eventnotifications";
            routes.Post(old, (1, create));
            routes.Get($"{old}/search", (1, Search));
            routes.Get($"{old}/{{id}}", (1, One));
            routes.Put($"{old}/{{id}}", (1, Update));
            routes.Delete($"{old}/{{id}}", (1, Delete));
        }
    }

    private static Answer CreateV1(ApiCall call) =>
        Create(
            call,
            (writer, row) =>
            {
                writer.WriteNumber("Value"u8, row.Id);
                writer.WriteString("uuid"u8, row.Uuid);
            }
        );

    private static Answer CreateV2(ApiCall call) =>
        Create(
            call,
            (writer, row) =>
            {
                writer.WriteNumber("id"u8, row.Id);
                writer.WriteString("uuid"u8, row.Uuid);
            }
        );

    private static Answer Create(ApiCall call, Action<Utf8JsonWriter, EventSubscription> write)
    {
        var (draft, refusal) = EventNotificationBody.Read(call, null);
        if (draft is null)
        {
            return refusal!;
        }

        var row = call.Uem.Subscriptions.Add(draft);
        return Answer.Object(writer => write(writer, row));
    }

    private static Answer Search(ApiCall call)
    {
        var wanted = call.Query("organizationgroupuuid") ?? call.Query("organizationgroupid");
        var group =
            wanted is null ? call.Scope
            : Guid.TryParse(wanted, out var uuid) ? call.VisibleGroup(uuid)
            : int.TryParse(wanted, out var id) ? call.VisibleGroup(id)
            : null;
        if (group is null)
        {
            return Refusals.GroupOutOfScope(wanted!);
        }

        var found = call
            .Uem.Subscriptions.All.Where(row => call.Tenant.Tree.IsWithin(row.Group, group.Index))
            .Where(row =>
                call.Query("targetname") is not { } name || row.Name.Contains(name, StringComparison.OrdinalIgnoreCase)
            )
            .Where(row => call.Query("status") is not { } status || row.Active == IsActive(status))
            .ToList();
        var page = Paging.Of(call, found);
        return Answer.Object(writer =>
        {
            writer.Rows("EventNotifications"u8, page.Rows, (row, item) => EventNotificationBody.Write(row, call, item));
            writer.WriteNumber("TotalResults"u8, page.Total);
        });
    }

    /// <summary>The listing that also has room for subscriptions of another kind, which this server has not.</summary>
    private static Answer List(ApiCall call)
    {
        var found = Visible(call).ToList();
        var page = Paging.Of(call, found);
        return Answer.Object(writer =>
        {
            writer.Rows("EventNotifications"u8, page.Rows, (row, item) => EventNotificationBody.Write(row, call, item));
            writer.WriteStartArray("EventSubscriptions"u8);
            writer.WriteEndArray();
            writer.WriteNumber("TotalEventNotificationRecords"u8, page.Total);
            writer.WriteNumber("TotalEventSubscriptionRecords"u8, 0);
        });
    }

    private static Answer One(ApiCall call) =>
        Find(call) is { } row
            ? Answer.Object(writer => EventNotificationBody.Write(writer, call, row))
            : Answer.Error(404, 8, NotFoundText);

    private static Answer Update(ApiCall call)
    {
        if (Find(call) is not { } row)
        {
            return Answer.Error(404, 8, NotFoundText);
        }

        var (changed, refusal) = EventNotificationBody.Read(call, row);
        if (changed is null)
        {
            return refusal!;
        }

        call.Uem.Subscriptions.Update(changed);
        return Answer.Nothing;
    }

    private static Answer Delete(ApiCall call)
    {
        if (Find(call) is not { } row)
        {
            return Answer.Error(400, 6, NotFoundText);
        }

        call.Uem.Subscriptions.Remove(row);
        return Answer.Empty();
    }

    private static EventSubscription? Find(ApiCall call) =>
        Visible(call).FirstOrDefault(row => row.Id == call.RouteInt("id") || row.Uuid == call.RouteGuid("id"));

    private static IEnumerable<EventSubscription> Visible(ApiCall call) =>
        call.Uem.Subscriptions.All.Where(row => call.Sees(row.Group));

    private static bool IsActive(string status) => status.ToUpperInvariant() is "ACTIVE" or "TRUE" or "1";
}
