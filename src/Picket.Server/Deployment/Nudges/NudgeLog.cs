using Picket.Api;

namespace Picket.Server.Deployment;

internal static partial class NudgeLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Nudge {Nudge} ended {State}: {Reason}")]
    public static partial void Ended(ILogger log, Guid nudge, NudgeState state, string? reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Nudge {Nudge} broke off")]
    public static partial void Broke(ILogger log, Guid nudge, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "Work at the nudges of integration {Integration} broke off")]
    public static partial void GrainFailed(ILogger log, Guid integration, Exception failure);
}
