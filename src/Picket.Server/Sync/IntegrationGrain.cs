using Orleans;
using Picket.Server.Hosting;

namespace Picket.Server.Sync;

/// <summary>
/// One per integration: runs one sync at a time. 1 a run is asked for (it is a row in the database by then); 2 the grain
/// is poked; 3 it takes up the open run, be it new or left by a killed process; 4 the engine works off the grain's
/// thread; 5 what was asked meanwhile is looked for again; 6 a cancellation reaches the engine at its next step.
/// </summary>
public interface IIntegrationGrain : IGrainWithGuidKey
{
    /// <summary>There may be a run to do. Returns at once.</summary>
    Task PokeAsync(); // 2

    /// <summary>Ends the work on a run; its row says already that it is to be cancelled.</summary>
    Task CancelAsync(Guid run); // 6
}

internal sealed class IntegrationGrain(
    SyncEngine engine,
    IHostApplicationLifetime host,
    WorkLease lease,
    TimeProvider time,
    ILogger<IntegrationGrain> log
) : Grain, IIntegrationGrain
{
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);
    private DateTimeOffset restUntil;
    private Task working = Task.CompletedTask;
    private bool again;

    public Task PokeAsync()
    {
        again = true;
        if (working.IsCompleted && time.GetUtcNow() >= restUntil)
        {
            working = WorkAsync();
        }

        return Task.CompletedTask;
    }

    public Task CancelAsync(Guid run) => engine.CancelAsync(run);

    private async Task WorkAsync()
    {
        while (again && lease.IsHeld && !host.ApplicationStopping.IsCancellationRequested) // 5
        {
            again = false;
            DelayDeactivation(TimeSpan.FromHours(12));
            try
            {
                // SQLite's calls are synchronous and would hold the grain's scheduler.
                await Task.Run(
                    () => engine.RunOpenAsync(this.GetPrimaryKey(), host.ApplicationStopping),
                    CancellationToken.None
                ); // 3, 4
            }
            catch (OperationCanceledException) when (host.ApplicationStopping.IsCancellationRequested)
            {
                return; // Open runs are taken up again at the next start.
            }
            catch (Exception failure)
            {
                // Not even the run's end could be written. A rest, lest each poke spends calls for nothing.
                SyncLog.EngineFailed(log, this.GetPrimaryKey(), failure);
                again = false;
                restUntil = time.GetUtcNow() + Rest;
            }
        }
    }
}
