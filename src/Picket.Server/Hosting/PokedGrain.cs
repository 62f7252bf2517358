using Orleans;

namespace Picket.Server.Hosting;

/// <summary>
/// Works off what stands in the database for one integration, one thing at a time. Poked while it works, it looks once
/// more afterwards: nothing that came meanwhile is left. Of several servers the one that works finds it there by itself.
/// </summary>
internal abstract class PokedGrain(IHostApplicationLifetime host, WorkLease lease) : Grain
{
    private Task working = Task.CompletedTask;
    private bool again;

    /// <summary>There may be something to do. Returns at once.</summary>
    public Task PokeAsync()
    {
        again = true;
        if (working.IsCompleted)
        {
            working = WorkAsync();
        }

        return Task.CompletedTask;
    }

    protected abstract Task RunAsync(Guid integration, CancellationToken stopping);

    /// <summary>Not even its end could be written.</summary>
    protected abstract void Failed(Guid integration, Exception failure);

    private async Task WorkAsync()
    {
        while (again && lease.IsHeld)
        {
            again = false;
            DelayDeactivation(TimeSpan.FromHours(1));
            try
            {
                // Off the grain's scheduler: SQLite's calls are synchronous and would hold it.
                await Task.Run(() => RunAsync(this.GetPrimaryKey(), host.ApplicationStopping));
            }
            catch (OperationCanceledException) when (host.ApplicationStopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                Failed(this.GetPrimaryKey(), failure);
            }
        }
    }
}
