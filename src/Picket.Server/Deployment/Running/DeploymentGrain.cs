using Orleans;

namespace Picket.Server.Deployment;

/// <summary>One per integration: works at its publications, one at a time.</summary>
public interface IDeploymentGrain : IGrainWithGuidKey
{
    /// <summary>There may be something to do. Returns at once; what to do is in the database.</summary>
    Task PokeAsync();
}

internal sealed class DeploymentGrain(
    PublicationRunner runner,
    IHostApplicationLifetime host,
    ILogger<DeploymentGrain> log
) : Grain, IDeploymentGrain
{
    private Task working = Task.CompletedTask;
    private bool again;

    public Task PokeAsync()
    {
        again = true;
        if (working.IsCompleted)
        {
            working = WorkAsync();
        }

        return Task.CompletedTask;
    }

    private async Task WorkAsync()
    {
        while (again)
        {
            again = false;
            DelayDeactivation(TimeSpan.FromHours(1));
            try
            {
                // Off the grain's scheduler: SQLite's calls are synchronous and would hold it.
                await Task.Run(() => runner.RunDueAsync(this.GetPrimaryKey(), host.ApplicationStopping));
            }
            catch (OperationCanceledException) when (host.ApplicationStopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                DeploymentLog.GrainFailed(log, this.GetPrimaryKey(), failure);
            }
        }
    }
}
