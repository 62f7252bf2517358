using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Response;

internal static class TagRunEndpoints
{
    public static void MapTagRuns(this WebApplication app)
    {
        app.MapGet(Routes.TagRuns, ListAsync);
        app.MapGet(Routes.TagRun, GetAsync);
        app.MapPost(Routes.TagRunCancel, CancelAsync).RequireAuthorization(Policies.Operate);
        app.MapPost(Routes.TaggingHeldApprove, ApproveAsync).RequireAuthorization(Policies.Approve);
        app.MapPost(Routes.TaggingHeldDiscard, DiscardAsync).RequireAuthorization(Policies.Approve);
    }

    private static async Task<Ok<Page<TagRunView>>> ListAsync(
        [AsParameters] TagRunFilter filter,
        PicketDbContext db,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var rows = db.TagRuns.AsNoTracking().WhereVisible(user.Visible(), row => row.IntegrationId);
        if (filter.IntegrationId is { } integration)
        {
            rows = rows.Where(row => row.IntegrationId == integration);
        }

        if (filter.State is { } state)
        {
            rows = rows.Where(row => row.State == state);
        }

        return TypedResults.Ok(
            await rows.ToPageAsync(
                row => row.Id,
                Keyset.Parse(filter.Cursor),
                filter.Limit,
                TagRunViews.Of,
                cancellation,
                newestFirst: true
            )
        );
    }

    private static async Task<Results<Ok<TagRunView>, NotFound>> GetAsync(
        Guid id,
        PicketDbContext db,
        CancellationToken cancellation
    ) =>
        await db.TagRuns.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is { } run
            ? TypedResults.Ok(TagRunViews.Of(run))
            : TypedResults.NotFound();

    /// <summary>The run looks before each write whether somebody asked for its end, and closes itself.</summary>
    private static async Task<Results<Accepted<TagRunView>, NotFound, ProblemHttpResult>> CancelAsync(
        Guid id,
        ClaimsPrincipal user,
        PicketDbContext db,
        IGrainFactory grains,
        AuditLog audit,
        CancellationToken cancellation
    )
    {
        var run = await db.TagRuns.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (run is null)
        {
            return TypedResults.NotFound();
        }

        var actor = AuditLog.ActorOf(user);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var asked = await db
            .TagRuns.Where(row => row.Id == id && (row.State == RunState.Queued || row.State == RunState.Running))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.CancelledBy, actor), cancellation);
        if (asked == 0)
        {
            return TaggingProblems.WrongState(await NowAsync(db, id, cancellation), "queued or running");
        }

        audit.Add(db, actor, "tagging.cancelled", id.ToString());
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        await grains.GetGrain<ITaggingGrain>(run.IntegrationId).PokeAsync();
        return TaggingEndpoints.Accepted(run);
    }

    private static async Task<Results<Accepted<TagRunView>, NotFound, ProblemHttpResult>> ApproveAsync(
        Guid id,
        int? showing,
        ClaimsPrincipal user,
        PicketDbContext db,
        IGrainFactory grains,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var run = await db.TagRuns.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (run is null)
        {
            return TypedResults.NotFound();
        }

        var integration = await db
            .Integrations.AsNoTracking()
            .SingleAsync(row => row.Id == run.IntegrationId, cancellation);
        if (TaggingGate.Refusal(integration) is { } refusal)
        {
            return TaggingProblems.NotAllowedNow(refusal);
        }

        var (actor, now) = (AuditLog.ActorOf(user), time.GetUtcNow());
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var decided = await Held(db, id)
            .Where(row => showing == null || row.Showing == showing)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, RunState.Queued)
                        .SetProperty(row => row.AcceptedChanges, row => row.HeldChanged)
                        .SetProperty(row => row.IncompleteReasons, new List<string>())
                        .SetProperty(row => row.ApprovedBy, actor)
                        .SetProperty(row => row.ApprovedAt, now),
                cancellation
            );
        if (decided == 0)
        {
            var found = await NowAsync(db, id, cancellation);
            return found.State == RunState.Held
                ? TaggingProblems.ShownAnew()
                : TaggingProblems.WrongState(found, "held");
        }

        audit.Add(db, actor, "tagging.approved", id.ToString(), after: new { run.HeldChanged });
        await db.SaveChangesAsync(cancellation);
        var approved = await NowAsync(db, id, cancellation);
        await transaction.CommitAsync(cancellation);
        await grains.GetGrain<ITaggingGrain>(run.IntegrationId).PokeAsync();
        return TaggingEndpoints.Accepted(approved);
    }

    private static async Task<Results<Ok<TagRunView>, NotFound, ProblemHttpResult>> DiscardAsync(
        Guid id,
        ClaimsPrincipal user,
        PicketDbContext db,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var run = await db.TagRuns.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (run is null)
        {
            return TypedResults.NotFound();
        }

        var (actor, now) = (AuditLog.ActorOf(user), time.GetUtcNow());
        List<string> reasons =
        [
            $"The change of the tags of {run.HeldChanged} devices was declined; nothing was written.",
        ];
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var decided = await Held(db, id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, RunState.Cancelled)
                        .SetProperty(row => row.EndedAt, now)
                        .SetProperty(row => row.IncompleteReasons, reasons)
                        .SetProperty(row => row.CancelledBy, actor),
                cancellation
            );
        if (decided == 0)
        {
            return TaggingProblems.WrongState(await NowAsync(db, id, cancellation), "held");
        }

        audit.Add(db, actor, "tagging.discarded", id.ToString());
        await db.SaveChangesAsync(cancellation);
        var discarded = await NowAsync(db, id, cancellation);
        await transaction.CommitAsync(cancellation);
        return TypedResults.Ok(TagRunViews.Of(discarded));
    }

    /// <summary>Of two who decide at once, one finds the run still held; the other is told what became of it.</summary>
    private static IQueryable<TagRunRow> Held(PicketDbContext db, Guid id) =>
        db.TagRuns.Where(row => row.Id == id && row.State == RunState.Held);

    private static Task<TagRunRow> NowAsync(PicketDbContext db, Guid id, CancellationToken cancellation) =>
        db.TagRuns.AsNoTracking().SingleAsync(row => row.Id == id, cancellation);
}
