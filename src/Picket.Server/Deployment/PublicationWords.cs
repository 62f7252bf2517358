using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Audit;
using Picket.Server.Storage;

namespace Picket.Server.Deployment;

/// <summary>A person's word about a publication, its audit entry in the same commit. Of two at once, one counts.</summary>
internal sealed class PublicationWords(
    PicketDatabase database,
    PublicationQueries queries,
    IGrainFactory grains,
    AuditLog audit,
    TimeProvider time
)
{
    public Task<PublicationView?> StartAsync(PublicationRow row, string actor, CancellationToken cancellation) =>
        SayAsync(
            row,
            actor,
            "publication.started",
            async (db, row, now) =>
            {
                (row.State, row.Begun, row.StartedAt, row.GoesOnAt) = (PublicationState.Running, 1, now, now);
                var first = await RingAsync(db, row, 0, cancellation);
                first.State = RingState.Writing;
            },
            cancellation
        );

    public Task<PublicationView?> PauseAsync(PublicationRow row, string actor, CancellationToken cancellation) =>
        SayAsync(
            row,
            actor,
            "publication.paused",
            (_, row, now) =>
            {
                (row.State, row.Reason, row.GoesOnAt) = (PublicationState.Paused, "A person paused it.", now);
                return Task.CompletedTask;
            },
            cancellation
        );

    public Task<PublicationView?> ResumeAsync(
        PublicationRow row,
        ResumePublication how,
        string actor,
        CancellationToken cancellation
    ) =>
        SayAsync(
            row,
            actor,
            "publication.resumed",
            async (db, row, now) =>
            {
                (row.GoesOnAt, row.Touched) = (now, how.Touched);
                if (row.TakingBack)
                {
                    row.State = PublicationState.Undoing;
                    return;
                }

                row.State = PublicationState.Running;
                var ring = await RingAsync(db, row, row.Begun - 1, cancellation);
                if (ring.State == RingState.Watching)
                {
                    // What was seen is accepted; the watching begins anew.
                    ring.BeganAt = now;
                    ring.ToleratedFailed = ring.Failed ?? 0;
                    ring.ToleratedWorsened = ring.Worsened ?? 0;
                    if (how.Touched != TouchedByOthers.Stop)
                    {
                        ring.State = RingState.Writing;
                    }
                }

                if (how.NextRing && await NextAsync(db, row, cancellation) is { } next)
                {
                    ring.State = RingState.Done;
                    (next.State, row.Begun) = (RingState.Writing, row.Begun + 1);
                }
            },
            cancellation
        );

    public Task<PublicationView?> UndoAsync(
        PublicationRow row,
        TouchedByOthers touched,
        string actor,
        CancellationToken cancellation
    ) =>
        SayAsync(
            row,
            actor,
            "publication.undone",
            (_, row, now) =>
            {
                (row.State, row.GoesOnAt, row.Touched) = (PublicationState.Undoing, now, touched);
                (row.TakingBack, row.EndedAt) = (true, null);
                return Task.CompletedTask;
            },
            cancellation
        );

    private static Task<PublicationRingRow> RingAsync(
        PicketDbContext db,
        PublicationRow row,
        int number,
        CancellationToken cancellation
    ) => db.PublicationRings.SingleAsync(ring => ring.PublicationId == row.Id && ring.Number == number, cancellation);

    private static Task<PublicationRingRow?> NextAsync(
        PicketDbContext db,
        PublicationRow row,
        CancellationToken cancellation
    ) =>
        db.PublicationRings.SingleOrDefaultAsync(
            ring => ring.PublicationId == row.Id && ring.Number == row.Begun,
            cancellation
        );

    /// <returns>Null when somebody was faster.</returns>
    private async Task<PublicationView?> SayAsync(
        PublicationRow row,
        string actor,
        string action,
        Func<PicketDbContext, PublicationRow, DateTimeOffset, Task> change,
        CancellationToken cancellation
    )
    {
        var (state, word) = (row.State, row.Word);
        await using (var db = database.Open())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            var taken = await db
                .Publications.Where(each => each.Id == row.Id && each.Word == word && each.State == state)
                .ExecuteUpdateAsync(set => set.SetProperty(each => each.Word, word + 1), cancellation);
            if (taken == 0)
            {
                return null;
            }

            // As it stands now: what was found of it since it was asked for is kept.
            var newest = await db.Publications.SingleAsync(each => each.Id == row.Id, cancellation);
            (newest.WordBy, newest.Reason, newest.Failures) = (actor, null, 0);
            await change(db, newest, time.GetUtcNow());
            audit.Add(db, actor, action, $"{row.Id}");
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }

        await grains.GetGrain<IDeploymentGrain>(row.IntegrationId).PokeAsync();
        return await queries.GetAsync(row.Id, cancellation);
    }
}
