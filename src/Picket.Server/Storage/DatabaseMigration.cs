using Microsoft.EntityFrameworkCore;

namespace Picket.Server.Storage;

/// <summary>Brings the database to the model of this version before anything else starts.</summary>
internal static class DatabaseMigration
{
    public static async Task MigrateAsync(PicketDatabase database, CancellationToken cancellation)
    {
        await using var context = database.Open();
        if (database.IsSqlite)
        {
            await ClearStaleLockAsync(context, cancellation);
        }

        await context.Database.MigrateAsync(cancellation);
    }

    /// <summary>
    /// A process killed while it migrated leaves its lock row, and every later start would wait for ever. The embedded
    /// database belongs to one process (the data folder is locked), so a lock found here is nobody's.
    /// </summary>
    private static async Task ClearStaleLockAsync(PicketDbContext context, CancellationToken cancellation)
    {
        var exists = await context
            .Database.SqlQueryRaw<int>(
                "SELECT count(*) AS \"Value\" FROM sqlite_master WHERE name = '__EFMigrationsLock'"
            )
            .SingleAsync(cancellation);
        if (exists > 0)
        {
            await context.Database.ExecuteSqlRawAsync("DELETE FROM \"__EFMigrationsLock\"", cancellation);
        }
    }
}
