using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Storage;

namespace Picket.Server.Sync;

/// <summary>Puts runs into the database. A unique index lets one open run per integration in, whoever asks.</summary>
public sealed class SyncQueue(PicketDatabase database, TimeProvider time)
{
    /// <returns>The run; <c>IsNew</c> is false where an open one was there.</returns>
    public async Task<(SyncRunRow Run, bool IsNew)> AddAsync(
        Guid integration,
        RunKind kind,
        RunTrigger trigger,
        int? device,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var now = time.GetUtcNow();
        var run = new SyncRunRow
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = integration,
            Kind = kind,
            Trigger = trigger,
            DeviceRemoteId = device,
            RequestedAt = now,
        };
        db.SyncRuns.Add(run);
        try
        {
            await db.SaveChangesAsync(cancellation);
            return (run, true);
        }
        catch (DbUpdateException) when (!cancellation.IsCancellationRequested)
        {
            db.ChangeTracker.Clear();
            return (await Open(db).FirstAsync(row => row.IntegrationId == integration, cancellation), false);
        }
    }

    public static IQueryable<SyncRunRow> Open(PicketDbContext db) =>
        db.SyncRuns.Where(row =>
            row.State == RunState.Queued || row.State == RunState.Running || row.State == RunState.Held
        );
}
