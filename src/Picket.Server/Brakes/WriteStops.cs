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

    /// <param name="what">What was about to be sent.</param>
    /// <exception cref="WritesStoppedException">All writes are stopped. Nothing was marked or sent.</exception>
    public static async Task PassAsync(PicketDbContext db, string what, CancellationToken cancellation)
    {
        if (await CurrentAsync(db, cancellation) is { } stop)
        {
            throw new WritesStoppedException(what, stop.Text);
        }
    }
}
