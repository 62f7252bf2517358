using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Audit;

namespace Picket.Server.Inventory;

internal static class AppEndpoints
{
    public static void MapApps(this IEndpointRouteBuilder app)
    {
        app.MapGet(Routes.Apps, ListAsync);
        app.MapGet(Routes.AppDevices, HoldersAsync);
    }

    private static async Task<Ok<Page<AppView>>> ListAsync(
        [AsParameters] ListFilter filter,
        AppQueries apps,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) => TypedResults.Ok(await apps.ListAsync(user.Visible(), filter, cancellation));

    private static async Task<Results<Ok<Page<AppHolder>>, ValidationProblem>> HoldersAsync(
        string appId,
        [AsParameters] HolderFilter filter,
        AppQueries apps,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        if (filter.At is not null && (filter.From ?? filter.To) is not null)
        {
            return Refuse("at", "Ask for one time (at) or for a span (from, to), not for both.");
        }

        return filter.From > filter.To
            ? Refuse("from", "The span ends before it begins.")
            : TypedResults.Ok(
                await apps.HoldersAsync(user.Visible(), Whole(appId), filter, AuditLog.ActorOf(user), cancellation)
            );
    }

    /// <summary>Of all that is escaped in an address routing leaves the slash as it came. Pages get it as this gives it.</summary>
    private static string Whole(string appId) => appId.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private static ValidationProblem Refuse(string field, string reason) =>
        TypedResults.ValidationProblem(new Dictionary<string, string[]> { [field] = [reason] });
}
