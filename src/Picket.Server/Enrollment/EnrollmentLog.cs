using Picket.Api;

namespace Picket.Server.Enrollment;

internal static partial class EnrollmentLog
{
    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Import {Import} ended {State}: {Done} lines done, {Failed} failed, {Unclear} unclear, {Calls} calls"
    )]
    public static partial void ImportEnded(
        ILogger log,
        Guid import,
        ImportState state,
        int done,
        int failed,
        int unclear,
        long calls
    );

    [LoggerMessage(Level = LogLevel.Error, Message = "Import {Import} broke off")]
    public static partial void ImportBroke(ILogger log, Guid import, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "Work at the imports of integration {Integration} broke off")]
    public static partial void GrainFailed(ILogger log, Guid integration, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "Imports that wait could not be looked at; it is tried again")]
    public static partial void LookFailed(ILogger log, Exception failure);
}
