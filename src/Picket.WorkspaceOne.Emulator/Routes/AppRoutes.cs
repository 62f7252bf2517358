using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Apps;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>The organization's own app catalogue: searched, and where its apps are installed.</summary>
internal static class AppRoutes
{
    /// <summary>A missing app answers 401 with 7000, which is no failed sign-in.</summary>
    public static readonly Answer Missing = Answer.Error(
        401,
        7000,
        "Application not found or user does not have access to it."
    );

    /// <summary>The same in other routes.</summary>
    public static readonly Answer NotFound = Answer.Error(
        400,
        400,
        "Application not found or user does not have access to it."
    );

    private static readonly Right PublicApps = new(Rows.PublicApps, RightMode.Read);

    public static void Add(RouteTable routes)
    {
        routes.Get("mam/apps/search", (1, SearchV1), (2, SearchV2));
        routes.Get("mam/apps/{id}/devices", (1, Devices));
        routes.Get("mam/apps/internal/{id}/devices", (1, call => DeviceNumbers(call, AppKind.Internal)));
        routes.Get("mam/apps/public/{id}/devices", (1, call => DeviceNumbers(call, AppKind.Public)));
        routes.Get("mam/apps/purchased/{id}/devices", (1, call => DeviceNumbers(call, AppKind.Purchased)));
    }

    public static IEnumerable<CatalogApp> Visible(ApiCall call) => call.Uem.Apps.All.Where(app => call.Sees(app.Group));

    /// <summary>The app of the path's number, if it is of that kind and the caller sees it.</summary>
    public static CatalogApp? Find(ApiCall call, AppKind kind) =>
        call.RouteInt("id") is { } id && call.Uem.Apps.ById(id) is { } app && app.Kind == kind && call.Sees(app.Group)
            ? app
            : null;

    public static CatalogApp? FindByUuid(ApiCall call) =>
        call.RouteGuid("id") is { } uuid && call.Uem.Apps.ByUuid(uuid) is { } app && call.Sees(app.Group) ? app : null;

    private static Answer SearchV1(ApiCall call) =>
        Search(
            call,
            "pagesize",
            page =>
            {
                var counts = call.QueryIs("excludeAssignedOrInstalledDeviceCount", "true")
                    ? null
                    : AppInstallations.Count(call, page.Rows);
                return page.EnvelopeOrNothing(
                    "Application",
                    (writer, app) => AppRows.Write(writer, call, app, counts?[app.Id])
                );
            }
        );

    /// <summary>Not in the specification; the vendor's own client asks for it.</summary>
    private static Answer SearchV2(ApiCall call) =>
        Search(
            call,
            "page_size",
            page =>
                Answer.Object(writer =>
                {
                    writer.Rows("applications"u8, page.Rows, (row, app) => AppRows.WriteV2(row, call, app));
                    writer.WriteNumber("page"u8, page.Number);
                    writer.WriteNumber("page_size"u8, page.Size);
                    writer.WriteNumber("total"u8, page.Total);
                })
        );

    private static Answer Search(ApiCall call, string sizeName, Func<Page<CatalogApp>, Answer> answer)
    {
        // Inferred: one route serves all kinds of apps, and the console grants store apps by a row of their own.
        if (call.QueryIs("applicationtype", "Public") && !call.Grants(PublicApps))
        {
            return Refusals.RightMissing(1011, PublicApps.ToString());
        }

        if (call.GroupOrOwn("locationgroupid") is not { } scope)
        {
            return Refusals.GroupOutOfScope(call.Query("locationgroupid")!);
        }

        if (call.Query("status") is { } status && !IsStatus(status))
        {
            return Answer.Error(
                400,
                7004,
                "Invalid application status. Valid values are : All, Active, InActive, Retired"
            );
        }

        var found = Visible(call)
            .Where(app => app.Kind != AppKind.Purchased && call.Tenant.Tree.IsWithin(app.Group, scope.Index))
            .Where(app => Matches(call, app))
            .ToList();
        return answer(Paging.Of(call, found, "page", sizeName));
    }

    private static bool Matches(ApiCall call, CatalogApp app) =>
        (call.Query("applicationtype") is null || call.QueryIs("applicationtype", app.Kind.ToString()))
        && (call.Query("bundleid") is null || call.QueryIs("bundleid", app.BundleId))
        && (
            call.Query("applicationname") is not { } name || app.Name.Contains(name, StringComparison.OrdinalIgnoreCase)
        )
        && (call.Query("platform") is not { } platform || Platforms.Is(platform, app.Platform))
        && (call.Query("status") is null || call.QueryIs("status", "All") || call.QueryIs("status", app.Status));

