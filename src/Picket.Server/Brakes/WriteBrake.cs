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

/// <summary>What became of somebody's word to stop.</summary>
/// <param name="Before">The stop that was in force already.</param>
/// <param name="UnderWay">Writes that had gone out and are not at their end, of all servers.</param>
/// <param name="Unseen">Names of servers that have not closed their gate yet.</param>
/// <param name="NotStored">Why it could not be stored: this server alone is stopped, and tries to store it until it can.</param>
public sealed record WriteStopAnswer(
    WriteStopRow Stop,
    WriteStopRow? Before,
    int UnderWay,
    IReadOnlyList<string> Unseen,
    Exception? NotStored
);

/// <summary>
/// Stops all writes to every UEM at once, and releases them. The row is what counts, and outlives the process; the gate
/// before each request of this process follows it: closed before the row of a stop is committed, opened after that of a
/// release. A stop that could not be stored keeps it closed all the same.
/// </summary>
public sealed class WriteBrake : IDisposable
{
    public const string NotReadYet = "The server has not read yet whether all writes are stopped.";

    /// <summary>Who stops is told what is still under way, and who has not followed, after this.</summary>
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(10);

    /// <summary>A server that ends has eight seconds.</summary>
    private static readonly TimeSpan LongestLast = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LookAtOthers = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan StoreAgain = TimeSpan.FromSeconds(2);

