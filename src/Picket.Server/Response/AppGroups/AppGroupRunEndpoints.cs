using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Response;

internal static class AppGroupRunEndpoints
{
    public static void MapAppGroupRuns(this WebApplication app)
    {
        app.MapGet(Routes.AppGroupRuns, ListAsync);
        app.MapGet(Routes.AppGroupRun, GetAsync);
        app.MapPost(Routes.AppGroupRunCancel, CancelAsync).RequireAuthorization(Policies.Operate);
        app.MapPost(Routes.AppGroupRunApprove, ApproveAsync).RequireAuthorization(Policies.Approve);
        app.MapPost(Routes.AppGroupRunDiscard, DiscardAsync).RequireAuthorization(Policies.Approve);
    }

    private static async Task<Ok<Page<AppGroupRunView>>> ListAsync(
        [AsParameters] AppGroupRunFilter filter,
        PicketDbContext db,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var rows = db.AppGroupRuns.AsNoTracking().WhereVisible(user.Visible(), row => row.IntegrationId);
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
                AppGroupViews.Of,
                cancellation,
                newestFirst: true
            )
        );
    }

    private static async Task<Results<Ok<AppGroupRunView>, NotFound>> GetAsync(
        Guid id,
        PicketDbContext db,
        CancellationToken cancellation
    ) =>
        await db.AppGroupRuns.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is { } run
            ? TypedResults.Ok(AppGroupViews.Of(run))
            : TypedResults.NotFound();

    /// <summary>The run looks before each write whether somebody asked for its end, and closes itself.</summary>
    private static async Task<Results<Accepted<AppGroupRunView>, NotFound, ProblemHttpResult>> CancelAsync(
        Guid id,
        ClaimsPrincipal user,
        PicketDbContext db,
        IGrainFactory grains,
        AuditLog audit,
        CancellationToken cancellation
    )
    {
        var run = await db.AppGroupRuns.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (run is null)
        {
            return TypedResults.NotFound();
        }

        var actor = AuditLog.ActorOf(user);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var asked = await db
            .AppGroupRuns.Where(row => row.Id == id && (row.State == RunState.Queued || row.State == RunState.Running))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.CancelledBy, actor), cancellation);
        if (asked == 0)
        {
            return AppGroupProblems.WrongState(await NowAsync(db, id, cancellation), "queued or running");
        }

        audit.Add(db, actor, "app-groups.cancelled", id.ToString());
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        await grains.GetGrain<IAppGroupGrain>(run.IntegrationId).PokeAsync();
        return AppGroupEndpoints.Accepted(run);
    }

    private static async Task<Results<Accepted<AppGroupRunView>, NotFound, ProblemHttpResult>> ApproveAsync(
        Guid id,
        ClaimsPrincipal user,
        PicketDbContext db,
        IGrainFactory grains,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var run = await db.AppGroupRuns.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (run is null)
        {
            return TypedResults.NotFound();
        }

        var integration = await db
            .Integrations.AsNoTracking()
            .SingleAsync(row => row.Id == run.IntegrationId, cancellation);
        var lists = await AppGroupGate.SwitchAsync(db, run.IntegrationId, cancellation);
        if (AppGroupGate.Refusal(integration, lists) is { } refusal)
        {
            return AppGroupProblems.NotAllowedNow(refusal);
        }

        var (actor, now) = (AuditLog.ActorOf(user), time.GetUtcNow());
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var decided = await Held(db, id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, RunState.Queued)
                        .SetProperty(row => row.AcceptedChanges, row => row.HeldChanges)
                        .SetProperty(row => row.IncompleteReasons, new List<string>())
                        .SetProperty(row => row.ApprovedBy, actor)
                        .SetProperty(row => row.ApprovedAt, now),
                cancellation
            );
        if (decided == 0)
        {
            return AppGroupProblems.WrongState(await NowAsync(db, id, cancellation), "held");
        }

        audit.Add(db, actor, "app-groups.approved", id.ToString(), after: new { run.HeldChanges });
        await db.SaveChangesAsync(cancellation);
        var approved = await NowAsync(db, id, cancellation);
        await transaction.CommitAsync(cancellation);
        await grains.GetGrain<IAppGroupGrain>(run.IntegrationId).PokeAsync();
        return AppGroupEndpoints.Accepted(approved);
    }

    private static async Task<Results<Ok<AppGroupRunView>, NotFound, ProblemHttpResult>> DiscardAsync(
        Guid id,
        ClaimsPrincipal user,
        PicketDbContext db,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var run = await db.AppGroupRuns.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (run is null)
        {
            return TypedResults.NotFound();
        }

        var (actor, now) = (AuditLog.ActorOf(user), time.GetUtcNow());
        List<string> reasons = [$"The change of {run.HeldChanges} apps was declined; nothing was written."];
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
            return AppGroupProblems.WrongState(await NowAsync(db, id, cancellation), "held");
        }

        audit.Add(db, actor, "app-groups.discarded", id.ToString());
        await db.SaveChangesAsync(cancellation);
        var discarded = await NowAsync(db, id, cancellation);
        await transaction.CommitAsync(cancellation);
        return TypedResults.Ok(AppGroupViews.Of(discarded));
    }

    /// <summary>Of two who decide at once, one finds the run still held; the other is told what became of it.</summary>
    private static IQueryable<AppGroupRunRow> Held(PicketDbContext db, Guid id) =>
        db.AppGroupRuns.Where(row => row.Id == id && row.State == RunState.Held);

    private static Task<AppGroupRunRow> NowAsync(PicketDbContext db, Guid id, CancellationToken cancellation) =>
        db.AppGroupRuns.AsNoTracking().SingleAsync(row => row.Id == id, cancellation);
}
