using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Picket.Server.Storage;

/// <summary>Whether the embedded database can still grow. What is asked is the disk itself, so freed space counts at once.</summary>
public sealed class DiskRoom(PicketDatabase database, IOptions<StorageOptions> options)
{
    /// <summary>A transaction of a sync, and the log of it, need about so much.</summary>
    private const long Needed = 4 * 1024 * 1024;

    private const int FewPages = 16;

    /// <returns>What is wrong; null where there is room, or where the database is on another machine.</returns>
    public async Task<string?> ShortageAsync(CancellationToken cancellation)
    {
        if (!database.IsSqlite)
        {
            return null;
        }

        var free = new DriveInfo(Path.GetFullPath(options.Value.DataFolder)).AvailableFreeSpace;
        if (free < Needed)
        {
            return $"The disk of the data folder is full: {free / 1024} KB are free. Free space; nothing that was stored is lost.";
        }

        return options.Value.MaxMegabytes is { } most && await IsAtLimitAsync(most, cancellation)
            ? $"The database has reached Storage:MaxMegabytes ({most}). Raise it, or leave it out."
            : null;
    }

    private async Task<bool> IsAtLimitAsync(int megabytes, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var used = await db
            .Database.SqlQueryRaw<long>(
                """
                SELECT (SELECT page_count FROM pragma_page_count) - (SELECT freelist_count FROM pragma_freelist_count) AS "Value"
                """
            )
            .SingleAsync(cancellation);
        return used > ((long)megabytes * SqlitePragmas.PagesPerMegabyte) - FewPages;
    }
}