    private static bool IsStatus(string status) =>
        status.ToUpperInvariant() is "ALL" or "ACTIVE" or "INACTIVE" or "RETIRED";

    private static Answer DeviceNumbers(ApiCall call, AppKind kind)
    {
        if (call.RouteInt("id") is null)
        {
            return Answer.NotFoundPage;
        }

        if (Find(call, kind) is not { } app)
        {
            return NotFound;
        }

        if (call.GroupOrOwn("locationgroupid") is not { } scope)
        {
            return Refusals.ResourceGroupOutOfScope(call.Query("locationgroupid")!);
        }

        if (AppInstallations.Filter(call.Query("status")) is not { } wanted)
        {
            return Answer.Error(400, 400, $"The Device status value {call.Query("status")} is invalid.");
        }

        var ids = AppInstallations
            .Of(call, app, scope)
            .Where(wanted)
            .Select(installation => installation.Device.Id)
            .ToList();
        var page = Paging.Of(call, ids);
        return Answer.Object(writer =>
        {
            writer.WriteStartArray("DeviceId"u8);
            foreach (var id in page.Rows)
            {
                writer.WriteNumberValue(id);
            }

            writer.WriteEndArray();
            writer.WriteNumber("Page"u8, page.Number);
            writer.WriteNumber("PageSize"u8, page.Size);
            writer.WriteNumber("Total"u8, page.Total);
        });
    }

    private static Answer Devices(ApiCall call)
    {
        if (call.RouteGuid("id") is null)
        {
            return Answer.NotFoundPage;
        }

        if (FindByUuid(call) is not { } app)
        {
            return Answer.Error(404, 7000, "Application not found.");
        }

        if (call.GroupOrOwnByUuid("organizationgroupuuid") is not { } scope)
        {
            return Answer.Error(404, 5054, "Organization Group not found");
        }

        var found = AppInstallations
            .Of(call, app, scope)
            .Where(one => !call.QueryIs("isinstalled", "true") || one.Installed)
            .Where(one => !call.QueryIs("isnotinstalled", "true") || !one.Installed)
            .Where(one => !call.QueryIs("isassigned", "true") || one.Assigned)
            .Where(one => !call.QueryIs("isnotassigned", "true") || !one.Assigned)
            .ToList();
        var page = Paging.Of(call, found);
        return Answer.Object(writer =>
        {
            writer.Rows("devices"u8, page.Rows, (row, one) => WriteInstallation(row, call, app, one));
            writer.WriteNumber("TotalResults"u8, page.Total);
        });
    }

    /// <summary>Words of the specification's list of states; how the real server words this member is not recorded.</summary>
    private static string Action(AppInstallation one) =>
        one.Step switch
        {
            RolloutStep.Failed => "Failed",
            RolloutStep.Removed => "ManagedButUninstalled",
            RolloutStep.Waiting when !one.Installed => "InstallCommandReadyForDevice",
            _ => one.Assigned ? "InstallCommandDispatched" : "None",
        };

    private static void WriteInstallation(Utf8JsonWriter writer, ApiCall call, CatalogApp app, AppInstallation one)
    {
        var user = call.Tenant.People.User(one.Device.User);
        writer.WriteNumber("device_id"u8, one.Device.Id);
        writer.WriteString("device_uuid"u8, one.Device.Uuid);
        writer.WriteString("friendly_name"u8, one.Device.FriendlyName);
        writer.WriteString("application_uuid"u8, app.Uuid);
        writer.WriteNumber("enrollment_user_id"u8, user.Id);
        writer.WriteString("enrollment_user_name"u8, user.UserName);
        writer.WriteString("assignment_status"u8, one.Assigned ? "Assigned" : "NotAssigned");
        writer.WriteString("assigned_version"u8, app.Version);
        writer.WriteString("installed_status"u8, one.Installed ? "Installed" : "NotInstalled");
        writer.WriteString("installed_version"u8, one.Installed ? app.Version : "");
        writer.WriteString("last_action_taken"u8, Action(one));
        if (one.Step is RolloutStep.Failed)
        {
            writer.WriteString("latest_app_reason"u8, call.Uem.Apps.FailureOf(app.BundleId)?.Reason ?? "");
        }

        writer.WriteString("ownership_type"u8, one.Device.Ownership);
        writer.WriteBoolean("is_device_up"u8, one.Device.SilentSince is null);
    }
}
