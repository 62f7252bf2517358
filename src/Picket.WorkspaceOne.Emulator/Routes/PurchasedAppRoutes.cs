using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Apps;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Apps bought in volume: licences, and who has them.</summary>
internal static class PurchasedAppRoutes
{
    private static readonly Answer NotFound = Answer.Error(
        400,
        6,
        "Application not found or user does not have access to it. Application is not valid VPP Application."
    );

    public static void Add(RouteTable routes)
    {
        routes.Get("mam/apps/purchased/search", (1, Search));
        routes.Get("mam/apps/purchased/{id}", (1, Read), (2, ReadV2));
        routes.Post(
            "mam/apps/purchased/{id}/assignment",
            (1, call => OnApp(call, app => Allocate(call, app, isNew: true)))
        );
        routes.Put("mam/apps/purchased/{id}", (1, call => OnApp(call, app => Allocate(call, app, isNew: false))));
        routes.Delete("mam/apps/purchased/{id}/smartgroups/{group}", (1, Unassign));
        routes.Post("mam/apps/purchased/{id}/install", (1, call => OnApp(call, app => Install(call, app))));
        routes.Post("mam/apps/purchased/{id}/uninstall", (1, call => OnApp(call, app => Uninstall(call, app))));
        routes.Put("mam/apps/purchased/VppSyncAssets/{id}", (1, Sync));
        routes.Get("mam/apps/purchased/GetVppSyncAssetsStatus/{id}", (1, SyncStatus));
        routes.Put("mam/apps/purchased/EnableDeviceAssignmentForVppApp/{id}", (1, EnableDeviceLicences));
    }

    private static Answer Search(ApiCall call)
    {
        if (call.GroupOrOwn("locationgroupid") is not { } scope)
        {
            return Refusals.GroupOutOfScope(call.Query("locationgroupid")!);
        }

        var found = AppRoutes
            .Visible(call)
            .Where(app => app.Kind == AppKind.Purchased && call.Tenant.Tree.IsWithin(app.Group, scope.Index))
            .Where(app => call.Query("bundleid") is null || call.QueryIs("bundleid", app.BundleId))
            .Where(app =>
                call.Query("applicationname") is not { } name
                || app.Name.Contains(name, StringComparison.OrdinalIgnoreCase)
            )
            .ToList();
        return Paging
            .Of(call, found)
            .EnvelopeOrNothing("Application", (writer, app) => PurchasedAppRows.Write(writer, call, app));
    }

    private static Answer Read(ApiCall call) =>
        OnApp(
            call,
            app =>
                app.HasFlexibleRules
                    ? Answer.Error(
                        501,
                        7019,
                        "Application has assignment-level deployments. Please use a newer version of the API."
                    )
                    : Answer.Object(writer => PurchasedAppRows.WriteDetails(writer, call, app))
        );

    private static Answer ReadV2(ApiCall call) =>
        call.RouteGuid("id") is not { } uuid ? Answer.NotFoundPage
        : AppRoutes.FindByUuid(call) is not { Kind: AppKind.Purchased } app
            ? Answer.Error(
                404,
                6,
                $"Purchased application with uuid:{uuid} is not found or user doesn't have access to it."
            )
        : Answer.Object(writer => PurchasedAppRows.WriteDetailsV2(writer, call, app));

    /// <summary>All allocations of a call are made, or none.</summary>
    private static Answer Allocate(ApiCall call, CatalogApp app, bool isNew)
    {
        var wanted = call
            .Body.Items("Assignments")
            .Select(item => (Group: item.Int("SmartGroupId") ?? 0, Licences: item.Int("Allocated") ?? 0))
            .ToList();
        if (wanted.Any(one => SmartGroupRoutes.Find(call, one.Group) is null))
        {
            return Answer.Error(400, 6, "Application or Smart Group not found or user does not have access to it.");
        }

        if (wanted.Find(one => app.Allocated.ContainsKey(one.Group) == isNew) is { Group: > 0 } wrong)
        {
            var problem = isNew
                ? $"Smartgroup Id: {wrong.Group} is already been assigned."
                : "SmartGroup is not assigned to the Application.";
            return Answer.Error(400, 7113, problem);
        }

        var enough = true;
        call.Uem.Apps.Change(
            app,
            had =>
            {
                var changed = had with
                {
                    Allocated = had.Allocated.SetItems(
                        wanted.Select(one => KeyValuePair.Create(one.Group, one.Licences))
                    ),
                };
                enough = changed.Unallocated >= 0;
                return enough ? changed : had;
            }
        );
        return !enough ? Answer.Error(400, 7114, "Cannot allocate more Licenses.")
            : isNew ? Answer.Empty(StatusCodes.Status201Created)
            : Answer.Empty();
    }

