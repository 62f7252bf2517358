using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Audit;
using Picket.Server.Enrollment;
using Picket.Server.Storage;

#pragma warning disable CA1862 // The database compares, and knows no StringComparison.

namespace Picket.Server.Inventory.Users;

/// <summary>
/// Removes what Picket keeps about a person, in one transaction with the entry in the audit, which names them by ids alone
/// (law 8). Devices, findings and the ledger stay: they hold no name. See ADR 30.
/// </summary>
public sealed class UserErasure(PicketDatabase database, Erasures erasures, AuditLog audit, TimeProvider time)
{
    private const int DevicesAtOnce = 500;

    private static readonly string[] Names =
    [
        nameof(DeviceRow.UserName),
        nameof(DeviceRow.FriendlyName),
        nameof(DeviceRow.Hash),
    ];

    /// <summary>What an erasure would remove now.</summary>
    /// <returns>Null when there is no such user.</returns>
    public async Task<ErasureView?> PreviewAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        return user is null ? null : await CountAsync(new NamesOf(db, user), cancellation);
    }

    /// <param name="confirmed">The name of whom the caller means; of somebody else nothing is removed.</param>
    /// <returns>What was removed; null when there is no such user.</returns>
    /// <exception cref="OtherNameException">The user has another name.</exception>
    public Task<ErasureView?> EraseAsync(Guid id, string confirmed, string actor, CancellationToken cancellation) =>
        Rivalry.RepeatAsync(() => EraseOnceAsync(id, confirmed, actor, cancellation));

    private async Task<ErasureView?> EraseOnceAsync(
        Guid id,
        string confirmed,
        string actor,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        // Who was told that the name is gone must not find it again after a power cut.
        await using var transaction = await DurableTransaction.BeginAsync(db, cancellation);
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is not { } found)
        {
            return null;
        }

        await erasures.LockAsync(db, found.IntegrationId, cancellation);
        // A run may have renamed the user while this waited for it.
        var user = await db.Users.AsNoTracking().SingleAsync(row => row.Id == id, cancellation);
        if (!confirmed.Trim().Equals(NameOf(user), StringComparison.OrdinalIgnoreCase))
        {
            throw new OtherNameException();
        }

        var names = new NamesOf(db, user);
        var removed = await CountAsync(names, cancellation);
        await names.Members.ExecuteDeleteAsync(cancellation);
        await ImportRemoval.ForgetAsync(names.ImportLines, cancellation);
        await ForgetHistoryAsync(names, cancellation); // While devices still tell whose they are.
        await ForgetDevicesAsync(db, names, removed.Remembered, cancellation);
        await (
            removed.Remembered ? RememberAsync(db, user, actor, cancellation) : ForgetUserAsync(db, user, cancellation)
        );
        audit.Add(
            db,
            actor,
            "user.erased",
            $"{user.Id}",
            after: new
            {
                UemId = user.RemoteId,
                removed.Remembered,
                removed.Groups,
                removed.Devices,
                removed.HistoryEntries,
                removed.ImportLines,
            }
        );
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return removed;
    }

    /// <summary>From the next full run on the person is kept by name again.</summary>
    /// <returns>False where nobody like that is erased.</returns>
    public async Task<bool> LiftAsync(Guid id, string actor, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var row = await (
            from user in db.Users
            join erased in db.ErasedUsers
                on new { user.IntegrationId, user.RemoteId } equals new { erased.IntegrationId, erased.RemoteId }
            where user.Id == id
            select erased
        ).SingleOrDefaultAsync(cancellation);
        if (row is null)
        {
            return false;
        }

        db.ErasedUsers.Remove(row);
        audit.Add(db, actor, "user.erasure-lifted", $"{id}", after: new { UemId = row.RemoteId });
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    /// <summary>What confirms that somebody is meant.</summary>
    private static string NameOf(UserRow user) =>
        string.IsNullOrWhiteSpace(user.UserName) ? $"{user.RemoteId}" : user.UserName.Trim();

    private static async Task<ErasureView> CountAsync(NamesOf names, CancellationToken cancellation) =>
        new(
            Remembered: names.User.GoneAt is null
                || await names.Devices.AnyAsync(device => device.GoneAt == null, cancellation),
            Users: names.User is { UserName: null, Email: null, GoneAt: null } ? 0 : 1,
            await names.Members.CountAsync(cancellation),
            await names.NamedDevices.CountAsync(cancellation) + await names.GoneElsewhere.CountAsync(cancellation),
            await names.UserChanges.CountAsync(cancellation) + await names.NameChanges.CountAsync(cancellation),
            await names.Elsewhere.CountAsync(cancellation),
            await names.ImportLines.CountAsync(cancellation)
        );

    /// <summary>That something changed stays, as runs count it; what it was does not. Names of others stay.</summary>
    private static async Task ForgetHistoryAsync(NamesOf names, CancellationToken cancellation)
    {
        await names.NameChanges.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Before, (string?)null).SetProperty(row => row.After, (string?)null),
            cancellation
        );
        var (name, upper) = (names.User.UserName, names.User.UserName?.ToUpperInvariant());
        await names.UserChanges.ExecuteUpdateAsync(
            set =>
                set.SetProperty(
                        row => row.Before,
                        row => row.Before == name || row.Before!.ToUpper() == upper ? null : row.Before
                    )
                    .SetProperty(
                        row => row.After,
                        row => row.After == name || row.After!.ToUpper() == upper ? null : row.After
                    ),
            cancellation
        );
    }

    /// <summary>
    /// A device that is listed still keeps the UEM's number of its user: by it the next run knows that no name is to be kept.
    /// </summary>
    private async Task ForgetDevicesAsync(
        PicketDbContext db,
        NamesOf names,
        bool remembered,
        CancellationToken cancellation
    )
    {
        await ForgetAsync(names.NamedDevices);
        await ForgetAsync(names.GoneElsewhere, onlyFriendlyName: true);
        if (!remembered)
        {
            await names.Devices.ExecuteUpdateAsync(
                set => set.SetProperty(device => device.UserRemoteId, (int?)null),
                cancellation
            );
        }

        async Task ForgetAsync(IQueryable<DeviceRow> named, bool onlyFriendlyName = false)
        {
            while (await named.Take(DevicesAtOnce).ToListAsync(cancellation) is { Count: > 0 } devices)
            {
                foreach (var device in devices)
                {
                    device.UserName = onlyFriendlyName ? device.UserName : null;
                    device.FriendlyName = null;
                    device.Hash = DeviceHistory.Hash(device).ToBytes();
                }

                await database.Bulk.UpdateAsync(db, devices, Names, cancellation);
            }
        }
    }

    private async Task RememberAsync(PicketDbContext db, UserRow user, string actor, CancellationToken cancellation)
    {
        var known = await db.ErasedUsers.SingleOrDefaultAsync(
            row => row.IntegrationId == user.IntegrationId && row.RemoteId == user.RemoteId,
            cancellation
        );
        if (known is null)
        {
            db.ErasedUsers.Add(
                new ErasedUserRow
                {
                    IntegrationId = user.IntegrationId,
                    RemoteId = user.RemoteId,
                    NameKey = erasures.KeyOf(user.UserName),
                    ErasedAt = time.GetUtcNow(),
                    ErasedBy = actor,
                }
            );
        }

        var hash = ErasedUsers.HashOf(user).ToBytes();
        await db
            .Users.Where(row => row.Id == user.Id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.UserName, (string?)null)
                        .SetProperty(row => row.DisplayName, (string?)null)
                        .SetProperty(row => row.Email, (string?)null)
                        .SetProperty(row => row.RemoteUuid, (Guid?)null)
                        .SetProperty(row => row.Hash, hash),
                cancellation
            );
    }

    /// <summary>Should the UEM list that number again, it is a new person to Picket, or the old one who came back.</summary>
    private static async Task ForgetUserAsync(PicketDbContext db, UserRow user, CancellationToken cancellation)
    {
        await db.Users.Where(row => row.Id == user.Id).ExecuteDeleteAsync(cancellation);
        await db
            .ErasedUsers.Where(row => row.IntegrationId == user.IntegrationId && row.RemoteId == user.RemoteId)
            .ExecuteDeleteAsync(cancellation);
    }
}

/// <summary>Somebody else was confirmed than was asked for.</summary>
public sealed class OtherNameException() : Exception("The user is called otherwise.");
