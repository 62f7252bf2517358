using Picket.Server.Hosting;

namespace Picket.Server.Hunts;

/// <summary>Says that something changed that could answer a hunt: a feed, or the inventory after a full run.</summary>
public sealed class HuntSignal : Signal
{
    /// <summary>Feeds belong to no integration.</summary>
    public void FeedsChanged() => Raise(Guid.Empty);
}

/// <summary>
/// Runs the saved hunts when a feed or the inventory changed, and some times a day by itself: a signal that was lost does
/// not leave a hunt behind.
/// </summary>
internal sealed partial class HuntWorker(
    HuntRunner runner,
    HuntSignal signal,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    WorkLease lease,
    ILogger<HuntWorker> log
) : LoneWork(lifetime, lease)
{
    private static readonly TimeSpan BetweenRuns = TimeSpan.FromHours(6);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    protected override async Task WorkAloneAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await signal.WaitAsync(BetweenRuns, time, stopping);
                signal.Take();
                await runner.RunAllAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception mistake)
            {
                Failed(log, mistake);
                await Task.Delay(AfterFailure, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                signal.FeedsChanged(); // What was asked for is not forgotten.
            }
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Saved hunts could not be run; they are run again in a minute.")]
    private static partial void Failed(ILogger log, Exception mistake);
}
