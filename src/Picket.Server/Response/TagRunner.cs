using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Brakes;
using Picket.Server.Drift;
using Picket.Server.Integrations;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Pacing;

namespace Picket.Server.Response;

/// <summary>
/// Works tag runs off: 1 take the open run; 2 make the tags true; 3 close it, whatever happened, with what the ledger
/// says of its devices; 4 have somebody look whether more is wanted.
/// </summary>
public sealed class TagRunner(
    PicketDatabase database,
    UemConnections connections,
    ResponseSignal signal,
    DriftWatch drift,
    DriftedTags driftedTags,
    TimeProvider time,
    ILogger<TagRunner> log
)
{
    private readonly TagWork work = new(database, drift, driftedTags, time);

    public async Task RunOpenAsync(Guid integrationId, CancellationToken cancellation)
    {
        while (await TakeAsync(integrationId, cancellation) is { } run) // 1
        {
            if (!await TryWorkAsync(run, cancellation))
            {
                return; // The row stays open and is taken up again.
            }

            signal.Raise(integrationId); // 4
        }
    }

    /// <returns>False when the process or all writes stop, and the run stays open.</returns>
    private async Task<bool> TryWorkAsync(TagRunRow run, CancellationToken cancellation)
    {
        using var span = TaggingTelemetry.Run(run);
        try
        {
            await RunAsync(run, cancellation); // 2
            await CloseAsync(run, run.State); // 3
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return false;
        }
        catch (WritesStoppedException stopped)
        {
            await WaitAsync(run, stopped.Reason);
            return false; // Whoever releases has it taken up again.
        }
        catch (WritingStoppedException stopped)
        {
            await CloseAsync(run, RunState.Cancelled, stopped.Message);
        }
        catch (PermissionMissingException refused)
        {
            await CloseAsync(run, RunState.Incomplete, MissingTagRight.Explain(refused, MissingTagRight.Read));
        }
        catch (Exception failure) when (failure is WorkspaceOneException or TaggingEndedException)
        {
            await CloseAsync(run, RunState.Incomplete, failure.Message);
        }
        catch (Exception full) when (full.IsDiskFull())
        {
            await CloseAsync(
                run,
                RunState.Failed,
                "The disk of the database is full. Free space; the next run goes on from the ledger."
            );
        }
        catch (Exception unexpected)
        {
            ResponseLog.RunBroke(log, run.Id, unexpected);
            await CloseAsync(
                run,
                RunState.Failed,
                $"An unexpected error ({unexpected.GetType().Name}: {unexpected.Message}). The server's log names it; the next run goes on from the ledger."
            );
        }

        return true;
    }

    private async Task RunAsync(TagRunRow run, CancellationToken cancellation)
    {
        var connection = await connections.OpenAsync(run.IntegrationId, cancellation);
        var meter = new CallMeter();
        try
        {
            await work.MakeTrueAsync(run, connection.Client.Metered(meter), cancellation);
        }
        finally
        {
            run.UemCalls += meter.Calls;
            await connection.SaveQuotaAsync(CancellationToken.None);
        }
    }

    private async Task<TagRunRow?> TakeAsync(Guid integrationId, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var run = await db.TagRuns.SingleOrDefaultAsync(
            row =>
                row.IntegrationId == integrationId && (row.State == RunState.Queued || row.State == RunState.Running),
            cancellation
        );
        if (run is { CancelledBy: null } && await WriteStops.CurrentAsync(db, cancellation) is { } stop)
        {
            await WaitAsync(run, stop.Text);
            return null;
        }

        if (run is not null)
        {
            run.State = RunState.Running;
            run.StartedAt = time.GetUtcNow();
            run.IncompleteReasons = [];
            await db.SaveChangesAsync(cancellation);
        }

        return run;
    }

    /// <summary>While all writes are stopped it says so, and sends nothing; afterwards it reads and plans anew.</summary>
    private async Task WaitAsync(TagRunRow run, string why)
    {
        if (run.State == RunState.Queued && run.IncompleteReasons is [var said] && said == why)
        {
            return;
        }

        await using var db = database.Open();
        (run.State, run.IncompleteReasons) = (RunState.Queued, [why]);
        await SaveAsync(db, run);
    }

    /// <summary>All but what people say of it: somebody may be asking for its end, or taking a word back, at this moment.</summary>
    private static async Task SaveAsync(PicketDbContext db, TagRunRow run)
    {
        var entry = db.TagRuns.Update(run);
        entry.Property(row => row.CancelledBy).IsModified = false;
        entry.Property(row => row.AcceptedChanges).IsModified = false;
        entry.Property(row => row.ApprovedBy).IsModified = false;
        entry.Property(row => row.ApprovedAt).IsModified = false;
        await db.SaveChangesAsync();
    }

    private async Task CloseAsync(TagRunRow run, RunState state, string? reason = null)
    {
        await using var db = database.Open();
        if (reason is not null)
        {
            run.IncompleteReasons.Add(reason);
        }

        await TagRunOutcome.CountAsync(db, run);
        run.State = state == RunState.Completed && run.IncompleteReasons.Count > 0 ? RunState.Incomplete : state;
        run.EndedAt = state == RunState.Held ? null : time.GetUtcNow();
        await SaveAsync(db, run);
        TaggingTelemetry.Ended(run);
        ResponseLog.RunEnded(
            log,
            run.Id,
            run.State,
            run.Confirmed,
            run.Failed,
            run.UemCalls,
            string.Join(" ", run.IncompleteReasons)
        );
    }
}
