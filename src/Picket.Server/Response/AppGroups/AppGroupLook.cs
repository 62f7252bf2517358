using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Brakes;
using Picket.Server.Integrations;
using Picket.Server.Storage;

namespace Picket.Server.Response;

/// <summary>Looks which integrations have a run of app groups to work at, and queues those that are wanted.</summary>
public sealed class AppGroupLook(
    PicketDatabase database,
    AppGroupQueue queue,
    IOptions<ResponseOptions> options,
    TimeProvider time
)
{
    private const int RunsThatMatter = 10;

    /// <summary>Integrations whose run waits to be taken up, by whomever it was queued.</summary>
    public async Task<IReadOnlyList<Guid>> OpenAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await AppGroupQueue
            .Open(db)
            .Where(row => row.State != RunState.Held)
            .Select(row => row.IntegrationId)
            .ToListAsync(cancellation);
    }

    /// <returns>Integrations for which a run was queued.</returns>
    public async Task<IReadOnlyList<Guid>> QueueAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        if (await WriteStops.CurrentAsync(db, cancellation) is not null)
        {
            return []; // It looks again after the release.
        }

        await HeldRuns.ExpireListsAsync(db, time.GetUtcNow(), cancellation);
        var lists = await db
            .AppGroupSwitches.AsNoTracking()
            .Where(row => row.Enabled && !AppGroupQueue.Open(db).Any(run => run.IntegrationId == row.IntegrationId))
            .ToListAsync(cancellation);
        var queued = new List<Guid>();
        foreach (var one in lists)
        {
            var integration = await db
                .Integrations.AsNoTracking()
                .SingleOrDefaultAsync(row => row.Id == one.IntegrationId, cancellation);
            if (
                integration is not null
                && AppGroupGate.Refusal(integration, one) is null
                && await IsDueAsync(db, integration, cancellation)
            )
            {
                await queue.AddAsync(integration.Id, cancellation);
                queued.Add(integration.Id);
            }
        }

        return queued;
    }

    private async Task<bool> IsDueAsync(PicketDbContext db, IntegrationRow integration, CancellationToken cancellation)
    {
        var runs = await db
            .AppGroupRuns.AsNoTracking()
            .Where(row => row.IntegrationId == integration.Id && row.EndedAt != null)
            .OrderByDescending(row => row.Id)
            .Take(RunsThatMatter)
            .ToListAsync(cancellation);
        var readAt = await db
            .SyncRuns.Where(row =>
                row.IntegrationId == integration.Id && row.Kind == RunKind.Full && row.EndedAt != null
            )
            .OrderByDescending(row => row.Id)
            .Select(row => row.EndedAt)
            .FirstOrDefaultAsync(cancellation);
        var differs = (await AppGroupDifferences.OfAsync(db, integration, cancellation)).Any(each =>
            each.Plan.Changes > 0
        );
        if (await IsNewAsync(db, integration.Id, differs, cancellation))
        {
            return false;
        }

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

    /// <summary>
    /// The first run under a new policy waits until all devices are judged by it: a person is to see all that it changes. A version
    /// under which nothing differs by then is new no more.
    /// </summary>
    private static async Task<bool> IsNewAsync(
        PicketDbContext db,
        Guid integration,
        bool differs,
        CancellationToken cancellation
    )
    {
        var version = await AppGroupWork.VersionAsync(db, cancellation);
        var isNew = await db.AppGroupSwitches.AnyAsync(
            row => row.IntegrationId == integration && row.PolicyVersion < version,
            cancellation
        );
        if (!isNew)
        {
            return false;
        }

        if (await TagRunLook.IsBeingJudgedAsync(db, integration, cancellation))
        {
            return true;
        }

        if (!differs)
        {
            await AppGroupWork.SeenAsync(db, integration, version, cancellation);
        }

        return false;
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
