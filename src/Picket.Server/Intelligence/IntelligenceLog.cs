namespace Picket.Server.Intelligence;

internal static partial class IntelligenceLog
{
    [LoggerMessage(1, LogLevel.Information, "{Feeds} feeds are in force with {Indicators} indicators to test.")]
    public static partial void InForce(ILogger log, int feeds, int indicators);

    [LoggerMessage(
        2,
        LogLevel.Error,
        "The stored version {Version} of feed {Feed} cannot be read any more and is left out: {Mistake}. Import it again."
    )]
    public static partial void Unreadable(ILogger log, string feed, Guid version, string mistake);

    [LoggerMessage(3, LogLevel.Information, "Feed {Feed} {Change}; {Devices} devices are to be judged again.")]
    public static partial void Changed(ILogger log, string feed, string change, int devices);

    [LoggerMessage(4, LogLevel.Warning, "A new version of feed {Feed} waits for a person: {Reason}")]
    public static partial void SetAside(ILogger log, string feed, string reason);

    [LoggerMessage(5, LogLevel.Warning, "The source of feed {Feed} brought no version: {Reason}")]
    public static partial void SourceFailed(ILogger log, string feed, string reason);

    [LoggerMessage(6, LogLevel.Error, "The file from the source of feed {Feed} could not be taken over.")]
    public static partial void SourceBroke(ILogger log, string feed, Exception mistake);

    [LoggerMessage(7, LogLevel.Error, "The sources of feeds could not be looked at; it is tried again soon.")]
    public static partial void SourcesFailed(ILogger log, Exception mistake);

    [LoggerMessage(8, LogLevel.Warning, "The figures of feeds could not be read; the metrics show those from before.")]
    public static partial void MetricsFailed(ILogger log, Exception mistake);

    [LoggerMessage(9, LogLevel.Error, "The source {Source} could not be looked at; it is tried again soon.")]
    public static partial void LookFailed(ILogger log, Guid source, Exception mistake);
}
