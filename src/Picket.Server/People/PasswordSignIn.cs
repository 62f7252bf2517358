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
        var right = Verify(person, password ?? "");
        var open = person is { DeactivatedAt: null } && !(person.LockoutEnd > now);
        if (right && open)
        {
            await NoteSuccessAsync(db, person!, now, cancellation);
            return person;
        }

        await NoteFailureAsync(db, person, open, now, cancellation);
        return null;
    }

    /// <summary>Counts a wrong second factor as it counts a wrong password.</summary>
    public async Task NoteFailureAsync(PersonRow person, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await NoteFailureAsync(db, person, open: true, time.GetUtcNow(), cancellation);
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

    /// <summary>Counted in the database, so that tries at the same moment are all counted. An unknown name costs as much.</summary>
    private async Task NoteFailureAsync(
        PicketDbContext db,
        PersonRow? person,
        bool open,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var (id, end) = (open ? person!.Id : Guid.Empty, (DateTimeOffset?)(now + Closed));
        await db
            .Persons.Where(row => row.Id == id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(
                            row => row.LockoutEnd,
                            row => row.AccessFailedCount + 1 >= MostFailures ? end : row.LockoutEnd
                        )
                        .SetProperty(
                            row => row.AccessFailedCount,
                            row => row.AccessFailedCount + 1 >= MostFailures ? 0 : row.AccessFailedCount + 1
                        ),
                cancellation
            );
        var known = person?.Id ?? Guid.Empty;
        var audited = await db
            .AuditPersons.Where(row => row.PersonId == known)
            .Select(row => (Guid?)row.Id)
            .SingleOrDefaultAsync(cancellation);
        audit.Add(db, AuditLog.ActorOfPerson(audited), "sign-in.refused", outcome: AuditOutcome.Refused);
        await db.SaveChangesAsync(cancellation);
    }
}
