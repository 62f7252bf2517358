using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Enrollment;
using Picket.Server.Integrations;
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
        app.MapPost(Routes.Catalogue, AddAsync).RequireAuthorization(Policies.Operate);
        app.MapPost(Routes.CatalogueUpload, UploadAsync)
            .RequireAuthorization(Policies.Operate)
            .Accepts<byte[]>("application/octet-stream", "*/*")
            .WithMetadata(new DisableRequestSizeLimitAttribute()); // It has a limit and an answer of its own.
        // Devices lose an app by the one, and get it by the other.
        app.MapPost(Routes.CatalogueRetire, RetireAsync).RequireAuthorization(Policies.Approve);
        app.MapPost(Routes.CatalogueUnretire, UnretireAsync).RequireAuthorization(Policies.Approve);
    }

    private static async Task<Results<Ok<Page<CatalogueAppView>>, NotFound, ProblemHttpResult>> ListAsync(
        Guid id,
        [AsParameters] CatalogueFilter filter,
        PicketDbContext db,
        CatalogueReader reader,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(db, id, cancellation) is not { } integration)
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
            var right = filter.Kind == PublishedAppKind.Purchased ? "purchased-apps" : DeploymentProblems.ReadRight;
            return DeploymentProblems.UemFailed(failure, right, "then look again");
        }
    }

    private static async Task<
        Results<Created<CatalogueChange>, Ok<CatalogueChange>, NotFound, ProblemHttpResult>
    > AddAsync(
        Guid id,
        AddStoreApp wish,
        ClaimsPrincipal user,
        PicketDbContext db,
        StoreApps apps,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(db, id, cancellation) is not { } integration)
        {
            return TypedResults.NotFound();
        }

        if (DeploymentGate.Refusal(integration) is { } refusal)
        {
            return DeploymentProblems.NotAllowedNow(refusal);
        }

        if (StoreApps.Mistakes(wish) is { Count: > 0 } mistakes)
        {
            return CatalogueProblems.Refused(mistakes);
        }

        try
        {
            return Made(id, await apps.AddAsync(integration, wish, AuditLog.ActorOf(user), cancellation));
        }
        catch (Exception failure) when (CatalogueProblems.Of(failure, "public-apps-edit") is { } problem)
        {
            return problem;
        }
    }

    private static async Task<
        Results<Created<CatalogueChange>, Ok<CatalogueChange>, NotFound, ProblemHttpResult>
    > UploadAsync(
        Guid id,
        [AsParameters] UploadAppFilter wish,
        HttpRequest request,
        ClaimsPrincipal user,
        PicketDbContext db,
        InternalApps apps,
        IOptions<DeploymentOptions> options,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(db, id, cancellation) is not { } integration)
        {
            return TypedResults.NotFound();
        }

        if (DeploymentGate.Refusal(integration) is { } refusal)
        {
            return DeploymentProblems.NotAllowedNow(refusal);
        }

        if (InternalApps.Mistakes(wish) is { Count: > 0 } mistakes)
        {
            return CatalogueProblems.Refused(mistakes);
        }

        if (wish.CarryOver == true && !user.May(Right.Approve, id))
        {
            return CatalogueProblems.NeedsApproval();
        }

        // The UEM wants to know it with the first chunk.
        if (request.ContentLength is not > 0)
        {
            return CatalogueProblems.NoLength();
        }

        if (request.ContentLength > options.Value.MostUploadMebibytes * 1024L * 1024)
        {
            return CatalogueProblems.TooLarge(options.Value.MostUploadMebibytes);
        }

        try
        {
            var (length, actor) = (request.ContentLength.Value, AuditLog.ActorOf(user));
            return Made(id, await apps.UploadAsync(integration, wish, request.Body, length, actor, cancellation));
        }
        catch (Exception failure) when (CatalogueProblems.Of(failure, DeploymentProblems.WriteRight) is { } problem)
        {
            return problem;
        }
    }

    private static Task<Results<Ok<CatalogueChange>, NotFound, ProblemHttpResult>> RetireAsync(
        Guid id,
        int app,
        ClaimsPrincipal user,
        PicketDbContext db,
        InternalApps apps,
        CancellationToken cancellation
    ) => SetRetiredAsync(id, app, retired: true, user, db, apps, cancellation);

    private static Task<Results<Ok<CatalogueChange>, NotFound, ProblemHttpResult>> UnretireAsync(
        Guid id,
        int app,
        ClaimsPrincipal user,
        PicketDbContext db,
        InternalApps apps,
        CancellationToken cancellation
    ) => SetRetiredAsync(id, app, retired: false, user, db, apps, cancellation);

    private static async Task<Results<Ok<CatalogueChange>, NotFound, ProblemHttpResult>> SetRetiredAsync(
        Guid id,
        int app,
        bool retired,
        ClaimsPrincipal user,
        PicketDbContext db,
        InternalApps apps,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(db, id, cancellation) is not { } integration)
        {
            return TypedResults.NotFound();
        }

        if (DeploymentGate.Refusal(integration) is { } refusal)
        {
            return DeploymentProblems.NotAllowedNow(refusal);
        }

        try
        {
            var actor = AuditLog.ActorOf(user);
            return await apps.RetireAsync(integration, app, retired, actor, cancellation) is { } change
                ? TypedResults.Ok(change)
                : TypedResults.NotFound();
        }
        catch (Exception failure) when (CatalogueProblems.Of(failure, DeploymentProblems.WriteRight) is { } problem)
        {
            return problem;
        }
    }

    private static Results<Created<CatalogueChange>, Ok<CatalogueChange>, NotFound, ProblemHttpResult> Made(
        Guid integration,
        CatalogueChange change
    ) =>
        change.WasSo
            ? TypedResults.Ok(change)
            : TypedResults.Created(Routes.Fill(Routes.Catalogue, integration), change);

    private static Task<IntegrationRow?> FindAsync(PicketDbContext db, Guid id, CancellationToken cancellation) =>
        db.Integrations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
}
