using Picket.WorkspaceOne.Emulator.Apps;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Public and internal apps: added, changed, switched on and off, sent to a device, deleted.</summary>
internal static class AppWriteRoutes
{
    private static readonly Answer Missing = Answer.Error(
        404,
        404,
        "Application not found or user does not have access to it."
    );

    public static void Add(RouteTable routes)
    {
        routes.Get("mam/apps/public/{id}", (1, ReadPublic));
        routes.Get("mam/apps/internal/{id}", (1, ReadInternal), (2, ReadInternalByUuid));
        routes.Post("mam/apps/public", (1, CreatePublic));
        routes.Put("mam/apps/public/{id}", (1, call => Update(call, AppKind.Public)));
        routes.Put("mam/apps/internal/{id}", (1, call => Update(call, AppKind.Internal)));
        routes.Delete("mam/apps/public/{id}", (1, call => Delete(call, AppKind.Public)));
        routes.Delete("mam/apps/internal/{id}", (1, call => Delete(call, AppKind.Internal)));
        foreach (var (kind, family) in new[] { (AppKind.Public, "public"), (AppKind.Internal, "internal") })
        {
            routes.Post($"mam/apps/{family}/{{id}}/activate", (1, call => Switch(call, kind, on: true)));
            routes.Post($"mam/apps/{family}/{{id}}/deactivate", (1, call => Switch(call, kind, on: false)));
            routes.Post($"mam/apps/{family}/{{id}}/install", (1, call => Install(call, kind)));
            routes.Post($"mam/apps/{family}/{{id}}/uninstall", (1, call => Uninstall(call, kind)));
        }

        routes.Post("mam/apps/internal/{id}/retire", (1, call => Retire(call, retired: true)));
        routes.Post("mam/apps/internal/{id}/unretire", (1, call => Retire(call, retired: false)));
        routes.Post("mam/apps/public/SendApplicationConfiguration", (1, SendConfiguration));
    }

    private static Answer ReadPublic(ApiCall call) =>
        OnApp(
            call,
            AppKind.Public,
            AppRoutes.Missing,
            app =>
                Answer.Object(writer => AppRows.Write(writer, call, app, AppInstallations.Count(call, [app])[app.Id]))
        );

    private static Answer ReadInternal(ApiCall call) =>
        OnApp(call, AppKind.Internal, AppRoutes.Missing, app => Internal(call, app));

    private static Answer ReadInternalByUuid(ApiCall call) =>
        call.RouteGuid("id") is null ? Answer.NotFoundPage
        : AppRoutes.FindByUuid(call) is { Kind: AppKind.Internal } app ? Internal(call, app)
        : AppRoutes.Missing;

    private static Answer Internal(ApiCall call, CatalogApp app) =>
        Answer.Object(writer =>
            InternalAppDetails.Write(writer, call, app, AppInstallations.Count(call, [app])[app.Id])
        );

    private static Answer CreatePublic(ApiCall call)
    {
        if (Platform(call) is not { } platform)
        {
            return Answer.Error(400, 400, "The device type is invalid.");
        }

        var (bundle, url) = (call.BodyText("BundleId") ?? "", call.BodyText("ApplicationUrl") ?? "");
        var external = call.BodyText("ExternalId") ?? "";
        if (Platforms.Id(platform) == Platforms.Id(DevicePlatform.Ios) && external.Length + url.Length == 0)
        {
            return Answer.Error(400, 400, "External Id or ApplicationUrl is required in case of Ios apps");
        }

        if (Platforms.Id(platform) != Platforms.Id(DevicePlatform.Ios) && bundle.Length + url.Length == 0)
        {
            return Answer.Error(
                400,
                400,
                $"Bundle Id or ApplicationUrl is required in case of {Platforms.Name(platform)} apps"
            );
        }

        return Group(call) is not { } group
            ? Refusals.ResourceGroupOutOfScope(call.BodyText("LocationGroupId")!)
            : Create(call, platform, group, bundle.Length > 0 ? bundle : external + url);
    }

    private static Answer Create(ApiCall call, DevicePlatform platform, OrganizationGroup group, string bundle)
    {
        var made = call.Uem.Apps.TryCreate(
            AppKind.Public,
            call.BodyText("ApplicationName") ?? bundle,
            bundle,
            call.BodyText("AppVersion") ?? "",
            platform,
            group.Index,
            app =>
                app with
                {
                    ExternalId = call.BodyText("ExternalId") ?? "",
                    Url = call.BodyText("ApplicationUrl") ?? "",
                }
        );
        return made is null
            ? Answer.Error(400, 400, "Application already exists at location group")
            : Answer.Object(writer => AppRows.Write(writer, call, made, (0, 0, 0)));
    }

