using Picket.Api;

namespace Picket.Server.Deployment;

internal static partial class DeploymentLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Publication {Publication} is {State}: {Reason}")]
    public static partial void Became(ILogger log, Guid publication, PublicationState state, string? reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Somebody changed the assignments of the app of publication {Publication} at the same time"
    )]
    public static partial void ForeignChanged(ILogger log, Guid publication);

    [LoggerMessage(Level = LogLevel.Error, Message = "Work at publication {Publication} broke off")]
    public static partial void Broke(ILogger log, Guid publication, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "Work at the publications of integration {Integration} broke off")]
    public static partial void GrainFailed(ILogger log, Guid integration, Exception failure);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Publications that are due could not be looked for; it is tried again"
    )]
    public static partial void LookFailed(ILogger log, Exception failure);
}
