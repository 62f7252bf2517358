using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Brakes;

/// <summary>
/// Where several servers share a database, follows what another one stopped or released. With the embedded database there
/// is no other.
/// </summary>
internal sealed class BrakesWorker(
    PicketDatabase database,
    WriteBrake brake,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<BrakesWorker> log
) : StandingWork(lifetime)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        if (database.IsSqlite)
        {
            return;
        }

        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            try
            {
                if (await brake.ReadAsync(stopping))
                {
                    await brake.GoOnAsync(stopping);
                }
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                BrakesLog.NotRead(log, failure);
            }
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
}
