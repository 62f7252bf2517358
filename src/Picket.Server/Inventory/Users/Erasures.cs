using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Picket.Server.Storage;

namespace Picket.Server.Inventory.Users;

/// <summary>Who is not to be kept by name, as sync runs ask for it.</summary>
public sealed class Erasures(PicketDatabase database, PersonalAppKey key)
{
    internal async Task<ErasedUsers> OfAsync(Guid integration, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await OfAsync(db, integration, cancellation);
    }

    /// <summary>
    /// For the transaction that writes what was read: until it ends nobody else is erased, so what it writes holds no
    /// name that an erasure has just removed. SQLite lets one transaction write at a time anyway.
    /// </summary>
    internal async Task<ErasedUsers> HeldAsync(PicketDbContext db, Guid integration, CancellationToken cancellation)
    {
        if (!database.IsSqlite)
        {
            await db.Database.ExecuteSqlAsync(
                $"SELECT pg_advisory_xact_lock_shared(hashtextextended({LockOf(integration)}, 0))",
                cancellation
            );
        }

        return await OfAsync(db, integration, cancellation);
    }

    /// <summary>For the transaction that erases: it waits for those that write what was read, and they for it.</summary>
    internal async Task LockAsync(PicketDbContext db, Guid integration, CancellationToken cancellation)
    {
        if (!database.IsSqlite)
        {
            await db.Database.ExecuteSqlAsync(
                $"SELECT pg_advisory_xact_lock(hashtextextended({LockOf(integration)}, 0))",
                cancellation
            );
        }
    }

    /// <summary>Notes the sign-in names that the UEM has given to erased users since.</summary>
    internal async Task RenameAsync(Guid integration, ErasedUsers erased, CancellationToken cancellation)
    {
        await using var db = database.Open();
        foreach (var (user, name) in erased.Renamed)
        {
            await db
                .ErasedUsers.Where(row => row.IntegrationId == integration && row.RemoteId == user)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.NameKey, name), cancellation);
        }
    }

    /// <summary>Stands for a sign-in name that is not kept. Without the installation's key nobody can try names against it.</summary>
    internal string? KeyOf(string? userName) =>
        string.IsNullOrWhiteSpace(userName)
            ? null
            : Convert.ToHexStringLower(
                HMACSHA256.HashData(
                    key.Value,
                    Encoding.UTF8.GetBytes($"erased user\0{userName.Trim().ToUpperInvariant()}")
                )
            );

    /// <summary>
    /// As of now; who writes by it asks again with <see cref="HeldAsync"/>. Names of those alone whom the UEM lists: the
    /// next bearer of a name that became free is somebody else.
    /// </summary>
    internal async Task<ErasedUsers> OfAsync(PicketDbContext db, Guid integration, CancellationToken cancellation)
    {
        var rows = await db
            .ErasedUsers.AsNoTracking()
            .Where(row => row.IntegrationId == integration)
            .Select(row => new
            {
                row.RemoteId,
                row.NameKey,
                Listed = db.Users.Any(user =>
                    user.IntegrationId == integration && user.RemoteId == row.RemoteId && user.GoneAt == null
                ),
            })
            .ToListAsync(cancellation);
        return new ErasedUsers(
            rows.ToDictionary(row => row.RemoteId, row => row.NameKey),
            rows.Where(row => row.Listed).Select(row => row.NameKey).OfType<string>().ToHashSet(),
            KeyOf
        );
    }

    private static string LockOf(Guid integration) => $"erasure {integration}";
}
