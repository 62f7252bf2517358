using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Deployment;

/// <summary>Takes up publications and nudges that are due, those that a stopped process left too. All of it stands in the database.</summary>
internal sealed class DeploymentWorker(
    PicketDatabase database,
    IGrainFactory grains,
    IOptions<DeploymentOptions> options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    WorkLease lease,
    ILogger<DeploymentWorker> log
) : LoneWork(lifetime, lease)
{
    protected override async Task WorkAloneAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(options.Value.LookEveryMilliseconds), time);
        do
        {
            try
            {
                await PokeAsync(stopping);
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                DeploymentLog.LookFailed(log, failure);
            }
        } while (await timer.WaitForNextTickAsync(stopping));
    }

    private async Task PokeAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var db = database.Open();
        var due = await db
            .Publications.Where(row => row.GoesOnAt <= now)
            .Select(row => row.IntegrationId)
            .Distinct()
            .ToListAsync(cancellation);
        foreach (var integration in due)
        {
            await grains.GetGrain<IDeploymentGrain>(integration).PokeAsync();
        }

        var nudging = await db
            .Nudges.Where(row => row.GoesOnAt <= now)
            .Select(row => row.IntegrationId)
            .Distinct()
            .ToListAsync(cancellation);
        foreach (var integration in nudging)
        {
            await grains.GetGrain<INudgeGrain>(integration).PokeAsync();
        }
    }
}
