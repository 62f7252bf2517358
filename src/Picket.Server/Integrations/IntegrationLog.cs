namespace Picket.Server.Integrations;

internal static partial class IntegrationLog
{
    [LoggerMessage(
        1,
        LogLevel.Warning,
        "The UEM refused the credential of integration {Integration} ({Status}/{Code}); it is not used again until it is changed."
    )]
    public static partial void CredentialRefused(ILogger log, Guid integration, int? status, int? code);

    [LoggerMessage(2, LogLevel.Information, "Integration {Integration} {Change}.")]
    public static partial void Changed(ILogger log, Guid integration, string change);

    [LoggerMessage(
        3,
        LogLevel.Information,
        "The doctor looked at {Host}: {Pass} passed, {Fail} failed, {Warn} warnings, {NotTested} not tested, {Calls} calls."
    )]
    public static partial void Examined(
        ILogger log,
        string host,
        int pass,
        int fail,
        int warn,
        int notTested,
        int calls
    );
}
