using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace Picket.Server.Storage;

/// <summary>Opens contexts on the configured database. Whoever opens one disposes it.</summary>
public sealed class PicketDatabase
{
    /// <summary>To make one costs as much as a query.</summary>
    private const int KeptContexts = 64;

    private readonly Func<PicketDbContext> open;
    private readonly Func<DbConnection> connect;

    public PicketDatabase(StorageOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Postgres))
        {
            DataFolder.Create(options.DataFolder);
            var address = $"Data Source={options.SqliteFile};Foreign Keys=False";
            open = new PooledDbContextFactory<SqlitePicketDbContext>(
                Sqlite(address, options.MaxMegabytes),
                KeptContexts
            ).CreateDbContext;
            connect = () => new SqliteConnection(address);
            Bulk = new SqliteBulkWriter();
            IsSqlite = true;
        }
        else
        {
            var postgres = new DbContextOptionsBuilder<PostgresPicketDbContext>()
                .UseNpgsql(options.Postgres)
                .ConfigureWarnings(TrustMigrations)
                .Options;
            open = new PooledDbContextFactory<PostgresPicketDbContext>(postgres, KeptContexts).CreateDbContext;
            connect = () => new NpgsqlConnection(options.Postgres);
            Bulk = new PostgresBulkWriter();
        }
    }

    /// <summary>The database's own fast way to write many rows.</summary>
    public BulkWriter Bulk { get; }

    public bool IsSqlite { get; }

    public PicketDbContext Open()
    {
        var db = open();
        // For as long as the context lives. EF Core would open and close it around each statement and give it its functions
        // anew each time, for a fourth of a small question's price.
        try
        {
            if (IsSqlite)
            {
                db.Database.OpenConnection();
            }

            return db;
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }

    /// <summary>A closed connection without EF Core, whose first use takes half a second.</summary>
    public DbConnection Connect() => connect();

    // One JSON parameter for a list: SQLite takes 3.7 s for 30,000 single ones and refuses 40,000.
    private static DbContextOptions<SqlitePicketDbContext> Sqlite(string address, int? maxMegabytes) =>
        new DbContextOptionsBuilder<SqlitePicketDbContext>()
            .UseSqlite(address, sqlite => sqlite.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))
            .AddInterceptors(new SqlitePragmas(maxMegabytes))
            .ConfigureWarnings(TrustMigrations)
            .Options;

    // A test compares model and migrations; EF Core would do so at each first start, for a third of a second.
    private static void TrustMigrations(WarningsConfigurationBuilder warnings) =>
        warnings.Ignore(RelationalEventId.PendingModelChangesWarning);
}
