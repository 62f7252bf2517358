using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Api;
using Picket.Server.Storage;

namespace Picket.Server.Access;

/// <summary>
/// The local owner's token, made at the first start and written to a file that only this account can read. Who can
/// read the data folder owns the server anyway.
/// </summary>
public sealed class OwnerToken(
    PicketDatabase database,
    IOptions<StorageOptions> storage,
    TimeProvider time,
    ILogger<OwnerToken> log
)
{
    public string FilePath => Path.Combine(storage.Value.DataFolder, "owner-token");

    public async Task EnsureAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        if (await db.ApiTokens.AnyAsync(row => row.Scope == TokenScope.Owner && row.RevokedAt == null, cancellation))
        {
            return;
        }

        var (row, token) = TokenStore.Make("owner", TokenScope.Owner, time.GetUtcNow(), lifetime: null);
        await WriteAsync(token, cancellation);
        db.ApiTokens.Add(row);
        await db.SaveChangesAsync(cancellation);
        AccessLog.OwnerTokenMade(log, FilePath);
    }

    private async Task WriteAsync(string token, CancellationToken cancellation)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var file = new StreamWriter(FilePath, options);
        await file.WriteLineAsync(token.AsMemory(), cancellation);
    }
}

internal static partial class AccessLog
{
    [LoggerMessage(1, LogLevel.Information, "The owner's token is in {File}. Keep it as you would a password.")]
    public static partial void OwnerTokenMade(ILogger log, string file);
}
