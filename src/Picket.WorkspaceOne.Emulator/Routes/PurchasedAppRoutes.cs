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
        return Paging.Of(call, found).EnvelopeOrNothing("Application", (writer, app) => WriteRow(writer, call, app));
    }

    private static void WriteRow(Utf8JsonWriter writer, ApiCall call, CatalogApp app)
    {
        var group = call.Tenant.Tree.At(app.Group);
        writer.WriteString("ApplicationName"u8, app.Name);
        writer.WriteString("BundleId"u8, app.BundleId);
        writer.WriteString("ExternalId"u8, app.ExternalId);
        writer.WriteString("AppVersion"u8, app.Version);
        writer.WriteString("AppType"u8, "Purchased");
        writer.WriteString("Status"u8, app.Status);
        writer.WriteNumber("Platform"u8, Platforms.Id(app.Platform));
        writer.WriteString("AssignmentStatus"u8, app.Allocated.IsEmpty ? "Not Assigned" : "Assigned");
        writer.WriteNumber("LocationGroupId"u8, group.Id);
        writer.WriteString("RootOrganizationGroupName"u8, group.Name);
        writer.WriteString("OrganizationGroupUuid"u8, group.Uuid);
        writer.WriteStartObject("ManagedDistribution"u8);
        WriteCounts(writer, app.Licences, app.Unallocated);
        writer.WriteString("AppLicenseEligibility"u8, app.DeviceLicences ? "Device" : "VPPUser");
        writer.WriteEndObject();
        writer.WriteStartObject("RedeemableCodes"u8);
        WriteCounts(writer, 0, 0);
        writer.WriteEndObject();
        WriteAssignments(writer, app);
        WriteDeployment(writer);
        writer.IdValue("Id"u8, app.Id);
        writer.WriteString("Uuid"u8, app.Uuid);
    }

    private static void WriteCounts(Utf8JsonWriter writer, int purchased, int available)
    {
        writer.WriteNumber("Purchased"u8, purchased);
        writer.WriteNumber("Burned"u8, 0);
        writer.WriteNumber("OnHold"u8, 0);
        writer.WriteNumber("Available"u8, available);
    }

    private static void WriteAssignments(Utf8JsonWriter writer, CatalogApp app) =>
        writer.Rows(
            "Assignments"u8,
            app.Allocated,
            (row, allocation) =>
            {
                row.WriteNumber("SmartGroupId"u8, allocation.Key);
                row.WriteNumber("Allocated"u8, allocation.Value);
                row.WriteNumber("Redeemed"u8, 0);
                row.WriteNumber("Users"u8, 0);
                row.WriteString("AssignmentRuleType"u8, "License");
                row.WriteString("Status"u8, "Active");
            }
        );

    private static void WriteDeployment(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("Deployment"u8);
        writer.WriteString("AssignmentType"u8, "Auto");
        writer.WriteBoolean("RemoveOnUnenroll"u8, true);
        writer.WriteBoolean("PreventApplicationBackup"u8, false);
        writer.WriteBoolean("UseVPN"u8, false);
        writer.WriteEndObject();
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
                    : Answer.Object(writer =>
                    {
                        WriteAssignments(writer, app);
                        WriteDeployment(writer);
                        WriteLicences(writer, app);
                        writer.WriteNumber("ManagedBy"u8, call.Tenant.Tree.At(app.Group).Id);
                    })
        );

    private static void WriteLicences(Utf8JsonWriter writer, CatalogApp app)
    {
        writer.WriteStartObject("Licenses"u8);
        writer.WriteNumber("TotalLicenses"u8, app.Licences);
        writer.WriteNumber("Allocated"u8, app.Licences - app.Unallocated);
        writer.WriteNumber("Unallocated"u8, app.Unallocated);
        writer.WriteNumber("Redeemed"u8, 0);
        writer.WriteNumber("ExternallyRedeemed"u8, 0);
        writer.WriteNumber("OnHold"u8, 0);
        writer.WriteEndObject();
    }

    private static Answer ReadV2(ApiCall call) =>
        call.RouteGuid("id") is not { } uuid ? Answer.NotFoundPage
        : AppRoutes.FindByUuid(call) is not { Kind: AppKind.Purchased } app
            ? Answer.Error(
                404,
                6,
                $"Purchased application with uuid:{uuid} is not found or user doesn't have access to it."
            )
        : Answer.Object(writer =>
        {
            writer.WriteString("uuid"u8, app.Uuid);
            writer.WriteString("name"u8, app.Name);
            writer.WriteString("identifier"u8, app.BundleId);
            writer.WriteString("adam_id"u8, app.ExternalId);
            writer.WriteString("product_type"u8, "App");
            writer.WriteString("vpp_app_eligibility"u8, app.DeviceLicences ? "Device" : "VPPUser");
            writer.WriteString("organization_group_uuid"u8, call.Tenant.Tree.At(app.Group).Uuid);
            writer.WriteStartObject("licenses_summary"u8);
            writer.WriteNumber("total"u8, app.Licences);
            writer.WriteNumber("allocated"u8, app.Licences - app.Unallocated);
            writer.WriteNumber("unallocated"u8, app.Unallocated);
            writer.WriteNumber("redeemed"u8, 0);
            writer.WriteNumber("on_hold"u8, 0);
            writer.WriteEndObject();
        });

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
