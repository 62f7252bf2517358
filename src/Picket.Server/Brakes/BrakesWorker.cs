using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Brakes;

/// <summary>
/// Where several servers share a database, follows what another one stopped or released, says how far it has seen, and keeps the
/// lease of the one that works. One that cannot read it closes its gate: nobody waits for it for ever. With the embedded
/// database there is no other.
/// </summary>
internal sealed class BrakesWorker(
    PicketDatabase database,
    WriteBrake brake,
    WorkLease lease,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<BrakesWorker> log
) : StandingWork(lifetime)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestBlind = TimeSpan.FromSeconds(10);

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        if (database.IsSqlite)
        {
            return;
        }

        try
        {
            var read = time.GetTimestamp();
            while (!stopping.IsCancellationRequested)
            {
                read = await TryLookAsync(stopping) ? time.GetTimestamp() : read;
                if (time.GetElapsedTime(read) > LongestBlind)
                {
                    brake.Blind();
                }

                await Task.Delay(Look, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            await TryLeaveAsync();
        }
    }

    private async Task<bool> TryLookAsync(CancellationToken stopping)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        patience.CancelAfter(LongestLook);
        try
        {
            var goesOn = await brake.ReadAsync(patience.Token);
            await brake.SayAsync(patience.Token);
            if (!await lease.RenewAsync(patience.Token))
            {
                End();
                return false;
            }

            if (goesOn)
            {
                await brake.GoOnAsync(patience.Token);
            }

            return true;
        }
        catch (Exception failure)
        {
            if (!stopping.IsCancellationRequested)
            {
                BrakesLog.NotRead(log, failure);
            }

            return false;
        }
    }

    /// <summary>Another server took over while this one could not say that it lives. Started anew it stands by.</summary>
    private void End()
    {
        brake.Blind();
        BrakesLog.LeaseLost(log);
        EndServer();
    }

    private async Task TryLeaveAsync()
    {
        try
        {
            // Whoever takes over settles what has no answer yet: so nothing may be under way. Else the lease runs out by itself.
            if (await brake.EndAsync())
            {
                await lease.LeaveAsync();
            }

            await brake.LeaveAsync();
        }
        catch (Exception failure)
        {
            BrakesLog.NotRead(log, failure); // It is taken for gone after a while.
        }
    }
}

internal static partial class BrakesLog
{
    [LoggerMessage(
        1,
        LogLevel.Error,
        "Whether all writes are stopped could not be read; it stays as it was, and is read again. No write is marked without the database."
    )]
    public static partial void NotRead(ILogger log, Exception failure);

    [LoggerMessage(2, LogLevel.Warning, "Who has something to write was not told; all of them look by themselves.")]
    public static partial void NotPoked(ILogger log, Exception failure);

    [LoggerMessage(
        3,
        LogLevel.Error,
        "A stop of all writes could not be stored. This server writes nothing; it tries again until it is stored or released."
    )]
    public static partial void NotStored(ILogger log, Exception failure);

    [LoggerMessage(
        5,
        LogLevel.Critical,
        "Another server at this database took the work over while this one could not reach it for half a minute. This one ends; started again it stands by."
    )]
    public static partial void LeaseLost(ILogger log);

    [LoggerMessage(4, LogLevel.Error, "The release of a stop that was not stored is not in the audit.")]
    public static partial void ReleaseNotStored(ILogger log, Exception failure);
}
