using Picket.Api;

namespace Picket.Server.Sync;

internal static partial class SyncLog
{
    [LoggerMessage(1, LogLevel.Error, "The sync of integration {Integration} broke off; it goes on at the next poke.")]
    public static partial void EngineFailed(ILogger log, Guid integration, Exception failure);

    [LoggerMessage(2, LogLevel.Information, "Run {Run} of integration {Integration} starts at {Stage}.")]
    public static partial void RunStarts(ILogger log, Guid run, Guid integration, string stage);

    [LoggerMessage(3, LogLevel.Information, "Run {Run} ended {State} after {Calls} calls. {Reasons}")]
    public static partial void RunEnded(ILogger log, Guid run, RunState state, long calls, string reasons);

    [LoggerMessage(6, LogLevel.Error, "Run {Run} broke off at {Stage}.")]
    public static partial void RunBroke(ILogger log, Guid run, string stage, Exception failure);

    [LoggerMessage(7, LogLevel.Error, "Run {Run} broke off at {Stage}: the disk of the database is full.")]
    public static partial void DiskFull(ILogger log, Guid run, string stage, Exception failure);

    [LoggerMessage(4, LogLevel.Warning, "Stage {Stage} of run {Run} stopped: {Reason}")]
    public static partial void StageStopped(ILogger log, string stage, Guid run, string reason);

    [LoggerMessage(
        8,
        LogLevel.Warning,
        "What old runs touched could not be forgotten when run {Run} ended; the next one tries again."
    )]
    public static partial void TracesNotForgotten(ILogger log, Guid run, Exception failure);

    [LoggerMessage(5, LogLevel.Error, "The scheduler could not ask the database what is due; it asks again.")]
    public static partial void SchedulerFailed(ILogger log, Exception failure);
}
