namespace Picket.Server.Hosting;

/// <summary>
/// Work that goes on for as long as the server runs. It begins when the server has started: the silo is there by then,
/// and whoever waits for the first answer does not wait for this too.
/// </summary>
public abstract class StandingWork(IHostApplicationLifetime lifetime) : BackgroundService
{
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var waiting = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await using var stopped = stoppingToken.Register(() => started.TrySetResult());
        await started.Task;
        if (!stoppingToken.IsCancellationRequested) // A server that could not start has nothing to work at.
        {
            await WorkAsync(stoppingToken);
        }
    }

    protected abstract Task WorkAsync(CancellationToken stopping);

    /// <summary>The server may not go on. It ends in an orderly way; whoever watches over it starts it again.</summary>
    protected void EndServer() => lifetime.StopApplication();
}
