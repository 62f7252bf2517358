namespace Picket.Server.Notices;

internal static partial class NoticeLog
{
    [LoggerMessage(1, LogLevel.Error, "What is to be told could not be looked at; it is tried again soon.")]
    public static partial void ScanFailed(ILogger log, Exception mistake);

    [LoggerMessage(2, LogLevel.Error, "The notices that are due could not be sent; it is tried again soon.")]
    public static partial void SendingFailed(ILogger log, Exception mistake);

    [LoggerMessage(3, LogLevel.Warning, "Notice {Delivery} of channel {Channel} did not arrive at try {Try}: {Reason}")]
    public static partial void NotDelivered(ILogger log, Guid delivery, string channel, int @try, string reason);

    [LoggerMessage(4, LogLevel.Warning, "Channel {Channel} of notices was switched off: {Reason}")]
    public static partial void SwitchedOff(ILogger log, string channel, string reason);
}
