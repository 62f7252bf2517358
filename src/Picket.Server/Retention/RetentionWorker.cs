using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Picket.Api;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Retention;

/// <summary>What was deleted since the server started, and when it was last looked through.</summary>
public sealed class RetentionBook(IOptions<RetentionOptions> options)
{
    private readonly ConcurrentDictionary<string, (long Deleted, DateTimeOffset At)> figures = new();

    public IReadOnlyList<RetentionRule> Rules { get; } = RetentionRules.Of(options.Value);

    public void Note(RetentionRule rule, long deleted, DateTimeOffset now) =>
        figures.AddOrUpdate(rule.Setting, (deleted, now), (_, before) => (before.Deleted + deleted, now));

    public IReadOnlyList<RetentionView> Views() =>
        [
            .. Rules.Select(rule =>
                figures.TryGetValue(rule.Setting, out var figure)
                    ? new RetentionView(rule.Setting, rule.What, rule.Days, figure.Deleted, figure.At)
                    : new RetentionView(rule.Setting, rule.What, rule.Days, 0, null)
            ),
        ];
}

/// <summary>Deletes what is older than it may be: some times a day, a batch at a time.</summary>
public sealed partial class RetentionWorker(
    PicketDatabase database,
    RetentionBook book,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    WorkLease lease,
    ILogger<RetentionWorker> log
) : LoneWork(lifetime, lease)
{
    /// <summary>A server that just started has better things to do.</summary>
    private static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromHours(6);
    private static readonly TimeSpan BetweenBatches = TimeSpan.FromMilliseconds(100);

    protected override async Task WorkAloneAsync(CancellationToken stopping)
    {
        var wait = AfterStart;
        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(wait, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stopping.IsCancellationRequested)
            {
                await LookAsync(stopping);
            }

            wait = BetweenLooks;
        }
    }

    /// <summary>One kind that cannot be deleted does not keep the others.</summary>
    public async Task LookAsync(CancellationToken stopping)
    {
        foreach (var rule in book.Rules)
        {
            try
            {
                var deleted = await DeleteAsync(rule, stopping);
                book.Note(rule, deleted, time.GetUtcNow());
                if (deleted > 0)
                {
                    Deleted(log, deleted, rule.What, rule.Days);
                }
            }
            catch (Exception mistake) when (!stopping.IsCancellationRequested)
            {
                Failed(log, rule.Setting, mistake);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<long> DeleteAsync(RetentionRule rule, CancellationToken stopping)
    {
        var (before, sum) = (time.GetUtcNow() - TimeSpan.FromDays(rule.Days), 0L);
        while (true)
        {
            var deleted = await Rivalry.RepeatAsync(async () =>
            {
                await using var db = database.Open();
                return await rule.DeleteAsync(db, before, stopping);
            });
            if (deleted == 0)
            {
                return sum;
            }

            sum += deleted;
            await Task.Delay(BetweenBatches, time, stopping);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{Rows} rows deleted: {What}, {Days} days old.")]
    private static partial void Deleted(ILogger log, long rows, string what, int days);

    [LoggerMessage(2, LogLevel.Error, "{Setting} could not be applied; it is tried again in some hours.")]
    private static partial void Failed(ILogger log, string setting, Exception mistake);
}
