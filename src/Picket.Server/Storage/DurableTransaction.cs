using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Picket.Server.Storage;

/// <summary>
/// A transaction whose commit survives a power cut, for marks that must not be lost: what was marked as sent was sent.
/// All others leave that to the next checkpoint, see <see cref="SqlitePragmas"/>.
/// </summary>
public sealed class DurableTransaction : IAsyncDisposable
{
    private readonly PicketDbContext db;
    private readonly IDbContextTransaction transaction;
    private readonly bool isSqlite;

    private DurableTransaction(PicketDbContext db, IDbContextTransaction transaction, bool isSqlite) =>
        (this.db, this.transaction, this.isSqlite) = (db, transaction, isSqlite);

    public static async Task<DurableTransaction> BeginAsync(PicketDbContext db, CancellationToken cancellation)
    {
        var isSqlite = db is SqlitePicketDbContext;
        // Held open: the setting is the connection's, and SQLite ignores it within a transaction.
        await db.Database.OpenConnectionAsync(cancellation);
        if (isSqlite)
        {
            Set(db, SqlitePragmas.DurableCommit);
        }

        var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!isSqlite)
        {
            await db.Database.ExecuteSqlRawAsync("SET LOCAL synchronous_commit TO on", cancellation);
        }

        return new DurableTransaction(db, transaction, isSqlite);
    }

    public Task CommitAsync(CancellationToken cancellation) => transaction.CommitAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        if (isSqlite)
        {
            Set(db, SqlitePragmas.UsualCommit);
        }

        await db.Database.CloseConnectionAsync();
    }

    /// <summary>A setting of the connection, in memory alone: through EF Core it would cost as much as a query.</summary>
    private static void Set(PicketDbContext db, string pragma)
    {
        using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = pragma;
        command.ExecuteNonQuery();
    }
}
