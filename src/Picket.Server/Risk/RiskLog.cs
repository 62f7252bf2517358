namespace Picket.Server.Risk;

internal static partial class RiskLog
{
    [LoggerMessage(
        1,
        LogLevel.Information,
        "Judged {Devices} devices of integration {Integration}: {Changed} levels changed."
    )]
    public static partial void Judged(ILogger log, int devices, Guid integration, int changed);

    [LoggerMessage(2, LogLevel.Error, "Judging failed; it is tried again in {Wait}. No verdict was lost.")]
    public static partial void Failed(ILogger log, TimeSpan wait, Exception mistake);
}
