using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Risk;

namespace Picket.Server.Inventory;

internal static class DeviceEndpoints
{
    public static void MapDevices(this IEndpointRouteBuilder app)
    {
        app.MapGet(Routes.Devices, ListAsync);
        app.MapGet(Routes.DeviceFacets, FacetsAsync);
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
        DeviceFilterMistakes.Of(filter) is { } unknown
            ? unknown
            : TypedResults.Ok(await devices.ListAsync(user.Visible(), filter, AuditLog.ActorOf(user), cancellation));

    private static async Task<Results<Ok<DeviceFacets>, ValidationProblem>> FacetsAsync(
        [AsParameters] DeviceFilter filter,
        DeviceFacetQueries facets,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) =>
        DeviceFilterMistakes.Of(filter) is { } unknown
            ? unknown
            : TypedResults.Ok(await facets.CountAsync(user.Visible(), filter, AuditLog.ActorOf(user), cancellation));

    private static async Task<Results<Ok<DeviceView>, NotFound>> GetAsync(
        Guid id,
        DeviceQueries devices,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) =>
        await devices.GetAsync(user.Visible(), id, cancellation) is { } found
            ? TypedResults.Ok(found)
            : TypedResults.NotFound();

    private static async Task<Results<Ok<Page<DeviceAppView>>, NotFound, ProblemHttpResult>> AppsAsync(
        Guid id,
        bool? gone,
        string? cursor,
        int? limit,
        HttpContext context,
        DeviceAppQueries queries,
        Refusals refusals,
        CancellationToken cancellation
    )
    {
        var user = context.User;
        if (
            await queries.AppsAsync(user.Visible(), id, AuditLog.ActorOf(user), gone, cursor, limit, cancellation)
            is not { } apps
        )
        {
            return TypedResults.NotFound();
        }

        if (apps.Page is { } page)
        {
            return TypedResults.Ok(page);
        }

        await refusals.RecordAsync(context);
        return TypedResults.Problem(Refusals.Explain(user, Right.ReadPersonalApps));
    }

    private static async Task<Results<Ok<Page<HistoryEntry>>, NotFound>> HistoryAsync(
        Guid id,
        bool? apps,
        string? cursor,
        int? limit,
        ClaimsPrincipal user,
        DeviceHistoryQueries history,
        CancellationToken cancellation
    ) =>
        await history.ListAsync(
            user.Visible(),
            id,
            AuditLog.ActorOf(user),
            apps is not false,
            cursor,
            limit,
            cancellation
        )
            is { } page
            ? TypedResults.Ok(page)
            : TypedResults.NotFound();
}
