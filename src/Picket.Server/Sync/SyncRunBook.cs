using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Sync;
using Picket.Server.Storage;

namespace Picket.Server.Sync;

/// <summary>Runs as they stand in the database: takes up the next open one, and closes it.</summary>
public sealed class SyncRunBook(PicketDatabase database, TimeProvider time, ILogger<SyncRunBook> log)
{
    private static readonly TimeSpan TracesKept = TimeSpan.FromDays(30);

    /// <summary>A run that a stopped process left comes first, then the oldest. A held one waits for a person.</summary>
    public async Task<SyncRunRow?> TakeAsync(Guid integrationId, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var row = await db
            .SyncRuns.Where(run => run.State == RunState.Queued || run.State == RunState.Running)
            .Where(run => run.IntegrationId == integrationId)
            .OrderByDescending(run => run.State == RunState.Running)
            .ThenBy(run => run.Id)
            .FirstOrDefaultAsync(cancellation);
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

    public async Task<bool> IsCancelledAsync(Guid run)
    {
        await using var db = database.Open();
        return await db.SyncRuns.AnyAsync(row => row.Id == run && row.CancelRequested);
    }

    public async Task CloseAsync(SyncRunRow row, RunState state, string? reason = null)
    {
        await using var db = database.Open();
        row.State = state;
        row.EndedAt = state == RunState.Held ? null : time.GetUtcNow();
        if (reason is not null)
        {
            row.IncompleteReasons = [.. row.IncompleteReasons, reason];
        }

        if (row.Kind == RunKind.Full)
        {
            // The next run is named first: who sees this one ended also sees when the next one comes.
            await ScheduleNextAsync(db, row);
            await ForgetTracesAsync(db, row);
        }

        SyncRun.Update(db, row);
        await db.SaveChangesAsync();
        SyncTelemetry.Ended(state, row);
        SyncLog.RunEnded(log, row.Id, state, row.UemCalls, string.Join(" ", row.IncompleteReasons));
    }

    /// <summary>The history of devices stays; which rows a run touched beside them is told for a month.</summary>
    private async Task ForgetTracesAsync(PicketDbContext db, SyncRunRow row)
    {
        try
        {
            var before = time.GetUtcNow() - TracesKept;
            var old = db
                .SyncRuns.Where(run => run.IntegrationId == row.IntegrationId && run.RequestedAt < before)
                .Where(run => run.Id != row.Id && run.State != RunState.Held) // Their names are asked about still.
                .Select(run => run.Id);
            await db.RunTraces.Where(trace => old.Contains(trace.RunId)).ExecuteDeleteAsync();
        }
        catch (DbException failure)
        {
            SyncLog.TracesNotForgotten(log, row.Id, failure); // The run closes all the same; the next one tries again.
        }
    }

    /// <summary>Only full runs move the schedule: else who reads single devices often would put the full one off for ever.</summary>
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
}
