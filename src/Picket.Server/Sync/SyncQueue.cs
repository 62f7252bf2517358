using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Storage;

namespace Picket.Server.Sync;

/// <param name="Device">UEM id, for a run of one device.</param>
public sealed record RunWish(
    Guid Integration,
    RunKind Kind,
    RunTrigger Trigger,
    int? Device = null,
    bool AcceptLosses = false
);

/// <summary>
/// Puts runs into the database. Unique indexes let one open run per integration in, and beside it one per device that is
/// read alone, whoever asks.
/// </summary>
public sealed class SyncQueue(PicketDatabase database, TimeProvider time)
{
    private const int Tries = 3;

    /// <param name="beside">Adds to the same unit of work what tells of a new run.</param>
    /// <returns>The run; <c>IsNew</c> is false where an open one was there.</returns>
    public async Task<(SyncRunRow Run, bool IsNew)> AddAsync(
        RunWish wish,
        CancellationToken cancellation,
        Action<PicketDbContext, SyncRunRow>? beside = null
    )
    {
        for (var tried = 1; ; tried++)
        {
            await using var db = database.Open();
            var now = time.GetUtcNow();
            var run = new SyncRunRow
            {
                Id = Guid.CreateVersion7(now),
                IntegrationId = wish.Integration,
                Kind = wish.Kind,
                Trigger = wish.Trigger,
                DeviceRemoteId = wish.Device,
                AcceptLosses = wish.AcceptLosses,
                RequestedAt = now,
            };
            db.SyncRuns.Add(run);
            beside?.Invoke(db, run);
            try
            {
                await db.SaveChangesAsync(cancellation);
                return (run, true);
            }
            catch (DbUpdateException taken) when (taken.IsUniqueViolation() && tried < Tries)
            {
                db.ChangeTracker.Clear();
                if (await OpenLike(db, run).FirstOrDefaultAsync(cancellation) is { } other)
                {
                    return (other, false);
                }

                // It ended just now, so there is room again.
            }
        }
    }

    public static IQueryable<SyncRunRow> Open(PicketDbContext db) =>
        db.SyncRuns.Where(row =>
            row.State == RunState.Queued || row.State == RunState.Running || row.State == RunState.Held
        );

    private static IQueryable<SyncRunRow> OpenLike(PicketDbContext db, SyncRunRow run)
    {
        var open = Open(db).Where(row => row.IntegrationId == run.IntegrationId);
        return run.Kind == RunKind.Device
            ? open.Where(row => row.Kind == RunKind.Device && row.DeviceRemoteId == run.DeviceRemoteId)
            : open.Where(row => row.Kind != RunKind.Device);
    }
}
