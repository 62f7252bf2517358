using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Picket.Server.Audit;
using Picket.Server.Commands;
using Picket.Server.Deployment;
using Picket.Server.Enrollment;
using Picket.Server.Response;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Brakes;

/// <summary>
/// Stops all writes to every UEM at once, and releases them. The row is what counts, and outlives the process; the gate
/// before each request of this process follows it: closed before the row of a stop is committed, opened after that of a
/// release.
/// </summary>
public sealed class WriteBrake : IDisposable
{
    public const string NotReadYet = "The server has not read yet whether all writes are stopped.";

    /// <summary>Who stops is told how many writes are still under way after this.</summary>
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(10);

    /// <summary>Other servers look each second; by then they have closed their gates, too.</summary>
    private static readonly TimeSpan OthersFollow = TimeSpan.FromSeconds(2);

    private readonly PicketDatabase database;
    private readonly WriteGate gate;
    private readonly AuditLog audit;
    private readonly IGrainFactory grains;
    private readonly ResponseSignal signal;
    private readonly TimeProvider time;
    private readonly ILogger<WriteBrake> log;
    private readonly Meter meter = new("Picket.Brakes");
    private readonly Lock door = new();
    private int closing;
    private long seen = -1;
    private WriteStopRow? current;

    public WriteBrake(
        PicketDatabase database,
        WriteGate gate,
        AuditLog audit,
        IGrainFactory grains,
        ResponseSignal signal,
        TimeProvider time,
        ILogger<WriteBrake> log
    )
    {
        (this.database, this.gate, this.audit) = (database, gate, audit);
        (this.grains, this.signal, this.time, this.log) = (grains, signal, time, log);
        meter.CreateObservableGauge(
            "picket.writes.stopped",
            () => Current is null ? 0 : 1,
            description: "1 while all writes to the UEM are stopped"
        );
    }

    /// <summary>The stop that is in force, as far as this process knows; null when there is none.</summary>
    public WriteStopRow? Current
    {
        get
        {
            lock (door)
            {
                return current;
            }
        }
    }