    private static Answer Update(ApiCall call, AppKind kind) =>
        OnApp(
            call,
            kind,
            Answer.Error(404, 7000, "Application not found."),
            app =>
            {
                call.Uem.Apps.Change(
                    app,
                    had =>
                        had with
                        {
                            Name = call.BodyText("ApplicationName") ?? had.Name,
                            Url = call.BodyText("ApplicationUrl") ?? had.Url,
                        }
                );
                return Answer.Nothing;
            }
        );

    private static Answer Delete(ApiCall call, AppKind kind) =>
        OnApp(
            call,
            kind,
            AppRoutes.NotFound,
            app =>
            {
                call.Uem.Apps.Delete(app);
                return Answer.Nothing;
            }
        );

    private static Answer Switch(ApiCall call, AppKind kind, bool on) =>
        OnApp(
            call,
            kind,
            AppRoutes.NotFound,
            app =>
            {
                if (app.Active == on)
                {
                    return Answer.Error(403, 403, on ? "Application already active." : "Application already inactive.");
                }

                call.Uem.Apps.Change(app, had => had with { Active = on });
                return Answer.Empty(StatusCodes.Status202Accepted);
            }
        );

    private static Answer Retire(ApiCall call, bool retired) =>
        OnApp(
            call,
            AppKind.Internal,
            AppRoutes.NotFound,
            app =>
            {
                if (app.Retired == retired)
                {
                    return Answer.Error(
                        403,
                        403,
                        retired ? "Application Id already retired." : "Application Id already unretired."
                    );
                }

                call.Uem.Apps.Change(app, had => had with { Retired = retired });
                return Answer.Empty(StatusCodes.Status202Accepted);
            }
        );

    private static Answer Install(ApiCall call, AppKind kind) =>
        OnApp(
            call,
            kind,
            Answer.Error(400, 6, "Application not found or user does not have access to it."),
            app =>
                !call.HasBody ? Answer.Error(400, 400, "DeviceInfo parameter cannot be null.")
                : DeviceIds.FromBody(call) is not { } device ? NoDevice
                : !call.Uem.Apps.AssignedDevices(app).Contains(device.Index)
                    ? Answer.Error(400, 400, "Application is not assigned to this device.")
                : Put(call, app, device)
        );

    public static Answer Put(ApiCall call, CatalogApp app, Device device)
    {
        // Asked before: what the catalogue put on a device takes other locks than the fleet's.
        var has = call.Tenant.Apps.Has(device, app.BundleId);
        call.Tenant.Fleet.Change(
            device.Id,
            had =>
                had with
                {
                    AddedApps = has ? had.AddedApps : [.. had.AddedApps, app.BundleId],
                    RemovedApps = [.. had.RemovedApps.Where(bundle => bundle != app.BundleId)],
                }
        );
        return Answer.Empty(StatusCodes.Status202Accepted);
    }

    public static void Take(ApiCall call, CatalogApp app, Device device) =>
        call.Tenant.Fleet.Change(
            device.Id,
            had =>
                had with
                {
                    AddedApps = [.. had.AddedApps.Where(bundle => bundle != app.BundleId)],
                    RemovedApps = [.. had.RemovedApps, app.BundleId],
                }
        );

    private static Answer Uninstall(ApiCall call, AppKind kind) =>
        OnApp(
            call,
            kind,
            Missing,
            app =>
            {
                if (DeviceIds.FromBody(call) is not { } device)
                {
                    return Answer.Error(400, 400, "Device not found for this request.");
                }

                Take(call, app, device);
                return Answer.Nothing;
            }
        );

    /// <summary>Pushes the app's configuration to one device; nothing to be seen follows from it here.</summary>
    private static Answer SendConfiguration(ApiCall call) =>
        call.Uem.Apps.ById(call.Body.Int("ApplicationId") ?? 0) is not { } app || !call.Sees(app.Group) ? Missing
        : DeviceSearch.Find(call, "Uuid", call.BodyText("deviceUuid") ?? "") is null ? NoDevice
        : Answer.Empty();

    public static Answer NoDevice { get; } = Answer.Error(404, 404, "Device not found for this request.");

    private static Answer OnApp(ApiCall call, AppKind kind, Answer missing, Func<CatalogApp, Answer> act) =>
        call.RouteInt("id") is null ? Answer.NotFoundPage
        : AppRoutes.Find(call, kind) is { } app ? act(app)
        : missing;

    public static DevicePlatform? Platform(ApiCall call, string name = "Platform") =>
        call.BodyText(name) is { } text
            ? Enum.GetValues<DevicePlatform>()
                .Where(platform => Platforms.Is(text, platform))
                .Cast<DevicePlatform?>()
                .FirstOrDefault()
            : null;

    public static OrganizationGroup? Group(ApiCall call) =>
        call.BodyText("LocationGroupId") is null ? call.Scope
        : call.Body.Int("LocationGroupId") is { } id ? call.VisibleGroup(id)
        : null;
}