    private readonly PicketDatabase database;
    private readonly WriteGate gate;
    private readonly BrakeState state;
    private readonly WriteStopBook book;
    private readonly BrakeServers servers;
    private readonly AuditLog audit;
    private readonly IGrainFactory grains;
    private readonly ResponseSignal signal;
    private readonly TimeProvider time;
    private readonly ILogger<WriteBrake> log;
    private readonly Meter meter = new("Picket.Brakes");
    private readonly CancellationTokenSource ending = new();

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
        state = new BrakeState(gate);
        book = new WriteStopBook(database, audit, time);
        servers = new BrakeServers(database, time);
        meter.CreateObservableGauge(
            "picket.writes.stopped",
            () => Current is null ? 0 : 1,
            description: "1 while all writes to the UEM are stopped"
        );
    }

    /// <summary>The stop that is in force, as far as this process knows; null when there is none.</summary>
    public WriteStopRow? Current => state.Current;

    /// <summary>A stop that this process alone knows of; null when there is none.</summary>
    public WriteStopRow? Unstored => state.Unstored;

    /// <summary>Looks into the database: another server may have stopped or released.</summary>
    /// <returns>True where nothing could be written, and can be now.</returns>
    public async Task<bool> ReadAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        return state.Follow(await WriteStops.NewestAsync(db, cancellation));
    }

    /// <summary>Tells the servers at the same database how far this one has seen.</summary>
    internal Task SayAsync(CancellationToken cancellation) => servers.SayAsync(state.Seen, gate.UnderWay, cancellation);

    /// <summary>Nobody waits for this server any more.</summary>
    internal Task LeaveAsync() => servers.LeaveAsync();

    /// <summary>This server ends: nothing goes out any more, and what did is waited for a while.</summary>
    /// <returns>False where something is still under way.</returns>
    internal async Task<bool> EndAsync()
    {
        state.Blind();
        await gate.EndedAsync().WaitAsync(LongestLast, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return gate.UnderWay == 0;
    }

    /// <summary>The database was not read for a while: nothing is written until it is.</summary>
    internal void Blind() => state.Blind();

    /// <summary>
    /// Nothing that has not gone out by now goes out of this process any more, once this returns: what was under way has
    /// ended, or is counted. It is carried through even if the caller does not wait.
    /// </summary>
    public async Task<WriteStopAnswer> StopAsync(string actor, string reason)
    {
        var (stop, before, failure) = await CloseAsync(actor, reason);
        await gate.EndedAsync().WaitAsync(LongestEnd, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var others = failure is null ? await OthersAsync(stop.Stamp) : OtherServers.None;
        _ = TryGoOnAsync(); // What waits says so at once.
        return new WriteStopAnswer(stop, before, gate.UnderWay + others.UnderWay, others.Unseen, failure);
    }

    /// <param name="number">The stop that the person saw, 0 for one that is not stored; null for whichever there is.</param>
    /// <returns>Null when that one is not in force, or somebody stopped anew meanwhile.</returns>
    public async Task<WriteStopRow?> ReleaseAsync(long? number, string actor, CancellationToken cancellation)
    {
        var here = number is null or 0 ? await ReleaseUnstoredAsync(actor, cancellation) : null;
        var stored = number is 0 ? null : await book.ReleaseAsync(number, actor, cancellation);
        if (stored is not null)
        {
            await ReadAsync(cancellation);
        }

        _ = TryGoOnAsync();
        return Current is null ? stored ?? here : null;
    }

    /// <summary>Has everybody look who may have something to write.</summary>
    internal async Task GoOnAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        foreach (var integration in await db.Integrations.Select(row => row.Id).ToListAsync(cancellation))
        {
            signal.RaiseWholly(integration);
            await grains.GetGrain<ITaggingGrain>(integration).PokeAsync();
            await grains.GetGrain<IEnrollmentGrain>(integration).PokeAsync();
            await grains.GetGrain<IDeploymentGrain>(integration).PokeAsync();
            await grains.GetGrain<INudgeGrain>(integration).PokeAsync();
            await grains.GetGrain<ICommandGrain>(integration).PokeAsync();
            await grains.GetGrain<IAppGroupGrain>(integration).PokeAsync();
        }
    }

    public void Dispose()
    {
        ending.Cancel();
        ending.Dispose();
        meter.Dispose();
    }

    /// <summary>The gate is closed from the beginning, and stays so whether or not the row can be made.</summary>
    private async Task<(WriteStopRow Stop, WriteStopRow? Before, Exception? NotStored)> CloseAsync(
        string actor,
        string reason
    )
    {
        state.Closing();
        try
        {
            var (stop, before) = await book.KeepAsync(actor, reason);
            state.Follow(stop);
            return (stop, before, null);
        }
        catch (Exception failure)
        {
            BrakesLog.NotStored(log, failure);
            var before = Current;
            return (HoldHere(actor, reason), before, failure);
        }
        finally
        {
            state.Closed();
        }
    }

    /// <summary>Waits until the other servers have closed their gates, and what they had sent is at its end; not for ever.</summary>
    private async Task<OtherServers> OthersAsync(long stamp)
    {
        var until = time.GetUtcNow() + LongestEnd;
        try
        {
            while (true)
            {
                var others = await servers.OthersAsync(stamp, CancellationToken.None);
                if (others.HaveFollowed || time.GetUtcNow() >= until)
                {
                    return others;
                }

                await Task.Delay(LookAtOthers, time);
            }
        }
        catch (Exception failure)
        {
            BrakesLog.NotRead(log, failure);
            return new OtherServers(0, ["others, if there are any: the database does not answer"]);
        }
    }

    /// <summary>Keeps this process stopped without a row, and makes one as soon as the database takes it.</summary>
    private WriteStopRow HoldHere(string actor, string reason)
    {
        var now = time.GetUtcNow();
        var stop = new WriteStopRow
        {
            Number = 0,
            Id = Guid.CreateVersion7(now),
            StoppedBy = actor,
            StoppedAt = now,
            Reason = reason,
        };
        if (state.Hold(stop))
        {
            _ = StoreLaterAsync(stop);
        }

        return stop;
    }

    private async Task StoreLaterAsync(WriteStopRow stop)
    {
        var ended = ending.Token;
        while (true)
        {
            await Task.Delay(StoreAgain, time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ended.IsCancellationRequested || Unstored != stop)
            {
                return; // The process ends, or somebody released it.
            }

            try
            {
                state.Follow((await book.KeepAsync(stop.StoppedBy, stop.Reason)).Stop);
                state.Forget(stop);
                return;
            }
            catch (Exception failure)
            {
                BrakesLog.NotStored(log, failure);
            }
        }
    }

    private async Task<WriteStopRow?> ReleaseUnstoredAsync(string actor, CancellationToken cancellation)
    {
        if (Unstored is not { } stop)
        {
            return null;
        }

        (stop.ReleasedBy, stop.ReleasedAt) = (actor, time.GetUtcNow());
        state.Forget(stop);
        try
        {
            await using var db = database.Open();
            audit.Add(db, actor, "writes.released", "not stored", before: new { stop.Reason, stop.StoppedAt });
            await db.SaveChangesAsync(cancellation);
        }
        catch (Exception failure)
        {
            BrakesLog.ReleaseNotStored(log, failure);
        }

        return stop;
    }

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
}
