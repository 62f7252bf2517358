namespace Picket.Server.Hosting;

/// <summary>Standing work that is done by one of the servers that share a database.</summary>
public abstract class LoneWork(IHostApplicationLifetime lifetime, WorkLease lease) : StandingWork(lifetime)
{
    protected sealed override async Task WorkAsync(CancellationToken stopping)
    {
        await lease.HeldAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stopping.IsCancellationRequested)
        {
            await WorkAloneAsync(stopping);
        }
    }

    protected abstract Task WorkAloneAsync(CancellationToken stopping);
}
