using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>The organization's own app catalogue: enough to read it and to probe its rights.</summary>
internal static class AppRoutes
{
    public static void Add(RouteTable routes)
    {
        routes.Get("mam/apps/search", (1, Search));
        // A missing app answers 401 with 7000, which is no failed sign-in.
        routes.Get("mam/apps/internal/{id}", (1, _ => Missing));
        routes.Get("mam/apps/public/{id}", (1, _ => Missing));
        routes.Get("mam/apps/purchased/search", (1, _ => Answer.Nothing));
    }

    private static readonly Right PublicApps = new(Rows.PublicApps, RightMode.Read);

    private static Answer Missing { get; } =
        Answer.Error(401, 7000, "Application not found or user does not have access to it.");

    private static Answer Search(ApiCall call)
    {
        // Inferred: one route serves all kinds of apps, and the console grants store apps by a row of their own.
        if (call.QueryIs("applicationtype", "Public") && !call.Grants(PublicApps))
        {
            return Refusals.RightMissing(1011, PublicApps.ToString());
        }

        if (call.QueryInt("locationgroupid") is { } id && call.VisibleGroup(id) is null)
        {
            return Refusals.GroupOutOfScope(id);
        }

        var apps =
            from platform in new[] { DevicePlatform.Ios, DevicePlatform.Android }
            from rank in Enumerable.Range(0, AppCatalogue.ManagedHead)
            select (Platform: platform, App: AppCatalogue.Ranked(platform, rank));
        var found = apps.Where(app => call.Query("bundleid") is null || call.QueryIs("bundleid", app.App.Id)).ToList();
        return Paging
            .Of(call, found)
            .EnvelopeOrNothing("Application", (writer, app) => Write(writer, call, app.Platform, app.App));
    }

    private static void Write(
        Utf8JsonWriter writer,
        ApiCall call,
        DevicePlatform platform,
        (string Id, string Name) app
    )
    {
        var root = call.Tenant.Tree.Customer;
        var number = (platform == DevicePlatform.Android ? 100 : 0) + app.Id.Length;
        writer.WriteString("ApplicationName"u8, app.Name);
        writer.WriteString("BundleId"u8, app.Id);
        writer.WriteString("AppVersion"u8, "");
        writer.WriteString("AppType"u8, "Public");
        writer.WriteString("Status"u8, "Active");
        writer.WriteNumber("Platform"u8, Platforms.Id(platform));
        writer.WriteString("AssignmentStatus"u8, "Assigned");
        writer.WriteNumber("LocationGroupId"u8, root.Id);
        writer.WriteString("RootLocationGroupName"u8, root.Name);
        writer.WriteString("OrganizationGroupUuid"u8, root.Uuid);
        writer.WriteNumber("PushMode"u8, 0);
        writer.IdValue("Id"u8, 2_000 + number);
        writer.WriteString("Uuid"u8, call.Tenant.Ids.Uuid(ThingKind.Application, number));
    }
}
