using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Enrollment;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Deployment;

internal static class PublicationEndpoints
{
    public static void MapPublications(this WebApplication app)
    {
        app.MapPost(Routes.IntegrationPublications, MakeAsync).RequireAuthorization(Policies.Operate);
        app.MapGet(Routes.Publications, ListAsync);
        app.MapGet(Routes.Publication, GetAsync);
        app.MapDelete(Routes.Publication, RemoveAsync).RequireAuthorization(Policies.Operate);
        app.MapPost(Routes.PublicationPreview, PreviewAsync).RequireAuthorization(Policies.Operate);
        app.MapPost(Routes.PublicationStart, StartAsync).RequireAuthorization(Policies.Approve);
        app.MapPost(Routes.PublicationPause, PauseAsync).RequireAuthorization(Policies.Operate);
        app.MapPost(Routes.PublicationResume, ResumeAsync).RequireAuthorization(Policies.Approve);
        app.MapPost(Routes.PublicationUndo, UndoAsync).RequireAuthorization(Policies.Approve);
        app.MapGet(Routes.PublicationFunnel, FunnelAsync);
        app.MapGet(Routes.PublicationDevices, DevicesAsync);
    }

    private static async Task<Results<Created<PublicationView>, NotFound, ProblemHttpResult>> MakeAsync(
        Guid id,
        CreatePublication wish,
        ClaimsPrincipal user,
        PicketDbContext db,
        PublicationMaker maker,
        PublicationQueries queries,
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
            var (made, mistakes) = await maker.MakeAsync(integration, wish, AuditLog.ActorOf(user), cancellation);
            return made is { } publication
                ? TypedResults.Created(
                    Routes.Fill(Routes.Publication, publication),
                    await queries.GetAsync(publication, cancellation)
                )
                : DeploymentProblems.Refused(mistakes);
        }
        catch (DeploymentStoppedException stopped)
        {
            return DeploymentProblems.NotAllowedNow(stopped.Message);
        }
        catch (WorkspaceOneException failure)
        {
            return DeploymentProblems.UemFailed(failure);
        }
    }

    private static async Task<Ok<Page<PublicationView>>> ListAsync(
        [AsParameters] PublicationFilter filter,
        PublicationQueries queries,
        ClaimsPrincipal user,
        CancellationToken cancellation
    ) => TypedResults.Ok(await queries.ListAsync(user.Visible(), filter, cancellation));

    private static async Task<Results<Ok<PublicationView>, NotFound>> GetAsync(
        Guid id,
        PublicationQueries queries,
        CancellationToken cancellation
    ) =>
        await queries.GetAsync(id, cancellation) is { } publication
            ? TypedResults.Ok(publication)
            : TypedResults.NotFound();

    private static async Task<Results<Ok<FunnelView>, NotFound>> FunnelAsync(
        Guid id,
        PublicationQueries queries,
        CancellationToken cancellation
    ) => await queries.FunnelAsync(id, cancellation) is { } funnel ? TypedResults.Ok(funnel) : TypedResults.NotFound();

    private static async Task<Results<Ok<Page<PublicationDeviceView>>, NotFound>> DevicesAsync(
        Guid id,
        [AsParameters] PublicationDeviceFilter filter,
        PublicationQueries queries,
        CancellationToken cancellation
    ) =>
        await queries.DevicesAsync(id, filter, cancellation) is { } devices
            ? TypedResults.Ok(devices)
            : TypedResults.NotFound();

    private static async Task<Results<Ok<PublicationPreview>, NotFound, ProblemHttpResult>> PreviewAsync(
        Guid id,
        PicketDbContext db,
        PublicationPreviews previews,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(db, id, cancellation) is not { } publication)
        {
            return TypedResults.NotFound();
        }

        try
        {
            return TypedResults.Ok(await previews.OfAsync(publication, cancellation));
        }
        catch (DeploymentStoppedException stopped)
        {
            return DeploymentProblems.NotAllowedNow(stopped.Message);
        }
        catch (WorkspaceOneException failure)
        {
            return DeploymentProblems.UemFailed(failure);
        }
    }

    private static Task<Results<Accepted<PublicationView>, NotFound, ProblemHttpResult>> StartAsync(
        Guid id,
        ClaimsPrincipal user,
        PicketDbContext db,
        PublicationWords words,
        CancellationToken cancellation
    ) =>
        SayAsync(
            id,
            db,
            [PublicationState.Draft],
            row => words.StartAsync(row, AuditLog.ActorOf(user), cancellation),
            cancellation
        );

    private static Task<Results<Accepted<PublicationView>, NotFound, ProblemHttpResult>> PauseAsync(
        Guid id,
        ClaimsPrincipal user,
        PicketDbContext db,
        PublicationWords words,
        CancellationToken cancellation
    ) =>
        SayAsync(
            id,
            db,
            [PublicationState.Running],
            row => words.PauseAsync(row, AuditLog.ActorOf(user), cancellation),
            cancellation,
            writes: false
        );

    private static Task<Results<Accepted<PublicationView>, NotFound, ProblemHttpResult>> ResumeAsync(
        Guid id,
        ResumePublication how,
        ClaimsPrincipal user,
        PicketDbContext db,
        PublicationWords words,
        CancellationToken cancellation
    ) =>
        SayAsync(
            id,
            db,
            [PublicationState.Paused],
            row => words.ResumeAsync(row, how, AuditLog.ActorOf(user), cancellation),
            cancellation
        );

    private static Task<Results<Accepted<PublicationView>, NotFound, ProblemHttpResult>> UndoAsync(
        Guid id,
        UndoPublication how,
        ClaimsPrincipal user,
        PicketDbContext db,
        PublicationWords words,
        CancellationToken cancellation
    ) =>
        SayAsync(
            id,
            db,
            // Again: what could not be deleted the first time.
            [PublicationState.Running, PublicationState.Paused, PublicationState.Completed, PublicationState.Undone],
            row => words.UndoAsync(row, how.Touched, AuditLog.ActorOf(user), cancellation),
            cancellation
        );

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> RemoveAsync(
        Guid id,
        ClaimsPrincipal user,
        PicketDbContext db,
        AuditLog audit,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(db, id, cancellation) is not { } publication)
        {
            return TypedResults.NotFound();
        }

        if (publication.State is not (PublicationState.Draft or PublicationState.Undone))
        {
            return DeploymentProblems.WrongState(publication, "a draft, or undone");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await PublicationRemoval.RemoveAsync(db, db.Publications.Where(row => row.Id == id), cancellation);
        audit.Add(db, AuditLog.ActorOf(user), "publication.removed", $"{id}", before: new { publication.Name });
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Accepted<PublicationView>, NotFound, ProblemHttpResult>> SayAsync(
        Guid id,
        PicketDbContext db,
        PublicationState[] from,
        Func<PublicationRow, Task<PublicationView?>> say,
        CancellationToken cancellation,
        bool writes = true
    )
    {
        if (await FindAsync(db, id, cancellation) is not { } publication)
        {
            return TypedResults.NotFound();
        }

        if (!from.Contains(publication.State))
        {
            return DeploymentProblems.WrongState(publication, string.Join(" or ", from));
        }

        var integration = await db
            .Integrations.AsNoTracking()
            .SingleAsync(row => row.Id == publication.IntegrationId, cancellation);
        if (writes && DeploymentGate.Refusal(integration) is { } refusal)
        {
            return DeploymentProblems.NotAllowedNow(refusal);
        }

        return await say(publication) is { } view
            ? TypedResults.Accepted(Routes.Fill(Routes.Publication, id), view)
            : DeploymentProblems.WrongState(publication, "as it was: somebody was faster");
    }

    private static Task<PublicationRow?> FindAsync(PicketDbContext db, Guid id, CancellationToken cancellation) =>
        db.Publications.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
}
