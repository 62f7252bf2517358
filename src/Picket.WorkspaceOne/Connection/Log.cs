using Microsoft.Extensions.Logging;

namespace Picket.WorkspaceOne.Connection;

/// <summary>Log messages: route templates and codes, never values.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "{Route} answered {Status} in {Milliseconds} ms, {Bytes} bytes")]
    public static partial void Answered(ILogger logger, string route, int status, long milliseconds, int bytes);

    [LoggerMessage(2, LogLevel.Information, "{Route} failed at {Stage} with {Status}/{Code}: {Reason}")]
    public static partial void Failed(
        ILogger logger,
        string route,
        FailureStage stage,
        int? status,
        int? code,
        string reason
    );

    [LoggerMessage(3, LogLevel.Error, "The credential was refused ({Reason}); nothing more is sent with it")]
    public static partial void SignInRefused(ILogger logger, string reason);
}
