using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Audit;
using Picket.Server.Commands;
using Picket.Server.Storage;

namespace Picket.Server.Brakes;

/// <summary>
/// The rows of stops. Each stop is one of its own, with its own reason, and the newest says how it is: a release ends what
/// was there when it was said, so a stop that meets a release at the same moment stands.
/// </summary>
internal sealed class WriteStopBook(PicketDatabase database, AuditLog audit, TimeProvider time)
{
    /// <returns>The stop, and the one that was in force when it was made.</returns>
    public async Task<(WriteStopRow Stop, WriteStopRow? Before)> KeepAsync(string actor, string reason)
    {
        while (true)
        {
            await using var db = database.Open();
            await using var transaction = await DurableTransaction.BeginAsync(db, CancellationToken.None);
            var newest = await WriteStops.NewestAsync(db, CancellationToken.None);
            var now = time.GetUtcNow();
            var stop = new WriteStopRow
            {
                Number = (newest?.Number ?? 0) + 1,
                Id = Guid.CreateVersion7(now),
                StoppedBy = actor,
                StoppedAt = now,
                Reason = reason,
            };
            db.WriteStops.Add(stop);
            audit.Add(db, actor, "writes.stopped", $"{stop.Number}", after: new { stop.Reason });
            try
            {
                await db.SaveChangesAsync(CancellationToken.None);
                await VoidApprovalsAsync(db);
                await transaction.CommitAsync(CancellationToken.None);
                return (stop, newest is { ReleasedAt: null } ? newest : null);
            }
            catch (DbUpdateException taken) when (taken.IsUniqueViolation())
            {
                // Somebody stopped at the same moment, and has the number: this one gets the next.
            }
        }
    }

    /// <param name="number">The stop that the person saw; null for the newest.</param>
    /// <returns>The newest of those that it ended; null when that one is not in force.</returns>
    public async Task<WriteStopRow?> ReleaseAsync(long? number, string actor, CancellationToken cancellation)
    {
        await using var db = database.Open();
        if (
            await WriteStops.CurrentAsync(db, cancellation) is not { } stop
            || (number is not null && number != stop.Number)
        )
        {
            return null;
        }

        var now = time.GetUtcNow();
        await using var transaction = await DurableTransaction.BeginAsync(db, cancellation);
        var open = db.WriteStops.Where(row => row.Number <= stop.Number && row.ReleasedAt == null);
        var ended = await open.AsNoTracking().ToListAsync(cancellation);
        var released = await open.ExecuteUpdateAsync(
            set =>
                set.SetProperty(row => row.ReleasedBy, actor).SetProperty(row => row.ReleasedAt, (DateTimeOffset?)now),
            cancellation
        );
        if (released == 0)
        {
            return null;
        }

        await StopWaitingAsync(db, ended.ConvertAll(row => row.Text), cancellation);
        audit.Add(db, actor, "writes.released", $"{stop.Number}", before: new { stop.Reason, stop.StoppedAt });
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        (stop.ReleasedBy, stop.ReleasedAt) = (actor, now);
        return stop;
    }

    /// <summary>
    /// A person's word for a run of tags or app groups, for putting something back, for messages or a wipe, was given before
    /// whatever made somebody stop: it is asked for again, also by a run that would follow one that ended short.
    /// </summary>
    private static async Task VoidApprovalsAsync(PicketDbContext db)
    {
        var accepted = db.TagRuns.Where(row => row.AcceptedChanges != null);
        await accepted
            .Where(row => row.State == RunState.Queued || row.State == RunState.Running)
            .ExecuteUpdateAsync(set =>
                set.SetProperty(row => row.AcceptedChanges, (int?)null)
                    .SetProperty(row => row.ApprovedBy, (string?)null)
                    .SetProperty(row => row.ApprovedAt, (DateTimeOffset?)null)
            );
        await accepted
            .Where(row => row.State == RunState.Incomplete || row.State == RunState.Failed)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.AcceptedChanges, (int?)null));
        var agreed = db.AppGroupRuns.Where(row => row.AcceptedChanges != null);
        await agreed
            .Where(row => row.State == RunState.Queued || row.State == RunState.Running)
            .ExecuteUpdateAsync(set =>
                set.SetProperty(row => row.AcceptedChanges, (int?)null)
                    .SetProperty(row => row.ApprovedBy, (string?)null)
                    .SetProperty(row => row.ApprovedAt, (DateTimeOffset?)null)
            );
        await agreed
            .Where(row => row.State == RunState.Incomplete || row.State == RunState.Failed)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.AcceptedChanges, (int?)null));
        await db
            .Drift.Where(row =>
                row.EndedAt == null && row.State == Core.Response.DriftState.Open && row.DecidedBy != null
            )
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Asks, true));
        await DeviceCommandRow.AskAgainAsync(db, db.DeviceCommands);
    }

    /// <summary>Messages, commands and publications that waited say no more that they do; runs and imports do so when they are taken up.</summary>
    private async Task StopWaitingAsync(PicketDbContext db, List<string> texts, CancellationToken cancellation)
    {
        await db
            .Nudges.Where(row => texts.Contains(row.Reason!))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Reason, (string?)null), cancellation);
        var now = time.GetUtcNow();
        await db
            .DeviceCommands.Where(row => texts.Contains(row.Why!))
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.Why, (string?)null)
                        .SetProperty(row => row.Brake, Core.Response.CommandBrake.None)
                        .SetProperty(row => row.GoesOnAt, (DateTimeOffset?)now),
                cancellation
            );
        await db
            .Publications.Where(row => texts.Contains(row.Reason!))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Reason, (string?)null), cancellation);
    }
}
