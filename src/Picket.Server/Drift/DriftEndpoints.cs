using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Response;
using Picket.Server.Storage;
using CoreKind = Picket.Core.Response.DriftKind;
using CoreState = Picket.Core.Response.DriftState;

namespace Picket.Server.Drift;

/// <summary>What others changed, and a person's word about it: repair it, or let it stay.</summary>
internal static class DriftEndpoints
{
    public static void MapDriftRoutes(this WebApplication app)
    {
        app.MapGet(Routes.Drift, ListAsync);
        app.MapGet(Routes.DriftOne, GetAsync);
        app.MapGet(Routes.DriftDevices, DevicesAsync);
        app.MapPost(Routes.DriftRepair, RepairAsync).RequireAuthorization(Policies.Approve);
        app.MapPost(Routes.DriftAccept, AcceptAsync).RequireAuthorization(Policies.Approve);
    }

    private static async Task<Ok<Page<DriftView>>> ListAsync(
        [AsParameters] DriftFilter filter,
        ClaimsPrincipal user,
        DriftQueries queries,
        CancellationToken cancellation
    ) => TypedResults.Ok(await queries.ListAsync(user.Visible(), filter, cancellation));

    private static async Task<Results<Ok<DriftView>, NotFound>> GetAsync(
        Guid id,
        DriftQueries queries,
        CancellationToken cancellation
    ) => await queries.OfAsync(id, cancellation) is { } drift ? TypedResults.Ok(drift) : TypedResults.NotFound();

    private static async Task<Results<Ok<Page<DriftDevice>>, NotFound>> DevicesAsync(
        Guid id,
        string? cursor,
        int? limit,
        DriftQueries queries,
        CancellationToken cancellation
    ) =>
        await queries.DevicesAsync(id, cursor, limit, cancellation) is { } page
            ? TypedResults.Ok(page)
            : TypedResults.NotFound();

    /// <summary>The brakes hold for it as for any other run.</summary>
    private static async Task<Results<Ok<DriftView>, NotFound, ProblemHttpResult>> RepairAsync(
        Guid id,
        ClaimsPrincipal user,
        PicketDbContext db,
        DriftQueries queries,
        TagRunQueue queue,
        ReferenceRunner references,
        IGrainFactory grains,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        if (await db.Drift.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is not { } drift)
        {
            return TypedResults.NotFound();
        }

        var integration = await db
            .Integrations.AsNoTracking()
            .SingleAsync(row => row.Id == drift.IntegrationId, cancellation);
        if (TaggingGate.Refusal(integration) is { } refusal)
        {
            return TaggingProblems.NotAllowedNow(refusal);
        }

        if (!TagDrift.MayRepair(drift.Kind, CoreState.Open, asks: true, isOver: false))
        {
            return Over(drift, "is nothing that Picket can repair: do it in the UEM, or accept it");
        }

        var (actor, now) = (AuditLog.ActorOf(user), time.GetUtcNow());
        var asking = db.Drift.Where(row =>
            row.Id == id && row.EndedAt == null && (row.Asks || row.State == CoreState.Accepted)
        );
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var decided = await asking.ExecuteUpdateAsync(
            set =>
                set.SetProperty(row => row.Asks, false)
                    .SetProperty(row => row.Trouble, (string?)null)
                    .SetProperty(row => row.State, CoreState.Open)
                    .SetProperty(row => row.DecidedBy, actor)
                    .SetProperty(row => row.DecidedAt, now),
            cancellation
        );
        if (decided == 0)
        {
            return Over(drift, "waits for no word: it is repaired by itself, or over");
        }

        audit.Add(db, actor, "drift.repaired", $"{id}", after: Told(drift));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        await (
            TagDrift.IsReference(drift.Kind)
                ? references.AskAsync(db, drift.IntegrationId, cancellation)
                : queue.AddAsync(drift.IntegrationId, cancellation)
        );
        await grains.GetGrain<ITaggingGrain>(drift.IntegrationId).PokeAsync();
        return TypedResults.Ok((await queries.OfAsync(id, cancellation))!);
    }

    /// <summary>
    /// A tag that was made anew is dealt with by that, and so is what a smart group does not name any more: nothing is left to
    /// wait for.
    /// </summary>
    private static async Task<Results<Ok<DriftView>, NotFound, ProblemHttpResult>> AcceptAsync(
        Guid id,
        ClaimsPrincipal user,
        PicketDbContext db,
        DriftQueries queries,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        if (await db.Drift.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is not { } drift)
        {
            return TypedResults.NotFound();
        }

        var (actor, now) = (AuditLog.ActorOf(user), time.GetUtcNow());
        var madeAnew =
            drift is { Kind: CoreKind.Deleted, Asks: false }
            && await db.OwnedTags.AnyAsync(tag => tag.Id == drift.OwnedTagId && tag.RemoteId != null, cancellation);
        var isReference = TagDrift.IsReference(drift.Kind);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var isOver =
            madeAnew
            || (
                drift.CompliancePolicyId is null ? isReference : await PolicyNotes.AcceptAsync(db, drift, cancellation)
            );
        DateTimeOffset? ended = isOver ? now : null;
        var decided = await db
            .Drift.Where(row => row.Id == id && row.EndedAt == null && row.State == CoreState.Open)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, CoreState.Accepted)
                        .SetProperty(row => row.EndedAt, ended)
                        .SetProperty(row => row.DecidedBy, actor)
                        .SetProperty(row => row.DecidedAt, now),
                cancellation
            );
        if (decided == 0)
        {
            return Over(drift, "is over, or accepted already");
        }

        if (isReference)
        {
            await db
                .TagReferences.Where(row =>
                    row.IntegrationId == drift.IntegrationId
                    && row.SmartGroupId == drift.SmartGroupId
                    && row.OwnedTagId == drift.OwnedTagId
                    && row.MissedAt != null
                )
                .ExecuteDeleteAsync(cancellation);
        }

        audit.Add(db, actor, "drift.accepted", $"{id}", after: Told(drift));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return TypedResults.Ok((await queries.OfAsync(id, cancellation))!);
    }

    private static object Told(DriftRow row) =>
        new
        {
            Kind = $"{row.Kind}",
            row.IntegrationId,
            row.OwnedTagId,
            row.SmartGroupId,
            row.CompliancePolicyId,
        };

    private static ProblemHttpResult Over(DriftRow row, string why) =>
        Problems.Make(409, "There is nothing to decide", $"Change {row.Id} {why}.", "See `picket drift list`.");
}
