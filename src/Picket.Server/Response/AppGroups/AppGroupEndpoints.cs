using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Integrations;
using Picket.Server.Storage;

namespace Picket.Server.Response;

internal static class AppGroupEndpoints
{
    public static void MapAppGroupLists(this WebApplication app)
    {
        app.MapGet(Routes.AppGroups, StateAsync);
        app.MapPut(Routes.AppGroups, SetAsync).RequireAuthorization(Policies.ChangeSettings);
        app.MapPost(Routes.AppGroupPreview, PreviewAsync).RequireAuthorization(Policies.Operate);
        app.MapPost(Routes.AppGroupRunNow, RunAsync).RequireAuthorization(Policies.Operate);
        app.MapPost(Routes.AppGroupAccept, AppGroupAcceptance.AcceptAsync)
            .RequireAuthorization(Policies.ChangeSettings);
        app.MapPost(Routes.AppGroupAdopt, AppGroupAdoption.AdoptAsync).RequireAuthorization(Policies.ChangeSettings);
        app.MapPost(Routes.AppGroupCleanUp, CleanUpAsync).RequireAuthorization(Policies.ChangeSettings);
    }

    private static async Task<Results<Ok<AppGroupsView>, NotFound>> StateAsync(
        Guid id,
        AppGroupQueries queries,
        CancellationToken cancellation
    ) => await queries.StateAsync(id, cancellation) is { } state ? TypedResults.Ok(state) : TypedResults.NotFound();

    private static async Task<Results<Ok<AppGroupPreview>, NotFound, ProblemHttpResult>> PreviewAsync(
        Guid id,
        AppGroupQueries queries,
        CancellationToken cancellation
    )
    {
        try
        {
            return await queries.PreviewAsync(id, cancellation) is { } preview
                ? TypedResults.Ok(preview)
                : TypedResults.NotFound();
        }
        catch (Exception failure) when (AppGroupProblems.IsUemFailure(failure))
        {
            return AppGroupProblems.UemFailed(failure);
        }
    }

    private static async Task<Results<Accepted<AppGroupRunView>, NotFound, ProblemHttpResult>> RunAsync(
        Guid id,
        PicketDbContext db,
        AppGroupQueue queue,
        IGrainFactory grains,
        CancellationToken cancellation
    )
    {
        var integration = await db.Integrations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (integration is null)
        {
            return TypedResults.NotFound();
        }

        var lists = await AppGroupGate.SwitchAsync(db, id, cancellation);
        if (AppGroupGate.Refusal(integration, lists) is { } refusal)
        {
            return AppGroupProblems.NotAllowedNow(refusal);
        }

        var run = await queue.AddAsync(id, cancellation);
        if (run.State == RunState.Held)
        {
            return AppGroupProblems.RunIsOpen(run);
        }

        await grains.GetGrain<IAppGroupGrain>(id).PokeAsync();
        return Accepted(run);
    }

    private static async Task<Results<Ok<AppGroupsView>, NotFound, ValidationProblem, ProblemHttpResult>> SetAsync(
        Guid id,
        SetAppGroups wish,
        HttpContext context,
        PicketDbContext db,
        AppGroupQueries queries,
        ChangeGate gate,
        AuditLog audit,
        CancellationToken cancellation
    )
    {
        var integration = await db.Integrations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (integration is null)
        {
            return TypedResults.NotFound();
        }

        var mistakes = new FieldMistakes();
        mistakes.Unless(
            wish.MostChanges is null or (>= 0 and <= AppGroupBrake.Largest),
            "mostChanges",
            $"The apps of one hour lie between 0 and {AppGroupBrake.Largest}."
        );
        mistakes.Unless(wish.Enabled is not true, "enabled", "Lists go on with an accepted preview.");
        if (mistakes.Any)
        {
            return TypedResults.ValidationProblem(mistakes.ByField);
        }

        if (await gate.RefusalAsync(context, integration, cancellation) is { } refused)
        {
            return refused;
        }

        var row = await SwitchAsync(db, id, cancellation);
        var before = new { row.Enabled, row.MostChanges };
        row.Enabled = wish.Enabled ?? row.Enabled;
        row.MostChanges = wish.MostChanges ?? row.MostChanges;
        row.Version++;
        audit.Add(
            db,
            AuditLog.ActorOf(context.User),
            "app-groups.changed",
            $"{id}",
            before,
            new { row.Enabled, row.MostChanges }
        );
        return await TrySaveAsync(db, cancellation) is { } lost
            ? lost
            : TypedResults.Ok((await queries.StateAsync(id, cancellation))!);
    }

    /// <summary>The lists go off with the same commit, or the next run would put the apps back.</summary>
    private static async Task<Results<Accepted<AppGroupRunView>, NotFound, ProblemHttpResult>> CleanUpAsync(
        Guid id,
        HttpContext context,
        PicketDbContext db,
        AppGroupQueue queue,
        IGrainFactory grains,
        ChangeGate gate,
        AuditLog audit,
        CancellationToken cancellation
    )
    {
        var integration = await db.Integrations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (integration is null)
        {
            return TypedResults.NotFound();
        }

        if (await gate.RefusalAsync(context, integration, cancellation) is { } refused)
        {
            return refused;
        }

        if (AppGroupGate.Refusal(integration, lists: null, AppGroupRunKind.CleanUp) is { } refusal)
        {
            return AppGroupProblems.NotAllowedNow(refusal);
        }

        if (await OpenRunAsync(db, id, cancellation) is { } open)
        {
            return AppGroupProblems.RunIsOpen(open);
        }

        var actor = AuditLog.ActorOf(context.User);
        var run = queue.New(id, AppGroupRunKind.CleanUp, approvedBy: actor);
        db.AppGroupRuns.Add(run);
        var row = await SwitchAsync(db, id, cancellation);
        (row.Enabled, row.Version) = (false, row.Version + 1);
        audit.Add(db, actor, "app-groups.clean-up", $"{id}", after: new { run = run.Id });
        if (await TrySaveAsync(db, cancellation) is { } lost)
        {
            return lost;
        }

        await grains.GetGrain<IAppGroupGrain>(id).PokeAsync();
        return Accepted(run);
    }

    /// <returns>Tracked; made where there is none yet.</returns>
    internal static async Task<AppGroupSwitchRow> SwitchAsync(
        PicketDbContext db,
        Guid integration,
        CancellationToken cancellation
    ) =>
        await db.AppGroupSwitches.SingleOrDefaultAsync(row => row.IntegrationId == integration, cancellation)
        ?? db.AppGroupSwitches.Add(new AppGroupSwitchRow { IntegrationId = integration }).Entity;

    internal static Task<AppGroupRunRow?> OpenRunAsync(
        PicketDbContext db,
        Guid integration,
        CancellationToken cancellation
    ) =>
        AppGroupQueue
            .Open(db)
            .AsNoTracking()
            .SingleOrDefaultAsync(run => run.IntegrationId == integration, cancellation);

    internal static Accepted<AppGroupRunView> Accepted(AppGroupRunRow run) =>
        TypedResults.Accepted(Routes.Fill(Routes.AppGroupRun, run.Id), AppGroupViews.Of(run));

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
            return AppGroupProblems.NotAllowedNow("Somebody changed the lists at this moment; try again.");
        }
        catch (DbUpdateException taken) when (taken.IsUniqueViolation())
        {
            return AppGroupProblems.NotAllowedNow("Somebody was faster at this moment; look, and try again.");
        }
    }
}
