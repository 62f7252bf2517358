using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Storage;

namespace Picket.Server.Response;

/// <summary>
/// Turns changed verdicts into tag runs, where writing is switched on, and takes up at start what was left open.
/// </summary>
internal sealed class ResponseWorker(
    PicketDatabase database,
    TagRunQueue queue,
    ResponseSignal signal,
    IGrainFactory grains,
    TimeProvider time
) : BackgroundService
{
    private static readonly TimeSpan JudgingPoll = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await TakeUpAsync(stoppingToken);
        await foreach (var integration in signal.Reader.ReadAllAsync(stoppingToken))
        {
            await WaitForJudgingAsync(integration, stoppingToken);
            if (await queue.WantAsync(integration, stoppingToken) is not { } run)
            {
                continue;
            }

            if (run.State == RunState.Running)
            {
                // It has read the verdicts already and may not know these: ask again when it is done.
                _ = RaiseLaterAsync(integration, stoppingToken);
                continue;
            }

            await grains.GetGrain<ITaggingGrain>(integration).PokeAsync();
        }
    }

    private async Task TakeUpAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        var open = await db
            .TagRuns.Where(run => run.State == RunState.Queued || run.State == RunState.Running)
            .Select(run => run.IntegrationId)
            .ToListAsync(cancellation);
        foreach (var integration in open)
        {
            await grains.GetGrain<ITaggingGrain>(integration).PokeAsync();
        }
    }

    private async Task RaiseLaterAsync(Guid integration, CancellationToken cancellation)
    {
        await Task.Delay(AskAgain, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        signal.Raise(integration);
    }

    /// <summary>Verdicts come in batches; one run for all of them costs the fewest calls.</summary>
    private async Task WaitForJudgingAsync(Guid integration, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < LongestWait)
        {
            await using var db = database.Open();
            if (!await db.Devices.AnyAsync(row => row.IntegrationId == integration && row.JudgingDue, cancellation))
            {
                return;
            }

            await Task.Delay(JudgingPoll, time, cancellation);
        }
    }
}
