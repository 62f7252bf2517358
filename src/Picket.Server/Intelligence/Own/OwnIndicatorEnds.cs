using Picket.Server.Hosting;

namespace Picket.Server.Intelligence;

/// <summary>Own indicators end by themselves. The end stands in the database, so a server that was off catches up.</summary>
internal sealed partial class OwnIndicatorEnds(
    OwnIndicatorStore store,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    WorkLease lease,
    ILogger<OwnIndicatorEnds> log
) : LoneWork(lifetime, lease)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(10);

    protected override async Task WorkAloneAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await store.EndExpiredAsync(stopping);
            }
            catch (Exception mistake) when (!stopping.IsCancellationRequested)
            {
                Failed(log, mistake);
            }

            await Task.Delay(BetweenLooks, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Own indicators that have expired could not be ended; it is tried again soon.")]
    private static partial void Failed(ILogger log, Exception mistake);
}
