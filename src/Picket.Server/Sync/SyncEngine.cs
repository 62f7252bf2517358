using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Sync;
using Picket.Server.Integrations;
using Picket.Server.Risk;
using Picket.Server.Storage;
using Picket.Server.Sync.Stages;
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
    UemConnections connections,
    IServiceProvider services,
    JudgingSignal judging,
    TimeProvider time,
    ILogger<SyncEngine> log
)
{
    public async Task RunOpenAsync(Guid integrationId, CancellationToken cancellation)
    {
        while (await TakeAsync(integrationId, cancellation) is { } row) // 1
        {
            if (!await TryWorkAsync(row, cancellation))
            {
                return; // The process stops; the row stays Running and is taken up again.
            }

            judging.Raise(integrationId);
        }
    }

    /// <returns>False when the process stops and the run stays open.</returns>
    private async Task<bool> TryWorkAsync(SyncRunRow row, CancellationToken cancellation)
    {
        try
        {
            if (row.CancelRequested)
            {
                await CloseAsync(row, RunState.Cancelled);
                return true;
            }

            await WorkAsync(row, cancellation);
        }
        catch (Exception stopped) when (cancellation.IsCancellationRequested && IsStop(stopped))
        {
            if (!await WasCancelledAsync(row.Id))
            {
                return false;
            }

            await CloseAsync(row, RunState.Cancelled);
        }
        catch (Exception full) when (IsDiskFull(full))
        {
            await CloseAsync(
                row,
                RunState.Failed,
                "The disk of the database is full. Free space, then start a run; nothing that was stored is lost."
            );
        }
        catch (Exception unexpected)
        {
            // Ended, not tried again and again: each try would spend the UEM's calls.
            SyncLog.RunBroke(log, row.Id, row.Stage, unexpected);
            await CloseAsync(
                row,
                RunState.Failed,
                $"{row.Stage}: an unexpected error ({unexpected.GetType().Name}). The server's log names it; nothing that was stored is lost."
            );
        }

        return true;
    }

    private static bool IsStop(Exception failure) =>
        failure is OperationCanceledException or ChannelClosedException { InnerException: OperationCanceledException };

    private async Task WorkAsync(SyncRunRow row, CancellationToken cancellation)
    {
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
            await CloseAsync(row, RunState.Failed, refused.Message);
            return;
        }

        try
        {
            await StagesAsync(run, cancellation); // 3
        }
        finally
        {
            run.Fill();
            await run.Connection.SaveQuotaAsync(CancellationToken.None);
        }

        await run.SaveAsync(database, cancellation);
        if (row.HeldLost is not null && !row.HoldApproved)
        {
            await CloseAsync(row, RunState.Held);
            return;
        }

        if (row.IncompleteReasons.Count == 0)
        {
            await connections.ReportAsync(integration.Id, null, cancellation);
        }

        await CloseAsync(row, row.IncompleteReasons.Count == 0 ? RunState.Completed : RunState.Incomplete); // 5
    }

    private async Task StagesAsync(SyncRun run, CancellationToken cancellation)
    {
        foreach (
            var stage in SyncStages
                .Of(run.Row.Kind)
                .SkipWhile(stage => run.Row.Stage != "" && stage.Name != run.Row.Stage)
        )
        {
            cancellation.ThrowIfCancellationRequested();
            run.BeginStage(stage.Name);
            await run.SaveAsync(database, cancellation);
            var started = time.GetTimestamp();
            try
            {
                await stage.WorkAsync(services, run, cancellation);
            }
            catch (WorkspaceOneException failure) // 4
            {
                run.Incomplete($"{stage.Name}: {failure.Message}");
                SyncLog.StageStopped(log, stage.Name, run.Row.Id, failure.Message);
                await connections.ReportAsync(
                    run.Integration.Id,
                    failure,
                    cancellation,
                    run.Connection.CredentialVersion
                );
                if (EndsTheRun(failure))
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

    private static bool EndsTheRun(WorkspaceOneException failure) =>
        failure
            is SignInRefusedException
                or ApiKeyRefusedException
                or ApiAccessDisabledException
                or QuotaExhaustedException;

    private async Task<SyncRunRow?> TakeAsync(Guid integrationId, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var row = await db
            .SyncRuns.Where(run => run.State == RunState.Queued || run.State == RunState.Running)
            .FirstOrDefaultAsync(run => run.IntegrationId == integrationId, cancellation);
        if (row is null)
        {
            return null;
        }

        row.Resumes += row.State == RunState.Running ? 1 : 0; // Its process stopped or died.
        row.State = RunState.Running;
        row.StartedAt ??= time.GetUtcNow();
        await db.SaveChangesAsync(cancellation);
        SyncLog.RunStarts(log, row.Id, integrationId, row.Stage == "" ? "its first stage" : row.Stage);
        return row;
    }

    private async Task<bool> WasCancelledAsync(Guid run)
    {
        await using var db = database.Open();
        return await db.SyncRuns.AnyAsync(row => row.Id == run && row.CancelRequested);
    }

    private async Task CloseAsync(SyncRunRow row, RunState state, string? reason = null)
    {
        await using var db = database.Open();
        row.State = state;
        row.EndedAt = state == RunState.Held ? null : time.GetUtcNow();
        if (reason is not null)
        {
            row.IncompleteReasons = [.. row.IncompleteReasons, reason];
        }

        // The next run is named first: who sees this one ended also sees when the next one comes.
        await ScheduleNextAsync(db, row);
        SyncRun.Update(db, row);
        await db.SaveChangesAsync();
        SyncMetrics.Ended(state, row);
        SyncLog.RunEnded(log, row.Id, state, row.UemCalls, string.Join(" ", row.IncompleteReasons));
    }

    private async Task ScheduleNextAsync(PicketDbContext db, SyncRunRow row)
    {
        var minutes = await db
            .Integrations.Where(found => found.Id == row.IntegrationId)
            .Select(found => found.SyncIntervalMinutes)
            .FirstOrDefaultAsync();
        var seed = BitConverter.ToUInt64(row.IntegrationId.ToByteArray());
        var next = SyncSchedule.Next(row.StartedAt, TimeSpan.FromMinutes(minutes), seed, time.GetUtcNow());
        await db
            .Integrations.Where(found => found.Id == row.IntegrationId)
            .ExecuteUpdateAsync(set => set.SetProperty(found => found.NextRunAt, next));
    }

    private static bool IsDiskFull(Exception failure) =>
        failure is SqliteException { SqliteErrorCode: 13 }
        || failure is IOException { HResult: unchecked((int)0x80070070) or 28 }
        || failure is Npgsql.PostgresException { SqlState: "53100" }
        || (failure.InnerException is { } inner && IsDiskFull(inner));
}
