using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Picket.Server.Storage;

/// <summary>
/// Settings of each SQLite connection. WAL with <c>synchronous=NORMAL</c> keeps the database whole through a crash of
/// the process; a power cut may lose the last commits, which the next sync reads again. The ledger does not rely on
/// it: its marks are written in a <see cref="DurableTransaction"/>.
/// </summary>
internal sealed class SqlitePragmas(int? maxMegabytes) : DbConnectionInterceptor
{
    private const string Settings =
        "PRAGMA journal_mode=WAL; "
        + UsualCommit
        + " PRAGMA busy_timeout=15000; PRAGMA cache_size=-16000; "
        + "PRAGMA wal_autocheckpoint=8000; PRAGMA temp_store=MEMORY;";

    public const int PagesPerMegabyte = 256; // of SQLite's default of 4096 bytes

    public const string UsualCommit = "PRAGMA synchronous=NORMAL;";

    /// <summary>For a transaction whose loss would send a command twice.</summary>
    public const string DurableCommit = "PRAGMA synchronous=FULL;";

    /// <summary>Connections as SQLite has them, and whose settings they got.</summary>
    private static readonly ConditionalWeakTable<sqlite3, SqlitePragmas> Settled = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        Apply(connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Apply(connection);
        return Task.CompletedTask;
    }

    private void Apply(DbConnection connection)
    {
        var handle = ((SqliteConnection)connection).Handle!;
        if (Settled.TryGetValue(handle, out var by) && by == this)
        {
            return; // It was closed and opened anew: beneath, it stayed open, with its settings.
        }

        using var command = connection.CreateCommand();
        command.CommandText = maxMegabytes is { } size
            ? $"{Settings} PRAGMA max_page_count={size * PagesPerMegabyte};"
            : Settings;
        command.ExecuteNonQuery();
        Settled.AddOrUpdate(handle, this);
    }
}
