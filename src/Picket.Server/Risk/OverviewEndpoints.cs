using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Picket.Api;
using Picket.Server.Access;

namespace Picket.Server.Risk;

internal static class OverviewEndpoints
{
    private const int UsualDays = 30;

    public static void MapOverview(this WebApplication app)
    {
        app.MapGet(Routes.Overview, GetAsync);
        app.MapGet(Routes.OverviewVerdicts, VerdictsAsync);
        app.MapGet(Routes.OverviewDevices, DevicesAsync);
        app.MapGet(Routes.OverviewBlindSpots, BlindSpotsAsync);
        app.MapGet(Routes.BlindSpots, CoverageAsync);
    }

    private static async Task<Ok<OverviewView>> GetAsync(
        OverviewQueries overview,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) => TypedResults.Ok(await overview.GetAsync(user.Visible(), cancellation));

    private static async Task<Results<Ok<Page<VerdictHistory>>, ValidationProblem>> VerdictsAsync(
        int? days,
        VerdictDays verdicts,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) =>
        days is < 1 or > VerdictHistory.MostDays
            ? TypedResults.ValidationProblem(
                new Dictionary<string, string[]>
                {
                    ["days"] = [$"Verdicts are kept for {VerdictHistory.MostDays} days: ask for 1 to that many."],
                }
            )
            : TypedResults.Ok(
                new Page<VerdictHistory>(
                    await verdicts.ListAsync(user.Visible(), days ?? UsualDays, cancellation),
                    Next: null
                )
            );

    private static async Task<Ok<Page<BlindSpotCount>>> BlindSpotsAsync(
        FleetBlindSpots spots,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) => TypedResults.Ok(new Page<BlindSpotCount>(await spots.CountAsync(user.Visible(), cancellation), Next: null));

    private static async Task<Ok<BlindSpotsView>> CoverageAsync(
        FactCoverageQuery coverage,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) => TypedResults.Ok(await coverage.OfAsync(user.Visible(), cancellation));

    private static async Task<Ok<Page<DeviceAtRisk>>> DevicesAsync(
        RiskiestDevices riskiest,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) => TypedResults.Ok(new Page<DeviceAtRisk>(await riskiest.ListAsync(user.Visible(), cancellation), Next: null));
}
