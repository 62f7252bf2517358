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
}
