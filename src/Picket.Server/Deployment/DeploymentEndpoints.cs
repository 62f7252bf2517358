using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Preparation;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Enrollment;
using Picket.Server.Integrations;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Paging;

namespace Picket.Server.Deployment;

/// <summary>Whether apps are published: a setting of the integration (law 6), off until somebody wants it.</summary>
internal static class DeploymentEndpoints
{
    public static void MapDeploymentSwitch(this WebApplication app)
    {
        app.MapGet(Routes.Deployment, GetAsync);
        app.MapPut(Routes.Deployment, SetAsync).RequireAuthorization(Policies.ChangeSettings);
    }

    private static async Task<Results<Ok<DeploymentView>, NotFound>> GetAsync(
        Guid id,
        PicketDbContext db,
        CancellationToken cancellation
    ) =>
        await db.Integrations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is { } integration
            ? TypedResults.Ok(ViewOf(integration))
            : TypedResults.NotFound();

    private static async Task<Results<Ok<DeploymentView>, NotFound, ProblemHttpResult>> SetAsync(
        Guid id,
        SetDeployment wish,
        HttpContext context,
        PicketDbContext db,
        UemConnections connections,
        ChangeGate gate,
        AuditLog audit,
        CancellationToken cancellation
    )
    {
        var integration = await IntegrationStore.FindAsync(db, id, cancellation);
        if (integration is null)
        {
            return TypedResults.NotFound();
        }

        if (await gate.RefusalAsync(context, integration, cancellation) is { } refused)
        {
            return refused;
        }

        if (wish.Enabled && await NotReadyAsync(integration, connections, cancellation) is { } notReady)
        {
            return notReady;
        }

        var before = new { integration.DeploymentEnabled };
        (integration.DeploymentEnabled, integration.Version) = (wish.Enabled, integration.Version + 1);
        audit.Add(
            db,
            AuditLog.ActorOf(context.User),
            wish.Enabled ? "deployment.on" : "deployment.off",
            $"{id}",
            before,
            after: new { integration.DeploymentEnabled }
        );
        return await IntegrationStore.SaveAsync(db, integration, cancellation) is { } lost
            ? lost
            : TypedResults.Ok(ViewOf(integration));
    }

    /// <summary>What can be tried harmlessly is: the right to write shows only when something is written.</summary>
    private static async Task<ProblemHttpResult?> NotReadyAsync(
        IntegrationRow integration,
        UemConnections connections,
        CancellationToken cancellation
    )
    {
        if (integration.WhyNotAsked is { } refusal)
        {
            return DeploymentProblems.NotAllowedNow(refusal);
        }

        try
        {
            var connection = await connections.OpenAsync(integration.Id, cancellation);
            var (apps, group) = (connection.Client.Interactive.Apps, integration.OrganizationGroupId);
            await apps.Search(CatalogueKind.Public, organizationGroupId: group).FirstPageAsync(cancellation);
            await apps.Search(CatalogueKind.Internal, organizationGroupId: group).FirstPageAsync(cancellation);
            await apps.PurchasedSearch(group).FirstPageAsync(cancellation);
            return null;
        }
        catch (WorkspaceOneException failure)
        {
            return DeploymentProblems.UemFailed(failure);
        }
    }

    private static async Task FirstPageAsync(this Listing<CatalogueApp> apps, CancellationToken cancellation)
    {
        await foreach (var _ in apps.WithCancellation(cancellation))
        {
            return;
        }
    }

    private static DeploymentView ViewOf(IntegrationRow integration) =>
        new()
        {
            IntegrationId = integration.Id,
            Enabled = integration.DeploymentEnabled,
            WhyNot = DeploymentGate.Refusal(integration),
            Needs =
            [
                .. RightsCatalogue
                    .Rows.Where(row => row.Feature == PicketFeature.AppDeployment)
                    .Select(row => $"{row.ConsolePath} ({row.Access})"),
            ],
        };
}
