using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Audit;
using Picket.Server.Storage;

namespace Picket.Server.People;

/// <summary>
/// Counts tries to show a password or a second factor, together: after ten without a whole sign-in the account is closed
/// for a while. An unknown name costs as much.
/// </summary>
public sealed class SignInTries(AuditLog audit, TimeProvider time)
{
    private const int Most = 10;
    private static readonly TimeSpan Closed = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Counts the try before anything is looked at, in the database: of many at the same moment no more than ten are looked
    /// at, and the tenth closes the account.
    /// </summary>
    /// <returns>False where the account is closed or deactivated, or there is none.</returns>
    public async Task<bool> TakeAsync(PicketDbContext db, Guid person, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var end = (DateTimeOffset?)(now + Closed);
        return await db
                .Persons.Where(row =>
                    row.Id == person && row.DeactivatedAt == null && (row.LockoutEnd == null || row.LockoutEnd <= now)
                )
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(row => row.LockoutEnd, row => row.AccessFailedCount + 1 >= Most ? end : null)
                            .SetProperty(
                                row => row.AccessFailedCount,
                                row => row.AccessFailedCount + 1 >= Most ? 0 : row.AccessFailedCount + 1
                            ),
                    cancellation
                ) == 1;
    }

    /// <summary>The person is who they say: the tries are forgotten.</summary>
    public static Task<int> ForgetAsync(PicketDbContext db, Guid person, CancellationToken cancellation) =>
        db
            .Persons.Where(row => row.Id == person)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.AccessFailedCount, 0)
                        .SetProperty(row => row.LockoutEnd, (DateTimeOffset?)null),
                cancellation
            );

    public async Task RecordRefusalAsync(PicketDbContext db, Guid person, CancellationToken cancellation)
    {
        var actor = await PersonClaims.ActorAsync(db, person, cancellation);
        audit.Add(db, actor, "sign-in.refused", outcome: AuditOutcome.Refused);
        await db.SaveChangesAsync(cancellation);
    }
}
