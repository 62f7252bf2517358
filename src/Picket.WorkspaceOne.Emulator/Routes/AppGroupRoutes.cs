using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Apps;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Lists of allowed, denied and required apps. Their ids and counts are text.</summary>
internal static class AppGroupRoutes
{
    private static readonly string[] Types =
    [
        "Whitelist",
        "Blacklist",
        "Required",
        "Allowlist",
        "Denylist",
        "MDMApplication",
    ];

    public static void Add(RouteTable routes)
    {
        routes.Get("mam/apps/appgroups/search", (1, Search));
        routes.Get("mam/apps/appgroups/{id}", (1, call => OnGroup(call, group => Show(call, group))));
        routes.Post("mam/apps/appgroups", (1, Create));
        routes.Put("mam/apps/appgroups/{id}", (1, call => OnGroup(call, group => Update(call, group))));
        routes.Delete("mam/apps/appgroups", (1, DeleteMany));
        routes.Post("mam/apps/appgroups/{id}/applications", (1, call => OnGroup(call, group => AddApps(call, group))));
        routes.Delete(
            "mam/apps/appgroups/{id}/applications",
            (1, call => OnGroup(call, group => RemoveApps(call, group)))
        );
    }

    private static Answer Search(ApiCall call)
    {
        if (call.GroupOrOwn("organizationgroupid") is not { } scope)
        {
            return Answer.Error(
                400,
                400,
                $"Organization Group with id : {call.Query("organizationgroupid")} not found or Admin user does not have access to it."
            );
        }

        var found = Visible(call)
            .Where(group => call.Tenant.Tree.IsWithin(group.Group, scope.Index))
            .Where(group =>
                call.Query("appgroupname") is not { } name
                || group.Name.Contains(name, StringComparison.OrdinalIgnoreCase)
            )
            .Where(group => call.Query("appgrouptype") is null || call.QueryIs("appgrouptype", group.Type))
            .Where(group => call.Query("platform") is null || call.QueryIs("platform", group.Platform))
            .ToList();
        return Paging.Of(call, found).Envelope("AppGroups", (writer, group) => Write(writer, call, group));
    }

    private static Answer Create(ApiCall call)
    {
        var (name, type, platform) = (call.BodyText("Name"), call.BodyText("AppGroupType"), call.BodyText("Platform"));
        if (name is null or "" || type is null or "" || platform is null or "")
        {
            return Answer.Error(
                400,
                400,
                "Mandatory input parameter missing. Mandatory params : ApplicationGroup Name / Platform / App Group Type"
            );
        }

        if (!Types.Contains(type, StringComparer.OrdinalIgnoreCase))
        {
            return Answer.Error(400, 400, "Application Group type is invalid.");
        }

        // The vendor's example writes iOS where all other routes write Apple.
        if (!"iOS".Equals(platform, StringComparison.OrdinalIgnoreCase) && AppWriteRoutes.Platform(call) is null)
        {
            return Answer.Error(400, 400, "The device type is invalid.");
        }

        var apps = Applications(call);
        if (apps.IsEmpty)
        {
            return Answer.Error(400, 400, "Atleast one application is needed for Application group creation.");
        }

        return Owner(call) is not { } owner
            ? Refusals.ResourceGroupOutOfScope(call.BodyText("ManagedByOrganizationGroupID")!)
            : Show(
                call,
                call.Uem.AppGroups.Create(id =>
                    new(id, name, type, platform, call.BodyText("Description") ?? "", owner.Index, apps)
                )
            );
    }

    private static OrganizationGroup? Owner(ApiCall call) =>
        call.BodyText("ManagedByOrganizationGroupID") is null ? call.Scope
        : call.Body.Int("ManagedByOrganizationGroupID") is { } id ? call.VisibleGroup(id)
        : null;

    private static Answer Update(ApiCall call, AppGroup group)
    {
        call.Uem.AppGroups.Change(
            group,
            had =>
                had with
                {
                    Name = call.BodyText("Name") ?? had.Name,
                    Description = call.BodyText("Description") ?? had.Description,
                    Applications = Applications(call) is { IsEmpty: false } apps ? apps : had.Applications,
                }
        );
        return Answer.Empty();
    }

