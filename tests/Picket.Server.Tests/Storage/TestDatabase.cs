using Microsoft.EntityFrameworkCore;
using Picket.Server.Storage;

namespace Picket.Server.Tests.Storage;

/// <summary>A migrated database of either kind that goes with the test.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("picket-storage-");

    private TestDatabase(string? postgres) =>
        Database = new PicketDatabase(new StorageOptions { DataFolder = folder.FullName, Postgres = postgres });

    public PicketDatabase Database { get; }

    public static async Task<TestDatabase> NewAsync(string kind, TestPostgres postgres, CancellationToken cancellation)
    {
        var made = new TestDatabase(kind == "postgres" ? await postgres.NewDatabaseAsync(cancellation) : null);
        await using var db = made.Database.Open();
        await db.Database.MigrateAsync(cancellation);
        return made;
    }

    public ValueTask DisposeAsync()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
