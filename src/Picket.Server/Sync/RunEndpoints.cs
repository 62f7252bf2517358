using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Console;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Sync;

internal static class RunEndpoints
{
    public static void MapRuns(this WebApplication app)
    {
        app.MapGet(Routes.Runs, ListAsync);
        app.MapGet(Routes.Run, GetAsync);
        app.MapGet(Routes.RunRows, RowsAsync);
        app.MapPost(Routes.IntegrationRuns, StartAsync).RequireAuthorization(Policies.Operate);
        app.MapPost(Routes.RunCancel, CancelAsync).RequireAuthorization(Policies.Operate);
        app.MapPost(Routes.RunApprove, ApproveAsync).RequireAuthorization(Policies.Approve);
        app.MapPost(Routes.RunDiscard, DiscardAsync).RequireAuthorization(Policies.Approve);
    }

    private static async Task<Ok<Page<RunView>>> ListAsync(
        [AsParameters] RunFilter filter,
        PicketDbContext db,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        var rows = db.SyncRuns.AsNoTracking().WhereVisible(user.Visible(), row => row.IntegrationId);
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
                RunViews.Of,
                cancellation,
                newestFirst: true
            )
        );
    }

    private static async Task<Results<Ok<RunView>, NotFound>> GetAsync(
        Guid id,
        PicketDbContext db,
        CancellationToken cancellation
    ) =>
        await db.SyncRuns.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is { } run
            ? TypedResults.Ok(RunViews.Of(run))
            : TypedResults.NotFound();

    private static async Task<Results<Ok<Page<RunRow>>, NotFound>> RowsAsync(
        Guid id,
        [AsParameters] RunRowFilter filter,
        RunRowQueries rows,
        CancellationToken cancellation
    ) => await rows.ListAsync(id, filter, cancellation) is { } page ? TypedResults.Ok(page) : TypedResults.NotFound();

    private static async Task<Results<Accepted<RunView>, NotFound, ProblemHttpResult>> StartAsync(
        Guid id,
        StartRun wish,
        PicketDbContext db,
        SyncQueue queue,
        IGrainFactory grains,
        ClaimsPrincipal user,
        IAuthorizationService authorization,
        AuditLog audit,
        CancellationToken cancellation
    )
    {
        if (wish.AcceptLosses && !(await authorization.AuthorizeAsync(user, id, Policies.Approve)).Succeeded)
        {
            return TypedResults.Problem(
                "Only who may approve what is held may accept losses.",
                statusCode: StatusCodes.Status403Forbidden,
                title: "This token may not do that"
            );
        }

        var integration = await db.Integrations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        var device = wish.DeviceId is null
            ? null
            : await db
                .Devices.AsNoTracking()
                .SingleOrDefaultAsync(row => row.Id == wish.DeviceId && row.IntegrationId == id, cancellation);
        if (integration is null || (wish.Kind == RunKind.Device && device is null))
        {
            return TypedResults.NotFound();
        }

        if (integration.State is IntegrationState.Paused or IntegrationState.CredentialRefused)
        {
            return Conflict(
                $"The integration is {integration.State}: {integration.StateReason ?? "resume it first"}.",
                null
            );
        }

        var asked = new RunWish(id, wish.Kind, RunTrigger.Manual, device?.RemoteId, wish.AcceptLosses);
        var (run, isNew) = await queue.AddAsync(asked, cancellation, Tell);
        if (!isNew)
        {
            return Conflict(
                wish.Kind == RunKind.Device
                    ? "This device is being read already."
                    : "A run of this integration is open already; one runs at a time.",
                RunViews.Of(run)
            );
        }

        await grains.GetGrain<IIntegrationGrain>(id).PokeAsync();
        return TypedResults.Accepted(Routes.Fill(Routes.Run, run.Id), RunViews.Of(run));

        void Tell(PicketDbContext beside, SyncRunRow started) =>
            audit.Add(
                beside,
                AuditLog.ActorOf(user),
                "run.started",
                started.Id.ToString(),
                after: new { wish.Kind, wish.AcceptLosses }
            );
    }

    private static async Task<Results<Ok<RunView>, NotFound, ProblemHttpResult>> CancelAsync(
        Guid id,
        PicketDbContext db,
        IGrainFactory grains,
        ClaimsPrincipal user,
        AuditLog audit,
        CancellationToken cancellation
    )
    {
        var run = await db.SyncRuns.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (run is null)
        {
            return TypedResults.NotFound();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var asked = await db
            .SyncRuns.Where(row => row.Id == id && (row.State == RunState.Queued || row.State == RunState.Running))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.CancelRequested, true), cancellation);
        if (asked == 0)
        {
            return RunProblems.WrongState(await NowAsync(db, id, cancellation), "queued or running");
        }

        audit.Add(db, AuditLog.ActorOf(user), "run.cancelled", id.ToString());
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        await grains.GetGrain<IIntegrationGrain>(run.IntegrationId).CancelAsync(id);
        return TypedResults.Ok(RunViews.Of(run));
    }

    /// <summary>The run reads the devices again and may now lose as many as were shown, and no more.</summary>
    private static async Task<Results<Ok<RunView>, NotFound, ProblemHttpResult>> ApproveAsync(
        Guid id,
        PicketDbContext db,
        IGrainFactory grains,
        ClaimsPrincipal user,
        AuditLog audit,
        CancellationToken cancellation
    )
    {
        var run = await db.SyncRuns.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (run is null)
        {
            return TypedResults.NotFound();
        }

        var actor = AuditLog.ActorOf(user);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var decided = await Held(db, id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, RunState.Queued)
                        .SetProperty(row => row.HoldApproved, true)
                        .SetProperty(row => row.HoldDecidedBy, actor)
                        .SetProperty(row => row.Stage, "devices"),
                cancellation
            );
        if (decided == 0)
        {
            return RunProblems.WrongState(await NowAsync(db, id, cancellation), "held");
        }

        audit.Add(db, actor, "run.approved", id.ToString(), after: new { run.HeldLost, run.HeldStored });
        await db.SaveChangesAsync(cancellation);
        var approved = await NowAsync(db, id, cancellation);
        await transaction.CommitAsync(cancellation);
        await grains.GetGrain<IIntegrationGrain>(run.IntegrationId).PokeAsync();
        return TypedResults.Ok(RunViews.Of(approved));
    }

    private static async Task<Results<Ok<RunView>, NotFound, ProblemHttpResult>> DiscardAsync(
        Guid id,
        PicketDbContext db,
        ClaimsPrincipal user,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var run = await db.SyncRuns.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (run is null)
        {
            return TypedResults.NotFound();
        }

        var (actor, now) = (AuditLog.ActorOf(user), time.GetUtcNow());
        List<string> reasons =
        [
            .. run.IncompleteReasons,
            $"{Words.Stage("devices")}: the loss of {run.HeldLost} devices was declined; they stay.",
        ];
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var decided = await Held(db, id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, RunState.Incomplete)
                        .SetProperty(row => row.EndedAt, now)
                        .SetProperty(row => row.HoldDecidedBy, actor)
                        .SetProperty(row => row.IncompleteReasons, reasons),
                cancellation
            );
        if (decided == 0)
        {
            return RunProblems.WrongState(await NowAsync(db, id, cancellation), "held");
        }

        audit.Add(db, actor, "run.discarded", id.ToString());
        await db.SaveChangesAsync(cancellation);
        var discarded = await NowAsync(db, id, cancellation);
        await transaction.CommitAsync(cancellation);
        return TypedResults.Ok(RunViews.Of(discarded));
    }

    /// <summary>Of two who decide at once, one finds the run still held; the other is told what became of it.</summary>
    private static IQueryable<SyncRunRow> Held(PicketDbContext db, Guid id) =>
        db.SyncRuns.Where(row => row.Id == id && row.State == RunState.Held);

    private static Task<SyncRunRow> NowAsync(PicketDbContext db, Guid id, CancellationToken cancellation) =>
        db.SyncRuns.AsNoTracking().SingleAsync(row => row.Id == id, cancellation);

    private static ProblemHttpResult Conflict(string detail, RunView? run) =>
        TypedResults.Problem(
            detail,
            statusCode: StatusCodes.Status409Conflict,
            title: "The run cannot start",
            extensions: run is null ? null : new Dictionary<string, object?> { ["run"] = run }
        );
}
