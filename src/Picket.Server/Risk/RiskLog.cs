namespace Picket.Server.Risk;

internal static partial class RiskLog
{
    [LoggerMessage(
        1,
        LogLevel.Information,
        "Judged {Devices} devices of integration {Integration}: {Changed} levels changed."
    )]
    public static partial void Judged(ILogger log, int devices, Guid integration, int changed);

    [LoggerMessage(2, LogLevel.Error, "Looking for devices to judge failed; it is tried again in {Wait}.")]
    public static partial void Failed(ILogger log, TimeSpan wait, Exception mistake);

    [LoggerMessage(
        3,
        LogLevel.Error,
        "Devices of integration {Integration} cannot be judged now; it is tried again in {Wait}. No verdict was lost."
    )]
    public static partial void IntegrationFailed(ILogger log, Guid integration, TimeSpan wait, Exception mistake);

    [LoggerMessage(4, LogLevel.Error, "{Devices} devices could not be judged; the first is {Device}. They say so.")]
    public static partial void CannotJudge(ILogger log, int devices, Guid device, Exception mistake);

    [LoggerMessage(8, LogLevel.Error, "The overview could not be read for an open page; the page says so.")]
    public static partial void OverviewFailed(ILogger log, Exception failure);

    [LoggerMessage(9, LogLevel.Error, "The fleet's metrics could not be refreshed; they stay as they were.")]
    public static partial void MetricsFailed(ILogger log, Exception failure);
}
