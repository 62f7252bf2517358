using Orleans;

namespace Picket.Server.Response;

/// <summary>One per integration: makes its tags true, one run at a time.</summary>
public interface ITaggingGrain : IGrainWithGuidKey
{
    /// <summary>There may be a run to do. Returns at once; what to do is in the database.</summary>
    Task PokeAsync();
}

internal sealed class TaggingGrain(TagRunner runner, IHostApplicationLifetime host, ILogger<TaggingGrain> log)
    : Grain,
        ITaggingGrain
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
                await Task.Run(() => runner.RunOpenAsync(this.GetPrimaryKey(), host.ApplicationStopping));
            }
            catch (OperationCanceledException) when (host.ApplicationStopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                ResponseLog.TaggingFailed(log, this.GetPrimaryKey(), failure);
            }
        }
    }
}