    /// <summary>Looks into the database: another server may have stopped or released.</summary>
    /// <returns>True where writes were stopped and are not any more.</returns>
    public async Task<bool> ReadAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        return Follow(await WriteStops.NewestAsync(db, cancellation));
    }

    /// <summary>
    /// Nothing that has not gone out by now goes out any more, once this returns: what was under way has ended, or is
    /// counted. It is carried through even if the caller does not wait.
    /// </summary>
    /// <returns>The stop, which may be one that was in force already; and how many writes are still under way.</returns>
    internal async Task<(WriteStopRow Stop, int UnderWay)> StopAsync(string actor, string reason)
    {
        lock (door)
        {
            closing++;
            Show();
        }

        WriteStopRow stop;
        try
        {
            stop = await KeepAsync(actor, reason);
            Follow(stop);
        }
        finally
        {
            lock (door)
            {
                closing--;
                Show();
            }
        }

        await gate.EndedAsync().WaitAsync(LongestEnd, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!database.IsSqlite)
        {
            await Task.Delay(OthersFollow, time);
        }

        _ = TryGoOnAsync(); // What waits says so at once.
        return (stop, gate.UnderWay);
    }

    /// <param name="number">The stop that the person saw.</param>
    /// <returns>Null when that one is not in force.</returns>
    internal async Task<WriteStopRow?> ReleaseAsync(long? number, string actor, CancellationToken cancellation)
    {
        await using var db = database.Open();
        if (
            await WriteStops.CurrentAsync(db, cancellation) is not { } stop
            || (number is not null && number != stop.Number)
        )
        {
            return null;
        }

        var now = time.GetUtcNow();
        await using (var transaction = await DurableTransaction.BeginAsync(db, cancellation))
        {
            var released = await db
                .WriteStops.Where(row => row.Number == stop.Number && row.ReleasedAt == null)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(row => row.ReleasedBy, actor)
                            .SetProperty(row => row.ReleasedAt, (DateTimeOffset?)now),
                    cancellation
                );
            if (released == 0)
            {
                return null;
            }

            await StopWaitingAsync(db, stop, cancellation);
            audit.Add(db, actor, "writes.released", $"{stop.Number}", before: new { stop.Reason, stop.StoppedAt });
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }

        (stop.ReleasedBy, stop.ReleasedAt) = (actor, now);
        Follow(stop);
        _ = TryGoOnAsync();
        return stop;
    }

    /// <summary>Has everybody look who may have something to write.</summary>
    internal async Task GoOnAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        foreach (var integration in await db.Integrations.Select(row => row.Id).ToListAsync(cancellation))
        {
            signal.Raise(integration);
            await grains.GetGrain<ITaggingGrain>(integration).PokeAsync();
            await grains.GetGrain<IEnrollmentGrain>(integration).PokeAsync();
            await grains.GetGrain<IDeploymentGrain>(integration).PokeAsync();
            await grains.GetGrain<INudgeGrain>(integration).PokeAsync();
            await grains.GetGrain<ICommandGrain>(integration).PokeAsync();
        }
    }

    public void Dispose() => meter.Dispose();

    /// <summary>
    /// Nobody's answer waits for it: it was stopped, or released, and that a poke comes late or gets lost changes nothing of
    /// that, since all of them look by themselves.
    /// </summary>
    private async Task TryGoOnAsync()
    {
        try
        {
            await GoOnAsync(CancellationToken.None);
        }
        catch (Exception failure)
        {
            BrakesLog.NotPoked(log, failure);
        }
    }

    /// <summary>Messages, publications and commands that waited say no more that they do; runs and imports do so when they are taken up.</summary>
    private static async Task StopWaitingAsync(PicketDbContext db, WriteStopRow stop, CancellationToken cancellation)
    {
        var text = stop.Text;
        await db
            .Nudges.Where(row => row.Reason == text)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Reason, (string?)null), cancellation);
        await db
            .DeviceCommands.Where(row => row.Why == text)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.Why, (string?)null)
                        .SetProperty(row => row.Brake, Core.Response.CommandBrake.None)
                        .SetProperty(row => row.GoesOnAt, (DateTimeOffset?)stop.StoppedAt),
                cancellation
            );
        await db
            .Publications.Where(row => row.Reason == text)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Reason, (string?)null), cancellation);
    }

    private async Task<WriteStopRow> KeepAsync(string actor, string reason)
    {
        while (true)
        {
            await using var db = database.Open();
            await using var transaction = await DurableTransaction.BeginAsync(db, CancellationToken.None);
            var newest = await WriteStops.NewestAsync(db, CancellationToken.None);
            if (newest is { ReleasedAt: null })
            {
                return newest;
            }

            var now = time.GetUtcNow();
            var stop = new WriteStopRow
            {
                Number = (newest?.Number ?? 0) + 1,
                Id = Guid.CreateVersion7(now),
                StoppedBy = actor,
                StoppedAt = now,
                Reason = reason,
            };
            db.WriteStops.Add(stop);
            audit.Add(db, actor, "writes.stopped", $"{stop.Number}", after: new { stop.Reason });
            try
            {
                await db.SaveChangesAsync(CancellationToken.None);
                await transaction.CommitAsync(CancellationToken.None);
                return stop;
            }
            catch (DbUpdateException taken) when (taken.IsUniqueViolation())
            {
                // Somebody stopped at the same moment: theirs is in force.
            }
        }
    }

    /// <summary>Only forward: what was read before a newer stop or release says nothing any more.</summary>
    /// <returns>True where writes were stopped and are not any more.</returns>
    private bool Follow(WriteStopRow? newest)
    {
        var stamp = (2 * (newest?.Number ?? 0)) + (newest is { ReleasedAt: null } ? 0 : 1);
        lock (door)
        {
            if (stamp <= seen)
            {
                return false;
            }

            var before = current;
            seen = stamp;
            current = newest is { ReleasedAt: null } ? newest : null;
            Show();
            return before is not null && current is null;
        }
    }

    private void Show()
    {
        if (current is { } stop)
        {
            gate.Close(stop.Text);
        }
        else if (closing > 0)
        {
            gate.Close("All writes are being stopped at this moment.");
        }
        else if (seen >= 0)
        {
            gate.Open();
        }
    }
}
