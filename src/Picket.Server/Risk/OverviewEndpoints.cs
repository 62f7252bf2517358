using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Api;

namespace Picket.Server.Risk;

internal static class OverviewEndpoints
{
    public static void MapOverview(this WebApplication app) => app.MapGet(Routes.Overview, GetAsync);

    private static async Task<Ok<OverviewView>> GetAsync(OverviewQueries overview, CancellationToken cancellation) =>
        TypedResults.Ok(await overview.GetAsync(cancellation));
}
