using Microsoft.Extensions.Options;
using Picket.Server.Hosting;

namespace Picket.Server.Response;

/// <summary>
/// Starts the runs that are wanted: when verdicts changed, when a run ended, and every few minutes. What is wanted stands in
/// the database, so nothing is forgotten by a crash, a lost signal, or a time when writing was not possible.
/// </summary>
internal sealed class AppGroupWorker(
    AppGroupLook look,
    AppGroupSignal signal,
    IGrainFactory grains,
    IOptions<ResponseOptions> options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    WorkLease lease,
    ILogger<AppGroupWorker> log
) : LoneWork(lifetime, lease)
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(2);

    /// <summary>Verdicts come in batches, and one run for all of them costs the fewest calls.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(500);

    protected override async Task WorkAloneAsync(CancellationToken stopping)
    {
        var every = TimeSpan.FromMilliseconds(options.Value.LookEveryMilliseconds);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stopping);
                await signal.WaitAsync(every, time, stopping);
                await Task.Delay(every < Gather ? every : Gather, time, stopping);
                signal.Take();
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                AppGroupLog.LookFailed(log, failure);
                await Task.Delay(AfterFailure, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        foreach (var integration in await look.OpenAsync(stopping))
        {
            await grains.GetGrain<IAppGroupGrain>(integration).PokeAsync();
        }

        foreach (var integration in await look.QueueAsync(stopping))
        {
            await grains.GetGrain<IAppGroupGrain>(integration).PokeAsync();
        }
    }
}
