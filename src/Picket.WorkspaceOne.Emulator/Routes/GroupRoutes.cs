using System.Globalization;
using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Organization groups.</summary>
internal static class GroupRoutes
{
    public static void Add(RouteTable routes)
    {
        routes.Get("system/groups/search", (1, SearchV1), (2, SearchV2));
        routes.Get("system/groups/{id}", (1, ById), (2, ByUuid));
        routes.Get("system/groups/{id}/children", (1, Children));
        routes.Get("system/groups/{id}/parents", (1, Parents));
        routes.Get("system/groups/{id}/api-keys", (2, ApiKeys));
        routes.Get("system/groups/{id}/tags", (1, Tags));
        routes.Get("system/groups/devicecounts", (1, GroupDeviceCounts.Run));
    }

    private static Answer SearchV1(ApiCall call) =>
        Paging
            .Of(call, Matching(call))
            .Envelope("LocationGroups", (writer, group) => WriteV1(writer, call, group, "English (United States)"));

    /// <summary>Past the end this one answers 200 with an empty list and the old total, unlike the other searches.</summary>
    private static Answer SearchV2(ApiCall call)
    {
        var page = Paging.Of(call, Matching(call));
        return Answer.Object(writer =>
        {
            writer.Rows("OrganizationGroups"u8, page.Rows, (row, group) => WriteV2(row, call, group));
            WriteLinks(writer, call, page.Number, page.Size);
            writer.WriteNumber("TotalResults"u8, page.Total);
        });
    }

    private static void WriteLinks(Utf8JsonWriter writer, ApiCall call, int number, int size)
    {
        // Recorded answers name http, whatever the caller used, and spell the default page size out.
        var address = $"http://{call.Uem.Address.Authority}/api/system/groups/search?";
        (string Rel, int Page)[] links = number > 0 ? [("self", number), ("prev", number - 1)] : [("self", number)];
        writer.WriteStartObject("AdditionalInfo"u8);
        writer.Rows(
            "Links"u8,
            links,
            (row, link) =>
            {
                row.WriteString("Rel"u8, link.Rel);
                row.WriteString(
                    "Href"u8,
                    string.Create(CultureInfo.InvariantCulture, $"{address}page={link.Page}&pagesize={size}")
                );
            }
        );
        writer.WriteEndObject();
    }

    private static Answer ById(ApiCall call) =>
        call.RouteInt("id") is not { } id ? Answer.NotFoundPage
        : call.VisibleGroup(id) is { } group
            ? Answer.Object(writer =>
            {
                WriteV1(writer, call, group, "English (United States)");
                WriteUuidAndLevel(writer, group, 0);
            })
        : NotFound(id);

    private static Answer ByUuid(ApiCall call) =>
        call.RouteGuid("id") is not { } uuid ? Answer.NotFoundPage
        : call.VisibleGroup(uuid) is { } group
            ? Answer.Object(writer =>
            {
                WriteFields(writer, call, group, "English (United States)");
                writer.WriteNumber("id"u8, group.Id);
                writer.WriteString("uuid"u8, group.Uuid);
            })
        : NoneOfUuid;

