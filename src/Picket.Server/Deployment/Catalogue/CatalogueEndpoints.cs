using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Enrollment;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Deployment;

/// <summary>The UEM's catalogue of apps, read and added to.</summary>
internal static class CatalogueEndpoints
{
    public static void MapCatalogue(this WebApplication app)
    {
        // Reading it spends calls that a person waits for.
        app.MapGet(Routes.Catalogue, ListAsync).RequireAuthorization(Policies.Operate);
    }

    private static async Task<Results<Ok<Page<CatalogueAppView>>, NotFound, ProblemHttpResult>> ListAsync(
        Guid id,
        [AsParameters] CatalogueFilter filter,
        PicketDbContext db,
        CatalogueReader reader,
        CancellationToken cancellation
    )
    {
        var integration = await db.Integrations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (integration is null)
        {
            return TypedResults.NotFound();
        }

        if (integration.WhyNotAsked is { } refusal)
        {
            return DeploymentProblems.NotAllowedNow(refusal);
        }

        try
        {
            return TypedResults.Ok(await reader.ListAsync(integration, filter, cancellation));
        }
        catch (WorkspaceOneException failure)
        {
            return DeploymentProblems.UemFailed(failure, then: "then look again");
        }
    }
}
