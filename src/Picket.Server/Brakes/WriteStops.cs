using Microsoft.EntityFrameworkCore;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Brakes;

/// <summary>
/// Whether all writes are stopped, as the database has it. Asked before work is taken up, and in the transaction of each
/// ledger mark: nothing is marked after a stop was committed, whichever server took it.
/// </summary>
internal static class WriteStops
{
    /// <returns>The stop that is in force; null when there is none.</returns>
    public static async Task<WriteStopRow?> CurrentAsync(PicketDbContext db, CancellationToken cancellation) =>
        await NewestAsync(db, cancellation) is { ReleasedAt: null } stop ? stop : null;

    public static Task<WriteStopRow?> NewestAsync(PicketDbContext db, CancellationToken cancellation) =>
        db.WriteStops.AsNoTracking().OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancellation);

    /// <summary>
    /// The transaction in which something is marked as sent: the only way to begin one, so that no write forgets to ask.
    /// </summary>
    /// <param name="what">What is about to be sent.</param>
    /// <exception cref="WritesStoppedException">All writes are stopped. Nothing was marked or sent.</exception>
    public static async Task<DurableTransaction> BeginMarkAsync(
        PicketDbContext db,
        string what,
        CancellationToken cancellation
    )
    {
        var transaction = await DurableTransaction.BeginAsync(db, cancellation);
        try
        {
            return await CurrentAsync(db, cancellation) is { } stop
                ? throw new WritesStoppedException(what, stop.Text)
                : transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }
}