    private static Answer DeleteMany(ApiCall call) =>
        call.BulkValues.Count == 0
            ? Answer.Error(400, 400, "Bulk Input should contain a minimum of one App Group ID.")
            : BulkResult.Of(
                call.BulkValues,
                value =>
                {
                    if (
                        !int.TryParse(value, out var id)
                        || Visible(call).FirstOrDefault(one => one.Id == id) is not { } group
                    )
                    {
                        return new BulkFault(404, "AppGroup Not Found or User does not have access.");
                    }

                    call.Uem.AppGroups.Delete(group);
                    return null;
                }
            );

    private static Answer AddApps(ApiCall call, AppGroup group)
    {
        var added = Applications(call);
        if (added.IsEmpty || added.Any(app => app.BundleId.Length == 0))
        {
            return Answer.Error(400, 400, "Application Id cannot be null or empty.");
        }

        var ids = group.Applications.Concat(added).Select(app => app.BundleId).ToList();
        if (ids.Distinct(StringComparer.OrdinalIgnoreCase).Count() < ids.Count)
        {
            return Answer.Error(400, 400, "The same application has been added multiple times in this app group.");
        }

        call.Uem.AppGroups.Change(group, had => had with { Applications = had.Applications.AddRange(added) });
        return Answer.Empty();
    }

    private static Answer RemoveApps(ApiCall call, AppGroup group)
    {
        var gone = Applications(call).Select(app => app.BundleId).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (!group.Applications.Any(app => gone.Contains(app.BundleId)))
        {
            return Answer.Error(404, 404, "Application Item Not found.");
        }

        if (group.Applications.All(app => gone.Contains(app.BundleId)))
        {
            return Answer.Error(
                400,
                400,
                "Apps cannot be deleted because after deleting the apps, there should be a minimum of one app item in the App Group."
            );
        }

        call.Uem.AppGroups.Change(
            group,
            had => had with { Applications = had.Applications.RemoveAll(app => gone.Contains(app.BundleId)) }
        );
        return Answer.Empty();
    }

    private static Answer Show(ApiCall call, AppGroup group) => Answer.Object(writer => Write(writer, call, group));

    private static void Write(Utf8JsonWriter writer, ApiCall call, AppGroup group)
    {
        var owner = call.Tenant.Tree.At(group.Group);
        writer.WriteString("ApplicationGroupID"u8, group.Id.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("Name"u8, group.Name);
        writer.WriteString("AppGroupType"u8, group.Type);
        writer.WriteString("Platform"u8, group.Platform);
        writer.WriteString("Description"u8, group.Description);
        writer.TextNumber("AppCount"u8, group.Applications.Length);
        writer.WriteBoolean("IsActive"u8, true);
        writer.WriteString("ManagedByOrganizationGroupID"u8, owner.Id.ToString(CultureInfo.InvariantCulture));
        writer.Rows(
            "Applications"u8,
            group.Applications,
            (row, app) =>
            {
                row.WriteString("Name"u8, app.Name);
                row.WriteString("BundleId"u8, app.BundleId);
            }
        );
        writer.Rows(
            "OrganizationGroups"u8,
            [owner],
            (row, one) =>
            {
                row.WriteString("Id"u8, one.Id.ToString(CultureInfo.InvariantCulture));
                row.WriteString("Name"u8, one.Name);
            }
        );
    }

    private static ImmutableArray<(string Name, string BundleId)> Applications(ApiCall call) =>
        [.. call.Body.Items("Applications").Select(app => (app.Text("Name") ?? "", app.Text("BundleId") ?? ""))];

    private static IEnumerable<AppGroup> Visible(ApiCall call) =>
        call.Uem.AppGroups.All.Where(group => call.Sees(group.Group));

    private static Answer OnGroup(ApiCall call, Func<AppGroup, Answer> act) =>
        call.RouteInt("id") is not { } id ? Answer.NotFoundPage
        : Visible(call).FirstOrDefault(group => group.Id == id) is { } group ? act(group)
        : Answer.Error(404, 404, $"Application group with id : {id} not found");
}
