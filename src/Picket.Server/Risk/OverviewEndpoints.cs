using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Api;
using Picket.Server.Access;

namespace Picket.Server.Risk;

internal static class OverviewEndpoints
{
    public static void MapOverview(this WebApplication app) => app.MapGet(Routes.Overview, GetAsync);

    private static async Task<Ok<OverviewView>> GetAsync(
        OverviewQueries overview,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) => TypedResults.Ok(await overview.GetAsync(user.Visible(), cancellation));
}
