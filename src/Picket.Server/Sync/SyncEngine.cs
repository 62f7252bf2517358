using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Console;
using Picket.Server.Hunts;
using Picket.Server.Integrations;
using Picket.Server.Risk;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using RunState = Picket.Api.RunState;

namespace Picket.Server.Sync;

/// <summary>
/// Works a run off: 1 take the open run; 2 connect; 3 do its stages in order, from the one where it stood; 4 a failure
/// that concerns the whole integration ends it, any other only marks its stage incomplete; 5 close, and say when the
/// next run is due.
/// </summary>
/// <remarks>
/// A stage that a killed process left is begun anew: pages of two different moments do not add up to a proof of
/// absence. What it had written stays, and compares as unchanged.
/// </remarks>
public sealed class SyncEngine(
    PicketDatabase database,
    SyncRunBook book,
    UemConnections connections,
    IServiceProvider services,
    JudgingSignal judging,
    HuntSignal hunts,
    TimeProvider time,
    ILogger<SyncEngine> log
)
{
    private readonly ConcurrentDictionary<Guid, CancellationTokenSource> atWork = new();

    public async Task RunOpenAsync(Guid integrationId, CancellationToken stopping)
    {
        while (await book.TakeAsync(integrationId, stopping) is { } row) // 1
        {
            // Each run has a token of its own: who cancels one must not take the next one with it.
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            atWork[row.Id] = cancel;
            try
            {
                if (!await TryWorkAsync(row, cancel.Token))
                {
                    return; // The process stops; the row stays Running and is taken up again.
                }
            }
            finally
            {
                atWork.TryRemove(row.Id, out _);
            }

            judging.Raise(integrationId);
            if (row.Kind == RunKind.Full)
            {
                hunts.Raise(integrationId);
            }
        }
    }

    /// <summary>Reaches a run at its next step. One that is not at work yet sees in its row that it is to be cancelled.</summary>
    public Task CancelAsync(Guid run) =>
        atWork.TryGetValue(run, out var cancel) ? cancel.CancelAsync() : Task.CompletedTask;

    /// <returns>False when the process stops and the run stays open.</returns>
    private async Task<bool> TryWorkAsync(SyncRunRow row, CancellationToken cancellation)
    {
        using var span = SyncTelemetry.Run(row);
        try
        {
            await WorkAsync(row, cancellation);
        }
        catch (Exception stopped)
            when ((cancellation.IsCancellationRequested || row.CancelRequested) && IsStop(stopped))
        {
            if (!await book.IsCancelledAsync(row.Id))
            {
                return false;
            }

            await book.CloseAsync(row, RunState.Cancelled);
        }
        catch (Exception full) when (full.IsDiskFull())
        {
            SyncLog.DiskFull(log, row.Id, row.Stage, full);
            await book.CloseAsync(
                row,
                RunState.Failed,
                "The disk of the database is full. Free space, then start a run; nothing that was stored is lost."
            );
        }
        catch (Exception unexpected)
        {
            // Ended, not tried again and again: each try would spend the UEM's calls.
            SyncLog.RunBroke(log, row.Id, row.Stage, unexpected);
            span?.SetStatus(ActivityStatusCode.Error);
            await book.CloseAsync(
                row,
                RunState.Failed,
                $"{Words.Stage(row.Stage)}: an unexpected error ({unexpected.GetType().Name}). The server's log names it; nothing that was stored is lost."
            );
        }

        return true;
    }

    private static bool IsStop(Exception failure) =>
        failure is OperationCanceledException or ChannelClosedException { InnerException: OperationCanceledException };

    private async Task WorkAsync(SyncRunRow row, CancellationToken cancellation)
    {
        await ThrowIfCancelledAsync(row, cancellation);
        await using var db = database.Open();
        var integration = await db
            .Integrations.AsNoTracking()
            .SingleAsync(found => found.Id == row.IntegrationId, cancellation);
        SyncRun run;
        try
        {
            run = new SyncRun(row, integration, await connections.OpenAsync(integration.Id, cancellation)); // 2
        }
        catch (WorkspaceOneException refused)
        {
            await book.CloseAsync(row, RunState.Failed, refused.Message);
            return;
        }

        var reach = new UemReach();
        try
        {
            await StagesAsync(run, reach, cancellation); // 3
        }
        finally
        {
            run.Fill();
            await run.Connection.SaveQuotaAsync(CancellationToken.None);
        }

        await run.SaveAsync(database, cancellation);
        await reach.ReportAsync(connections, run, cancellation);
        await book.CloseAsync(row, Ending(row)); // 5
    }

    private static RunState Ending(SyncRunRow row) =>
        row is { HeldLost: not null, HoldApproved: false } ? RunState.Held
        : row.IncompleteReasons.Count == 0 ? RunState.Completed
        : RunState.Incomplete;

    private async Task StagesAsync(SyncRun run, UemReach reach, CancellationToken cancellation)
    {
        foreach (
            var stage in SyncStages
                .Of(run.Row.Kind)
                .SkipWhile(stage => run.Row.Stage != "" && stage.Name != run.Row.Stage)
        )
        {
            await ThrowIfCancelledAsync(run.Row, cancellation);
            run.BeginStage(stage.Name);
            await run.SaveAsync(database, cancellation);
            var started = time.GetTimestamp();
            using var span = SyncTelemetry.Stage(stage.Name);
            try
            {
                var calls = run.Calls;
                await stage.WorkAsync(services, run, cancellation);
                reach.Done(run.Calls - calls);
            }
            catch (WorkspaceOneException failure) // 4
            {
                run.Incomplete(StageFailure.Explain(failure, time.GetUtcNow()));
                SyncLog.StageStopped(log, stage.Name, run.Row.Id, failure.Message);
                span?.SetStatus(ActivityStatusCode.Error, failure.Message);
                await reach.FailedAsync(connections, run, failure, cancellation);
                if (StageFailure.EndsTheRun(failure))
                {
                    return;
                }
            }
            finally
            {
                run.EndStage(time.GetElapsedTime(started));
            }

            judging.Raise(run.Integration.Id);
        }
    }

    /// <summary>The wish may have been written before the run was at work, where no token reached it.</summary>
    private async Task ThrowIfCancelledAsync(SyncRunRow row, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        row.CancelRequested |= await book.IsCancelledAsync(row.Id);
        if (row.CancelRequested)
        {
            throw new OperationCanceledException($"Run {row.Id} was cancelled.");
        }
    }
}
