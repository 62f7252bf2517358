using Orleans;

namespace Picket.Server.Enrollment;

/// <summary>One per integration: works its imports off, one at a time.</summary>
public interface IEnrollmentGrain : IGrainWithGuidKey
{
    /// <summary>There may be an import to work at. Returns at once; what to do is in the database.</summary>
    Task PokeAsync();
}

internal sealed class EnrollmentGrain(ImportRunner runner, IHostApplicationLifetime host, ILogger<EnrollmentGrain> log)
    : Grain,
        IEnrollmentGrain
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
                EnrollmentLog.GrainFailed(log, this.GetPrimaryKey(), failure);
            }
        }
    }
}
