using Picket.Server.Drift;
using Picket.Server.Hosting;

namespace Picket.Server.Response;

/// <summary>
/// Starts the tag runs that are wanted: after each judging, when a run ended, and every few minutes. What is wanted
/// stands in the database, so nothing is forgotten by a crash, a lost signal, or a time when writing was not possible.
/// </summary>
internal sealed class ResponseWorker(
    TagRunLook look,
    ReferenceRunner references,
    ResponseSignal signal,
    IGrainFactory grains,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    WorkLease lease,
    ILogger<ResponseWorker> log
) : LoneWork(lifetime, lease)
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(2);

    protected override async Task WorkAloneAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await PokeAsync(await look.OpenAsync(stopping));
                await PokeAsync(await look.QueueAsync(stopping));
                await PokeAsync(await references.DueAsync(stopping));
                await signal.WaitAsync(look.Wait, time, stopping);
                look.Tell(signal.Take());
                look.TellWholly(signal.TakeWholly());
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                ResponseLog.LookFailed(log, failure);
                look.TellAll();
                await Task.Delay(AfterFailure, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task PokeAsync(IReadOnlyList<Guid> integrations)
    {
        foreach (var integration in integrations)
        {
            await grains.GetGrain<ITaggingGrain>(integration).PokeAsync();
        }
    }
}
