using Picket.Api;

namespace Picket.Server.Response;

internal static partial class ResponseLog
{
    [LoggerMessage(
        1,
        LogLevel.Error,
        "Tagging of integration {Integration} stopped; the next run goes on from the ledger."
    )]
    public static partial void TaggingFailed(ILogger log, Guid integration, Exception failure);

    [LoggerMessage(
        2,
        LogLevel.Information,
        "Tag run {Run} ended {State}: {Confirmed} confirmed, {Failed} failed, {Calls} calls. {Reasons}"
    )]
    public static partial void RunEnded(
        ILogger log,
        Guid run,
        RunState state,
        int confirmed,
        int failed,
        long calls,
        string reasons
    );

    [LoggerMessage(3, LogLevel.Error, "Tag run {Run} broke.")]
    public static partial void RunBroke(ILogger log, Guid run, Exception failure);

    [LoggerMessage(
        5,
        LogLevel.Error,
        "Looking what names the tags of integration {Integration} broke; it is tried again."
    )]
    public static partial void LookAtReferencesBroke(ILogger log, Guid integration, Exception failure);

    [LoggerMessage(4, LogLevel.Error, "Looking for what to tag failed; it is tried again. No wish was lost.")]
    public static partial void LookFailed(ILogger log, Exception failure);
}
