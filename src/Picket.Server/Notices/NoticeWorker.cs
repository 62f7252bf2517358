using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Api;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Notices;

/// <summary>Says that a notice is to be sent now.</summary>
public sealed class NoticeSignal : Signal;

/// <summary>
/// Looks from time to time at what is wrong, and sends what is due. Both stand in the database. Through one channel goes one
/// at a time, so that a slow receiver keeps nobody else waiting.
/// </summary>
internal sealed class NoticeWorker(
    PicketDatabase database,
    NoticeScan scan,
    NoticeSender sender,
    NoticeSignal signal,
    IOptions<NoticeOptions> options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    WorkLease lease,
    ILogger<NoticeWorker> log
) : LoneWork(lifetime, lease)
{
    private const int AtOnce = 4;
    private const int MostOfChannel = 50;
    private static readonly TimeSpan BetweenForgetting = TimeSpan.FromHours(6);

    private DateTimeOffset forgotten;

    protected override async Task WorkAloneAsync(CancellationToken stopping)
    {
        var between = TimeSpan.FromMilliseconds(options.Value.LookEveryMilliseconds);
        var looked = DateTimeOffset.MinValue;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                signal.Take();
                if (time.GetUtcNow() - looked >= between)
                {
                    looked = time.GetUtcNow();
                    await LookAsync(stopping);
                }

                await SendAsync(stopping);
                await signal.WaitAsync(between, time, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception mistake)
            {
                NoticeLog.SendingFailed(log, mistake);
                await Task.Delay(between, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>What cannot be looked at does not keep from their way the notices that wait.</summary>
    private async Task LookAsync(CancellationToken stopping)
    {
        try
        {
            await scan.RunAsync(stopping);
            if (time.GetUtcNow() - forgotten >= BetweenForgetting)
            {
                forgotten = time.GetUtcNow();
                await scan.ForgetAsync(stopping);
            }
        }
        catch (Exception mistake) when (!stopping.IsCancellationRequested)
        {
            NoticeLog.ScanFailed(log, mistake);
        }
    }

    private async Task SendAsync(CancellationToken stopping)
    {
        var due = await DueAsync(stopping);
        await Parallel.ForEachAsync(
            due.GroupBy(each => each.Channel, each => each.Delivery),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stopping },
            async (channel, _) => await SendAsync(channel, stopping)
        );
    }

    /// <summary>What breaks at one channel ends the sending through the others by no means.</summary>
    private async Task SendAsync(IEnumerable<Guid> deliveries, CancellationToken stopping)
    {
        try
        {
            foreach (var delivery in deliveries)
            {
                if (!await sender.SendAsync(delivery, stopping))
                {
                    return; // The next look goes on.
                }
            }
        }
        catch (Exception mistake) when (!stopping.IsCancellationRequested)
        {
            NoticeLog.SendingFailed(log, mistake);
        }
    }

    /// <summary>
    /// Of each channel by itself, so that much that waits for a broken one hides nothing of the others. The end of a trouble waits for
    /// its beginning: who was not told yet that something is wrong is not told first that it is over.
    /// </summary>
    private async Task<List<(Guid Channel, Guid Delivery)>> DueAsync(CancellationToken stopping)
    {
        await using var db = database.Open();
        var now = time.GetUtcNow();
        var due = db
            .NoticeDeliveries.Where(row => row.NextTryAt != null && row.NextTryAt <= now)
            .Where(row => row.ClaimedUntil == null || row.ClaimedUntil < now)
            .Where(row =>
                row.NoticeId == null
                || !row.Key.EndsWith(NoticeData.Resolved)
                || !db.NoticeDeliveries.Any(begun =>
                    begun.NoticeId == row.NoticeId
                    && begun.ChannelId == row.ChannelId
                    && begun.Id != row.Id
                    && begun.State == NoticeDeliveryState.Waiting
                )
            );
        var channels = await db
            .NoticeChannels.Where(channel => channel.On && due.Any(row => row.ChannelId == channel.Id))
            .Select(channel => channel.Id)
            .ToListAsync(stopping);
        var found = new List<(Guid, Guid)>();
        foreach (var channel in channels)
        {
            var some = due.Where(row => row.ChannelId == channel).OrderBy(row => row.Id).Take(MostOfChannel);
            found.AddRange((await some.Select(row => row.Id).ToListAsync(stopping)).Select(row => (channel, row)));
        }

        return found;
    }
}
