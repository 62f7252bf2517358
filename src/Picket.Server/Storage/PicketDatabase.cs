using Microsoft.EntityFrameworkCore;

namespace Picket.Server.Storage;

/// <summary>Opens contexts on the configured database. Whoever opens one disposes it.</summary>
public sealed class PicketDatabase
{
    private readonly Func<PicketDbContext> open;

    public PicketDatabase(StorageOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Postgres))
        {
            Directory.CreateDirectory(options.DataFolder);
            var sqlite = Sqlite(options.SqliteFile, options.MaxMegabytes);
            open = () => new SqlitePicketDbContext(sqlite);
            Bulk = new SqliteBulkWriter();
            IsSqlite = true;
        }
        else
        {
            var postgres = new DbContextOptionsBuilder<PostgresPicketDbContext>().UseNpgsql(options.Postgres).Options;
            open = () => new PostgresPicketDbContext(postgres);
            Bulk = new PostgresBulkWriter();
        }
    }

    /// <summary>The database's own fast way to write many rows.</summary>
    public BulkWriter Bulk { get; }

    public bool IsSqlite { get; }

    public PicketDbContext Open() => open();

    // One JSON parameter for a list: SQLite takes 3.7 s for 30,000 single ones and refuses 40,000.
    private static DbContextOptions<SqlitePicketDbContext> Sqlite(string file, int? maxMegabytes) =>
        new DbContextOptionsBuilder<SqlitePicketDbContext>()
            .UseSqlite(
                $"Data Source={file};Foreign Keys=False",
                sqlite => sqlite.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter)
            )
            .AddInterceptors(new SqlitePragmas(maxMegabytes))
            .Options;
}