    /// <summary>A bare array: the group itself first, then everything below, levels counted from the asked group.</summary>
    private static Answer Children(ApiCall call)
    {
        var id = call.RouteInt("id");
        var uuid = call.RouteGuid("id");
        if (id is null && uuid is null)
        {
            return Answer.NotFoundPage;
        }

        var group = id is { } number ? call.VisibleGroup(number) : call.VisibleGroup(uuid!.Value);
        if (group is null)
        {
            return NotFound((object?)id ?? uuid!);
        }

        return Answer.Json(writer =>
        {
            writer.WriteStartArray();
            foreach (var below in call.Listed([.. call.Tenant.Tree.Within(group)]))
            {
                writer.WriteStartObject();
                WriteV1(writer, call, below, "en-US");
                // Clients read the parent of every row, so even the top row has one.
                var parent = call.Tenant.Tree.At(below.ParentIndex ?? below.Index);
                writer.Reference("ParentLocationGroup"u8, parent.Id, null, parent.Uuid);
                WriteUuidAndLevel(writer, below, below.Level - group.Level);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }

    private static Answer Parents(ApiCall call)
    {
        if (call.RouteGuid("id") is not { } uuid)
        {
            return Answer.NotFoundPage;
        }

        if (call.VisibleGroup(uuid) is not { } group)
        {
            return Refusals.ResourceGroupOutOfScope(uuid, 404, 6183);
        }

        return Answer.Object(writer =>
        {
            writer.WriteStartArray("items"u8);
            for (var at = group; at is not null; at = at.ParentIndex is { } index ? call.Tenant.Tree.At(index) : null)
            {
                writer.WriteStringValue(at.Uuid);
            }

            writer.WriteEndArray();
        });
    }

    /// <summary>Tells every key in clear. A test of Picket proves that Picket never calls it.</summary>
    private static Answer ApiKeys(ApiCall call) =>
        call.RouteGuid("id") is not { } uuid ? Answer.NotFoundPage
        : call.VisibleGroup(uuid) is null ? NoneOfUuid
        : Answer.Object(writer =>
        {
            writer.Rows(
                "api_keys"u8,
                call.Uem.Access.RestApi.KeysInForce.Where(key => key.OfThisTree && call.Sees(key.Group)),
                (row, key) =>
                {
                    row.WriteString("api_key"u8, key.Value);
                    row.WriteString("service_name"u8, key.ServiceName);
                    row.WriteNumber("daily_quota_usage"u8, call.Uem.Access.Usage.Today(key, call.Uem.Time.GetUtcNow()));
                }
            );
            writer.WriteStartArray("oauth_clients"u8);
            writer.WriteEndArray();
        });

    private static Answer Tags(ApiCall call)
    {
        if (call.RouteInt("id") is not { } id)
        {
            return Answer.NotFoundPage;
        }

        var group = call.VisibleGroup(id);
        var tags = call.Uem.Tags.All.Where(tag => tag.Group == group?.Index).ToList();
        return group is null || tags.Count == 0
            ? Answer.Error(404, 404, "No Tags were found.")
            : Answer.Object(writer =>
            {
                writer.Rows(
                    "Tags"u8,
                    tags,
                    (row, tag) =>
                    {
                        row.WriteNumber("Id"u8, tag.Id);
                        row.WriteString("TagName"u8, tag.Name);
                        row.WriteString("TagAvatar"u8, tag.Avatar);
                        row.WriteNumber("TagType"u8, 1);
                        row.WriteNumber("LocationGroupId"u8, group.Id);
                    }
                );
                writer.Reference("OGId"u8, group.Id, group.Name, group.Uuid);
                writer.WriteNumber("Page"u8, 0);
                writer.WriteNumber("PageSize"u8, tags.Count);
                writer.WriteNumber("Total"u8, tags.Count);
            });
    }

    private static List<OrganizationGroup> Matching(ApiCall call) =>
        [
            .. call
                .Tenant.Tree.Within(call.Scope)
                .Where(group =>
                    Contains(group.Name, call.Query("name"))
                    && (call.Query("type") is not { } type || call.QueryIs("type", group.Type) || type.Length == 0)
                    && (call.Query("groupid") is null || call.QueryIs("groupid", group.GroupId))
                ),
        ];

    private static bool Contains(string text, string? part) =>
        part is null || text.Contains(part, StringComparison.OrdinalIgnoreCase);

    internal static Answer NoneOfUuid { get; } =
        Answer.Error(404, 6008, "No organization group found for the given organization group UUID.");

    private static Answer NotFound(object id) =>
        Answer.Error(
            404,
            6008,
            $"Organization Group with id : {id} not found or Admin user does not have access to it."
        );

    private static void WriteV1(Utf8JsonWriter writer, ApiCall call, OrganizationGroup group, string locale)
    {
        writer.IdValue("Id"u8, group.Id);
        WriteFields(writer, call, group, locale);
        writer.WriteBoolean("IsCustomerTypeExistInParentHierarchy"u8, group.ParentIndex is not null);
    }

    private static void WriteV2(Utf8JsonWriter writer, ApiCall call, OrganizationGroup group)
    {
        writer.WriteNumber("Id"u8, group.Id);
        WriteFields(writer, call, group, "English (United States)");
        WriteUuidAndLevel(writer, group, group.Level);
    }

    private static void WriteFields(Utf8JsonWriter writer, ApiCall call, OrganizationGroup group, string locale)
    {
        var created =
            group.CreatedAt ?? DeviceGenerator.Epoch.AddDays(-1000 + group.Index).AddSeconds(54_353 + group.Index);
        writer.WriteString("Name"u8, group.Name);
        writer.WriteString("GroupId"u8, group.GroupId);
        writer.WriteString("LocationGroupType"u8, group.Type);
        writer.WriteString("Country"u8, group.Country);
        writer.WriteString("Locale"u8, locale);
        writer.WriteString("CreatedOn"u8, created.ToString("M/d/yyyy h:mm:ss tt", CultureInfo.InvariantCulture));
        writer.TextNumber("Users"u8, call.Tenant.Fleet.CountIn(group.Index) * 4 / 5);
        writer.TextNumber("Admins"u8, call.Uem.Access.Accounts.Values.Count(admin => admin.Group == group.Index));
        writer.TextNumber("Devices"u8, call.Tenant.Fleet.CountIn(group.Index));
    }

    private static void WriteUuidAndLevel(Utf8JsonWriter writer, OrganizationGroup group, int level)
    {
        writer.WriteNumber("LgLevel"u8, level);
        writer.WriteString("Uuid"u8, group.Uuid);
    }
}
