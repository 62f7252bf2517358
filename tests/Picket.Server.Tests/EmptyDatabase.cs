using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Picket.Server.Storage;

namespace Picket.Server.Tests;

/// <summary>
/// A database of the present model without a row, made once: servers start by the hundred here, and each would make its own.
/// That a server makes and migrates one itself is shown by those that are processes.
/// </summary>
internal static class EmptyDatabase
{
    private static readonly Lazy<Task<byte[]>> Content = new(MakeAsync);

    /// <summary>Where there is none yet.</summary>
    public static async Task PutAsync(string dataFolder)
    {
        var options = new StorageOptions { DataFolder = dataFolder };
        if (!File.Exists(options.SqliteFile))
        {
            _ = new PicketDatabase(options); // Makes the folder, for its account alone.
            await File.WriteAllBytesAsync(options.SqliteFile, await Content.Value);
        }
    }

    private static async Task<byte[]> MakeAsync()
    {
        var folder = Directory.CreateTempSubdirectory("picket-empty-");
        try
        {
            var options = new StorageOptions { DataFolder = folder.FullName };
            await using (var db = new PicketDatabase(options).Open())
            {
                await db.Database.MigrateAsync();
                await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
                SqliteConnection.ClearPool((SqliteConnection)db.Database.GetDbConnection());
            }

            return await File.ReadAllBytesAsync(options.SqliteFile);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
