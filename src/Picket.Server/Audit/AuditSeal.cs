using Microsoft.EntityFrameworkCore;
using Picket.Core.Audit;
using Picket.Server.Storage;

namespace Picket.Server.Audit;

/// <summary>
/// Gives new entries their places in the chain, within the transaction of the change that they tell of: 1 the change
/// itself, 2 the lock of the chain's end, 3 the hashes, 4 the entries. The lock is the last that a writer takes and is
/// held until its commit, so writers, of this process or another, wait for each other only for that long.
/// </summary>
internal static class AuditSeal
{
    /// <summary>Added ones are known without a look for changes in all that is tracked: saving looks for them anyway.</summary>
    public static IReadOnlyList<AuditEntryRow> NewEntries(PicketDbContext db)
    {
        var looks = db.ChangeTracker.AutoDetectChangesEnabled;
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            return
            [
                .. db
                    .ChangeTracker.Entries<AuditEntryRow>()
                    .Where(entry => entry.State == EntityState.Added)
                    .Select(entry => entry.Entity),
            ];
        }
        finally
        {
            db.ChangeTracker.AutoDetectChangesEnabled = looks;
        }
    }

    /// <param name="save">Saves what the context holds.</param>
    public static async Task<int> SaveAsync(
        PicketDbContext db,
        IReadOnlyList<AuditEntryRow> entries,
        Func<Task<int>> save,
        CancellationToken cancellation
    )
    {
        // What was revoked, refused or switched off is not read again from the UEM: a power cut must not bring it back.
        var own = db.Database.CurrentTransaction is null ? await DurableTransaction.BeginAsync(db, cancellation) : null;
        await using (own)
        {
            var written = await WithoutAsync(db, entries, save); // 1
            await SealAsync(db, entries, cancellation); // 2 and 3
            db.Audit.AddRange(entries);
            written += await save(); // 4
            if (own is not null)
            {
                await own.CommitAsync(cancellation);
            }

            return written;
        }
    }

    /// <summary>A change that fails leaves its entries waiting, as it leaves all else.</summary>
    private static async Task<int> WithoutAsync(
        PicketDbContext db,
        IReadOnlyList<AuditEntryRow> entries,
        Func<Task<int>> save
    )
    {
        foreach (var entry in entries)
        {
            db.Entry(entry).State = EntityState.Detached;
        }

        try
        {
            return await save();
        }
        catch
        {
            db.Audit.AddRange(entries);
            throw;
        }
    }

    private static async Task SealAsync(
        PicketDbContext db,
        IReadOnlyList<AuditEntryRow> entries,
        CancellationToken cancellation
    )
    {
        var end = db.AuditHead.Where(row => row.Id == AuditHeadRow.Only);
        await end.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Sequence, row => row.Sequence + entries.Count),
            cancellation
        );
        var head =
            await end.AsNoTracking().SingleOrDefaultAsync(cancellation)
            ?? throw new InvalidOperationException(
                "The end of the audit's chain (table audit_head) was removed from the database. Restore the database; "
                    + "nothing is changed without its entry in the audit."
            );
        var hash = head.Hash;
        for (var i = 0; i < entries.Count; i++)
        {
            entries[i].Seal(head.Sequence - entries.Count + 1 + i, hash);
            hash = entries[i].Hash;
        }

        await end.ExecuteUpdateAsync(set => set.SetProperty(row => row.Hash, hash), cancellation);
    }
}
