using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Integrations;
using Picket.Server.Storage;
using ApiPreview = Picket.Api.TagPreview;

namespace Picket.Server.Response;

internal static class TaggingEndpoints
{
    public static void MapTagging(this WebApplication app)
    {
        app.MapGet(Routes.Tagging, StateAsync);
        app.MapGet(Routes.TaggingDifferences, DifferencesAsync);
        app.MapPost(Routes.TaggingPreview, PreviewAsync).RequireAuthorization(Policies.Operate);
        app.MapPost(Routes.TaggingRun, RunAsync).RequireAuthorization(Policies.Operate);
        app.MapPost(Routes.TaggingAccept, TaggingAcceptance.AcceptAsync).RequireAuthorization(Policies.ChangeSettings);
        app.MapPost(Routes.TaggingAdopt, TaggingAdoption.AdoptAsync).RequireAuthorization(Policies.ChangeSettings);
        app.MapPost(Routes.TaggingCleanUp, CleanUpAsync).RequireAuthorization(Policies.ChangeSettings);
    }

    private static async Task<Results<Ok<TaggingView>, NotFound>> StateAsync(
        Guid id,
        TaggingQueries queries,
        CancellationToken cancellation
    ) => await queries.StateAsync(id, cancellation) is { } state ? TypedResults.Ok(state) : TypedResults.NotFound();

    private static async Task<Results<Ok<Page<TagDifference>>, NotFound>> DifferencesAsync(
        Guid id,
        [AsParameters] TagDifferenceFilter filter,
        TagDifferenceQueries differences,
        CancellationToken cancellation
    ) =>
        await differences.ListAsync(id, filter, cancellation) is { } page
            ? TypedResults.Ok(page)
            : TypedResults.NotFound();

    private static async Task<Results<Ok<ApiPreview>, NotFound, ProblemHttpResult>> PreviewAsync(
        Guid id,
        TaggingQueries queries,
        CancellationToken cancellation
    )
    {
        try
        {
            return await queries.PreviewAsync(id, cancellation) is { } preview
                ? TypedResults.Ok(preview)
                : TypedResults.NotFound();
        }
        catch (Exception failure) when (TaggingProblems.IsUemFailure(failure))
        {
            return TaggingProblems.UemFailed(failure);
        }
    }

    private static async Task<Results<Accepted<TagRunView>, NotFound, ProblemHttpResult>> RunAsync(
        Guid id,
        PicketDbContext db,
        TagRunQueue queue,
        IGrainFactory grains,
        CancellationToken cancellation
    )
    {
        var integration = await db.Integrations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (integration is null)
        {
            return TypedResults.NotFound();
        }

        if (TaggingGate.Refusal(integration) is { } refusal)
        {
            return TaggingProblems.NotAllowedNow(refusal);
        }

        var run = await queue.AddAsync(id, cancellation);
        if (run.State == RunState.Held)
        {
            return TaggingProblems.RunIsOpen(run);
        }

        await grains.GetGrain<ITaggingGrain>(id).PokeAsync();
        return Accepted(run);
    }

    /// <summary>Writing goes off with the same commit, or the next run would put the tags back.</summary>
    private static async Task<Results<Accepted<TagRunView>, NotFound, ProblemHttpResult>> CleanUpAsync(
        Guid id,
        HttpContext context,
        PicketDbContext db,
        TagRunQueue queue,
        IGrainFactory grains,
        ChangeGate gate,
        AuditLog audit,
        CancellationToken cancellation
    )
    {
        var integration = await db.Integrations.SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (integration is null)
        {
            return TypedResults.NotFound();
        }

        if (await gate.RefusalAsync(context, integration, cancellation) is { } refused)
        {
            return refused;
        }

        if (TaggingGate.Refusal(integration, TagRunKind.CleanUp) is { } refusal)
        {
            return TaggingProblems.NotAllowedNow(refusal);
        }

        if (await OpenRunAsync(db, id, cancellation) is { } open)
        {
            return TaggingProblems.RunIsOpen(open);
        }

        var actor = AuditLog.ActorOf(context.User);
        var run = queue.New(id, TagRunKind.CleanUp, approvedBy: actor);
        db.TagRuns.Add(run);
        (integration.WritingEnabled, integration.Version) = (false, integration.Version + 1);
        audit.Add(db, actor, "tagging.clean-up", id.ToString(), after: new { run = run.Id });
        if (await TrySaveAsync(db, cancellation) is { } lost)
        {
            return lost;
        }

        await grains.GetGrain<ITaggingGrain>(id).PokeAsync();
        return Accepted(run);
    }

    internal static Task<TagRunRow?> OpenRunAsync(
        PicketDbContext db,
        Guid integration,
        CancellationToken cancellation
    ) =>
        TagRunQueue.Open(db).AsNoTracking().SingleOrDefaultAsync(run => run.IntegrationId == integration, cancellation);

    internal static Accepted<TagRunView> Accepted(TagRunRow run) =>
        TypedResults.Accepted(Routes.Fill(Routes.TagRun, run.Id), TagRunViews.Of(run));

    /// <returns>The refusal, when somebody was faster.</returns>
    internal static async Task<ProblemHttpResult?> TrySaveAsync(PicketDbContext db, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            return TaggingProblems.NotAllowedNow("Somebody changed the integration at this moment; try again.");
        }
        catch (DbUpdateException taken) when (taken.IsUniqueViolation())
        {
            return TaggingProblems.NotAllowedNow("A tag run was started at this moment; try again when it has ended.");
        }
    }
}
