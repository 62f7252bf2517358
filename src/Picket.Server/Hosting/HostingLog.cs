namespace Picket.Server.Hosting;

internal static partial class HostingLog
{
    [LoggerMessage(1, LogLevel.Critical, "Picket cannot start. Mend these settings and start again:\n{Mistakes}")]
    public static partial void CannotStart(ILogger log, string mistakes);

    [LoggerMessage(4, LogLevel.Critical, "The database does not answer, so Picket cannot start: {Reason}")]
    public static partial void DatabaseUnavailable(ILogger log, string reason);

    [LoggerMessage(2, LogLevel.Error, "{Method} {Path} failed.")]
    public static partial void RequestFailed(ILogger log, string method, string path, Exception cause);

    [LoggerMessage(
        3,
        LogLevel.Warning,
        "The key ring in the data folder is not wrapped: whoever copies the folder can read the secrets. "
            + "Name a certificate outside of it with Secrets:CertificateFile."
    )]
    public static partial void KeyRingNotWrapped(ILogger log);

    [LoggerMessage(
        5,
        LogLevel.Warning,
        "Other accounts of this machine can look into the data folder: it holds the inventory and, encrypted, the secrets. "
            + "Close it: chmod 700 {Folder}"
    )]
    public static partial void DataFolderOpen(ILogger log, string folder);
}
