using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Api;
using Picket.Server.Audit;
using Picket.Server.Risk;

namespace Picket.Server.Inventory;

internal static class DeviceEndpoints
{
    public static void MapDevices(this IEndpointRouteBuilder app)
    {
        app.MapGet(Routes.Devices, ListAsync);
        app.MapGet(Routes.Device, GetAsync);
        app.MapGet(Routes.DeviceApps, AppsAsync);
        app.MapGet(Routes.DeviceHistory, HistoryAsync);
    }

    private static async Task<Results<Ok<Page<DeviceSummary>>, ValidationProblem>> ListAsync(
        [AsParameters] DeviceFilter filter,
        DeviceQueries devices,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) =>
        FindingKindNames.Refuse(filter.Finding, "finding") is { } unknown
            ? unknown
            : TypedResults.Ok(await devices.ListAsync(filter, cancellation, AuditLog.ActorOf(user)));

    private static async Task<Results<Ok<DeviceView>, NotFound>> GetAsync(
        Guid id,
        DeviceQueries devices,
        CancellationToken cancellation
    ) => await devices.GetAsync(id, cancellation) is { } found ? TypedResults.Ok(found) : TypedResults.NotFound();

    private static async Task<Results<Ok<Page<DeviceAppView>>, NotFound>> AppsAsync(
        Guid id,
        string? cursor,
        int? limit,
        ClaimsPrincipal user,
        DeviceAppQueries apps,
        CancellationToken cancellation
    ) =>
        await apps.AppsAsync(id, AuditLog.ActorOf(user), cursor, limit, cancellation) is { } page
            ? TypedResults.Ok(page)
            : TypedResults.NotFound();

    private static async Task<Results<Ok<Page<HistoryEntry>>, NotFound>> HistoryAsync(
        Guid id,
        string? cursor,
        int? limit,
        ClaimsPrincipal user,
        DeviceHistoryQueries history,
        CancellationToken cancellation
    ) =>
        await history.ListAsync(id, AuditLog.ActorOf(user), cursor, limit, cancellation) is { } page
            ? TypedResults.Ok(page)
            : TypedResults.NotFound();
}
