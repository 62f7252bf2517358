using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
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
    SignInTries tries
)
{
    public const string Refusal =
        "The name or the password is wrong. After ten wrong ones an account is closed for 15 minutes.";

    // Whom nobody is: what an unknown name's password is held against.
    private readonly PersonRow nobody = new() { CreatedAt = default };
    private string? nobodysHash;

    /// <returns>Null where it is refused. Who has a second factor is not signed in before it was shown, too.</returns>
    public async Task<PersonRow?> CheckAsync(string? name, string? password, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var person = await FindAsync(db, name?.Trim() ?? "", cancellation);
        var open = await tries.TakeAsync(db, person?.Id ?? Guid.Empty, cancellation);
        if (!Verify(person, password ?? "") || !open)
        {
            await tries.RecordRefusalAsync(db, person?.Id ?? Guid.Empty, cancellation);
            return null;
        }

        if (!person!.TwoFactorEnabled)
        {
            await SignInTries.ForgetAsync(db, person.Id, cancellation);
        }

        return person;
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
}
