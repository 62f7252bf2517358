using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Audit;
using Picket.Server.Storage;

namespace Picket.Server.People;

/// <summary>
/// Checks a name and a password. A wrong name, a wrong password, a closed and a deactivated account get one answer, after
/// the same work.
/// </summary>
internal sealed class PasswordSignIn(
    PicketDatabase database,
    IPasswordHasher<PersonRow> hasher,
    ILookupNormalizer names,
    AuditLog audit,
    TimeProvider time
)
{
    public const string Refusal =
        "The name or the password is wrong. After ten wrong ones an account is closed for 15 minutes.";

    private const int MostFailures = 10;
    private static readonly TimeSpan Closed = TimeSpan.FromMinutes(15);

    // Whom nobody is: what an unknown name's password is held against.
    private readonly PersonRow nobody = new() { CreatedAt = default };
    private string? nobodysHash;

    /// <returns>Null where it is refused.</returns>
    public async Task<PersonRow?> CheckAsync(string? name, string? password, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var person = await FindAsync(db, name?.Trim() ?? "", cancellation);
        var now = time.GetUtcNow();
        var open = await TakeTryAsync(db, person?.Id ?? Guid.Empty, now, cancellation);
        if (Verify(person, password ?? "") && open)
        {
            await NoteSuccessAsync(db, person!, now, cancellation);
            return person;
        }

        await RecordAsync(db, person, cancellation);
        return null;
    }

    private Task<PersonRow?> FindAsync(PicketDbContext db, string name, CancellationToken cancellation)
    {
        var wanted = name.Contains('@', StringComparison.Ordinal)
            ? names.NormalizeEmail(name)
            : names.NormalizeName(name);
        var rows = db.Persons.AsNoTracking();
        return name.Contains('@', StringComparison.Ordinal)
            ? rows.SingleOrDefaultAsync(row => row.NormalizedEmail == wanted, cancellation)
            : rows.SingleOrDefaultAsync(row => row.NormalizedUserName == wanted, cancellation);
    }

    private bool Verify(PersonRow? person, string password)
    {
        if (password.Length > PersonRules.LongestPassword)
        {
            return false;
        }

        nobodysHash ??= hasher.HashPassword(nobody, Guid.NewGuid().ToString());
        var right = hasher.VerifyHashedPassword(person ?? nobody, person?.PasswordHash ?? nobodysHash, password);
        return person?.PasswordHash is not null && right != PasswordVerificationResult.Failed;
    }

    private static Task<int> NoteSuccessAsync(
        PicketDbContext db,
        PersonRow person,
        DateTimeOffset now,
        CancellationToken cancellation
    ) =>
        db
            .Persons.Where(row => row.Id == person.Id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.AccessFailedCount, 0)
                        .SetProperty(row => row.LockoutEnd, (DateTimeOffset?)null)
                        .SetProperty(row => row.LastSignInAt, now),
                cancellation
            );

    /// <summary>
    /// Counts the try before its password is looked at, in the database: of many at the same moment no more than ten are
    /// looked at, and the tenth closes the account. A right password makes it forget. An unknown name costs as much.
    /// </summary>
    /// <returns>False where the account is closed or deactivated.</returns>
    private static async Task<bool> TakeTryAsync(
        PicketDbContext db,
        Guid person,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var end = (DateTimeOffset?)(now + Closed);
        return await db
                .Persons.Where(row =>
                    row.Id == person && row.DeactivatedAt == null && (row.LockoutEnd == null || row.LockoutEnd <= now)
                )
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(
                                row => row.LockoutEnd,
                                row => row.AccessFailedCount + 1 >= MostFailures ? end : null
                            )
                            .SetProperty(
                                row => row.AccessFailedCount,
                                row => row.AccessFailedCount + 1 >= MostFailures ? 0 : row.AccessFailedCount + 1
                            ),
                    cancellation
                ) == 1;
    }

    private async Task RecordAsync(PicketDbContext db, PersonRow? person, CancellationToken cancellation)
    {
        var known = person?.Id ?? Guid.Empty;
        var actor = await PersonClaims.ActorAsync(db, known, cancellation);
        audit.Add(db, actor, "sign-in.refused", outcome: AuditOutcome.Refused);
        await db.SaveChangesAsync(cancellation);
    }
}
