using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Intelligence.Sources;

/// <summary>Says that a source is to be looked at now.</summary>
public sealed class FeedSourceSignal : Signal;

/// <summary>Looks at the sources that are due. What is due stands in the database; a few are looked at side by side.</summary>
internal sealed class FeedSourceWorker(
    PicketDatabase database,
    FeedSourceCheck check,
    FeedSourceSignal signal,
    IOptions<FeedOptions> options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    WorkLease lease,
    ILogger<FeedSourceWorker> log
) : LoneWork(lifetime, lease)
{
    private const int AtOnce = 4;

    protected override async Task WorkAloneAsync(CancellationToken stopping)
    {
        var between = TimeSpan.FromMilliseconds(options.Value.LookEveryMilliseconds);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                signal.Take();
                await Parallel.ForEachAsync(
                    await DueAsync(stopping),
                    new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stopping },
                    async (source, _) => await LookAsync(source, stopping)
                );
                await signal.WaitAsync(between, time, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception mistake)
            {
                IntelligenceLog.SourcesFailed(log, mistake);
                await Task.Delay(between, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>What breaks at one source ends the looks at the others by no means.</summary>
    private async Task LookAsync(Guid source, CancellationToken stopping)
    {
        try
        {
            await check.RunAsync(source, stopping);
        }
        catch (Exception mistake) when (!stopping.IsCancellationRequested)
        {
            IntelligenceLog.LookFailed(log, source, mistake);
        }
    }

    private async Task<List<Guid>> DueAsync(CancellationToken stopping)
    {
        await using var db = database.Open();
        var now = time.GetUtcNow();
        return await db
            .FeedSources.Where(row => row.NextTryAt <= now)
            .Where(row => row.ClaimedUntil == null || row.ClaimedUntil < now)
            .OrderBy(row => row.NextTryAt)
            .Select(row => row.Id)
            .ToListAsync(stopping);
    }
}
