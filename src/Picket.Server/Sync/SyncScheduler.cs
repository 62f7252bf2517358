using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Sync;

/// <summary>
/// Asks the database, not a memory, what is due: integrations whose time has come, and at start the runs that a stopped
/// or killed process left open.
/// </summary>
internal sealed class SyncScheduler(
    PicketDatabase database,
    SyncQueue queue,
    IGrainFactory grains,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    WorkLease lease,
    ILogger<SyncScheduler> log
) : LoneWork(lifetime, lease)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task WorkAloneAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await PokeOpenRunsAsync(stopping);
                await StartDueRunsAsync(stopping);
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                SyncLog.SchedulerFailed(log, failure);
            }
        } while (await timer.WaitForNextTickAsync(stopping));
    }

    private async Task PokeOpenRunsAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        var open = await SyncQueue
            .Open(db)
            .Where(row => row.State != RunState.Held)
            .Select(row => row.IntegrationId)
            .ToListAsync(cancellation);
        foreach (var integration in open)
        {
            await grains.GetGrain<IIntegrationGrain>(integration).PokeAsync();
        }
    }

    private async Task StartDueRunsAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        var now = time.GetUtcNow();
        var due = await db
            .Integrations.Where(row =>
                row.State != IntegrationState.Paused && row.State != IntegrationState.CredentialRefused
            )
            .Where(row => row.NextRunAt != null && row.NextRunAt <= now)
            .Where(row => !SyncQueue.Open(db).Any(run => run.IntegrationId == row.Id && run.Kind != RunKind.Device))
            .Select(row => row.Id)
            .ToListAsync(cancellation);
        foreach (var integration in due)
        {
            await queue.AddAsync(new RunWish(integration, RunKind.Full, RunTrigger.Schedule), cancellation);
            await grains.GetGrain<IIntegrationGrain>(integration).PokeAsync();
        }
    }
}
