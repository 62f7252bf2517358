using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Picket.Server.Storage;

/// <summary>Brings the database to the model of this version before anything else starts.</summary>
internal static class DatabaseMigration
{
    public static async Task MigrateAsync(PicketDatabase database, CancellationToken cancellation)
    {
        if (await IsCurrentAsync(database, cancellation))
        {
            return;
        }

        await using var context = database.Open();
        if (database.IsSqlite)
        {
            await ClearStaleLockAsync(context, cancellation);
        }

        await context.Database.MigrateAsync(cancellation);
    }

    /// <summary>
    /// Asks for the last migration, past EF Core: that would make its whole model first, only to learn that there is
    /// nothing to do, and half the time of a start is that.
    /// </summary>
    public static async Task<bool> IsCurrentAsync(PicketDatabase database, CancellationToken cancellation)
    {
        var context = database.IsSqlite ? typeof(SqlitePicketDbContext) : typeof(PostgresPicketDbContext);
        var newest = context
            .Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Migration))) // Attributes of all types of the server take long to read.
            .Where(type => type.GetCustomAttribute<DbContextAttribute>()?.ContextType == context)
            .Max(type => type.GetCustomAttribute<MigrationAttribute>()?.Id);
        try
        {
            await using var connection = database.Connect();
            await connection.OpenAsync(cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT max(\"MigrationId\") FROM \"__EFMigrationsHistory\"";
            return await command.ExecuteScalarAsync(cancellation) is string last && last == newest;
        }
        catch (DbException)
        {
            return false; // A new database, or none that answers: the migration tells which.
        }
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