    private static Answer Unassign(ApiCall call)
    {
        if (call.RouteInt("id") is null || call.RouteInt("group") is not { } group)
        {
            return Answer.NotFoundPage;
        }

        if (AppRoutes.Find(call, AppKind.Purchased) is not { } app)
        {
            return AppRoutes.NotFound;
        }

        if (!app.Allocated.ContainsKey(group))
        {
            return Answer.Error(400, 400, $"Smart Group with {group} is not assigned to application with {app.Id}.");
        }

        call.Uem.Apps.Change(app, had => had with { Allocated = had.Allocated.Remove(group) });
        return Answer.Nothing;
    }

    private static Answer Install(ApiCall call, CatalogApp app)
    {
        if (DeviceIds.FromBody(call) is not { } device)
        {
            return Answer.Error(404, 8, "Device not found for this request.");
        }

        if (!call.Uem.Apps.AssignedDevices(app).Contains(device.Index))
        {
            return Answer.Error(500, 20, "Application is not assigned to this device.");
        }

        AppWriteRoutes.Put(call, app, device);
        return Answer.Empty();
    }

    private static Answer Uninstall(ApiCall call, CatalogApp app)
    {
        if (DeviceIds.FromBody(call) is not { } device)
        {
            return Answer.Error(400, 2, "Device not found for this request.");
        }

        AppWriteRoutes.Take(call, app, device);
        return Answer.Empty();
    }

    private static Answer Sync(ApiCall call) =>
        OnGroup(call, _ => Answer.Object(writer => WriteBatch(writer, "Pending", 1)));

    private static Answer SyncStatus(ApiCall call) =>
        OnGroup(
            call,
            _ =>
                Answer.Object(writer =>
                {
                    writer.WriteStartObject("BatchStatus"u8);
                    WriteBatch(writer, "Complete", 3);
                    writer.WriteEndObject();
                    writer.WriteString("CreatedBy"u8, call.Caller.Name);
                    writer.Date("CreatedOn"u8, call.Uem.Time.GetUtcNow().UtcDateTime);
                })
        );

    private static void WriteBatch(Utf8JsonWriter writer, string status, int code)
    {
        writer.WriteString("status"u8, status);
        writer.WriteNumber("statusCode"u8, code);
    }

    private static Answer EnableDeviceLicences(ApiCall call)
    {
        if (call.RouteInt("id") is null)
        {
            return Answer.NotFoundPage;
        }

        if (AppRoutes.Find(call, AppKind.Purchased) is not { } app)
        {
            return Answer.Error(422, 7000, "Application not found or user does not have access to it.");
        }

        if (app.DeviceLicences)
        {
            return Answer.Error(422, 7103, "Device based assignment is already enabled for the app.");
        }

        call.Uem.Apps.Change(app, had => had with { DeviceLicences = true });
        return Answer.Object(writer => WriteBatch(writer, "Complete", 3));
    }

    private static Answer OnApp(ApiCall call, Func<CatalogApp, Answer> act) =>
        call.RouteInt("id") is null ? Answer.NotFoundPage
        : AppRoutes.Find(call, AppKind.Purchased) is { } app ? act(app)
        : NotFound;

    private static Answer OnGroup(ApiCall call, Func<OrganizationGroup, Answer> act) =>
        call.RouteInt("id") is not { } id ? Answer.NotFoundPage
        : call.VisibleGroup(id) is { } group ? act(group)
        : Answer.Error(
            400,
            6,
            "Resource's organization group not found or user does not have access to this organization group."
        );
}
