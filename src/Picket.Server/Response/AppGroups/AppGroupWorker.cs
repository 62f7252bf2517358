using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Brakes;
using Picket.Server.Hosting;
using Picket.Server.Integrations;
using Picket.Server.Storage;

namespace Picket.Server.Response;

/// <summary>
/// Starts the runs that are wanted: when verdicts changed, when a run ended, and every few minutes. What is wanted stands in
/// the database, so nothing is forgotten by a crash, a lost signal, or a time when writing was not possible.
/// </summary>
internal sealed class AppGroupWorker(
    PicketDatabase database,
    AppGroupQueue queue,
    AppGroupSignal signal,
    IGrainFactory grains,
    IOptions<ResponseOptions> options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    WorkLease lease,
    ILogger<AppGroupWorker> log
) : LoneWork(lifetime, lease)
{
    private const int RunsThatMatter = 10;
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
        await using var db = database.Open();
        var open = await AppGroupQueue
            .Open(db)
            .Where(row => row.State != RunState.Held)
            .Select(row => row.IntegrationId)
            .ToListAsync(stopping);
        foreach (var integration in open)
        {
            await grains.GetGrain<IAppGroupGrain>(integration).PokeAsync();
        }

        if (await WriteStops.CurrentAsync(db, stopping) is not null)
        {
            return; // It looks again after the release.
        }

        await HeldRuns.ExpireListsAsync(db, time.GetUtcNow(), stopping);
        var lists = await db
            .AppGroupSwitches.AsNoTracking()
            .Where(row => row.Enabled && !AppGroupQueue.Open(db).Any(run => run.IntegrationId == row.IntegrationId))
            .ToListAsync(stopping);
        foreach (var one in lists)
        {
            var integration = await db
                .Integrations.AsNoTracking()
                .SingleOrDefaultAsync(row => row.Id == one.IntegrationId, stopping);
            if (
                integration is not null
                && AppGroupGate.Refusal(integration, one) is null
                && await IsDueAsync(db, integration, stopping)
            )
            {
                await queue.AddAsync(integration.Id, stopping);
                await grains.GetGrain<IAppGroupGrain>(integration.Id).PokeAsync();
            }
        }
    }

    private async Task<bool> IsDueAsync(PicketDbContext db, IntegrationRow integration, CancellationToken stopping)
    {
        var runs = await db
            .AppGroupRuns.AsNoTracking()
            .Where(row => row.IntegrationId == integration.Id && row.EndedAt != null)
            .OrderByDescending(row => row.Id)
            .Take(RunsThatMatter)
            .ToListAsync(stopping);
        var readAt = await db
            .SyncRuns.Where(row =>
                row.IntegrationId == integration.Id && row.Kind == RunKind.Full && row.EndedAt != null
            )
            .OrderByDescending(row => row.Id)
            .Select(row => row.EndedAt)
            .FirstOrDefaultAsync(stopping);
        var differs = (await AppGroupDifferences.OfAsync(db, integration, stopping)).Any(each => each.Plan.Changes > 0);
        EndedTagRun[] ended = [.. runs.Select(Ended)];
        return TagRunTiming.Due(
            differs,
            isTrusted: false, // The lists are few and short: each run reads them first.
            readAt,
            ended.FirstOrDefault()?.Began,
            ended,
            time.GetUtcNow(),
            TimeSpan.FromMilliseconds(options.Value.RetryMilliseconds)
        )
            is not TagRunDue.No;
    }

    private static EndedTagRun Ended(AppGroupRunRow run) =>
        new(
            run.State switch
            {
                RunState.Completed => TagRunEnd.Completed,
                RunState.Cancelled => run.CancelledBy is null ? TagRunEnd.Stopped : TagRunEnd.Declined,
                _ => TagRunEnd.Incomplete,
            },
            run.StartedAt ?? run.QueuedAt,
            run.EndedAt!.Value
        );
}
