using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Intelligence;
using Picket.Server.Storage;

namespace Picket.Server.Integrations;

internal static class UemFindingEndpoints
{
    public static void MapUemFindings(this IEndpointRouteBuilder app) =>
        app.MapGet(Routes.IntegrationUemFindings, GetAsync);

    private static async Task<Results<Ok<UemReport>, ProblemHttpResult>> GetAsync(
        Guid id,
        PicketDbContext db,
        IntelligenceStore intelligence,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var row = await db.Integrations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (row is null)
        {
            return IntegrationProblems.NotFound(id);
        }

        var knowledge = await intelligence.CurrentAsync(db, cancellation);
        return TypedResults.Ok(await UemReports.OfAsync(db, row, knowledge, time.GetUtcNow(), cancellation));
    }
}
