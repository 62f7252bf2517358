using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using OtpNet;
using Picket.Server.Storage;

namespace Picket.Server.People;

/// <summary>
/// The second factor: codes of an authenticator app (RFC 6238: SHA-1, 6 digits, 30 seconds, which every app can), and
/// recovery codes for the day on which the phone is lost. No code is taken twice.
/// </summary>
public sealed class SecondFactor(IDataProtectionProvider protection, TimeProvider time)
{
    private const string Issuer = "Picket";
    private const int SecretBytes = 20;
    private const int Digits = 6;
    private const int RecoveryBytes = 10;
    private const int Recoveries = 10;

    // One step before and after: clocks of phones differ.
    private static readonly VerificationWindow Window = new(previous: 1, future: 1);

    /// <summary>A new secret, and the same as it is kept.</summary>
    public (string Secret, Uri Address, string Protected) NewSecret(PersonRow person)
    {
        var secret = Base32Encoding.ToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var address = new OtpUri(OtpType.Totp, secret, person.UserName, Issuer).ToUri();
        return (secret, address, Protector(person).Protect(secret));
    }

    /// <summary>Takes a code of the app, or a recovery code, once.</summary>
    public async Task<bool> TakeAsync(
        PicketDbContext db,
        PersonRow person,
        string? code,
        CancellationToken cancellation
    )
    {
        var typed = Typed(code);
        return typed.Length == Digits
            ? await TakeStepAsync(db, person, typed, cancellation)
            : person.TwoFactorEnabled && await TakeRecoveryAsync(db, person, typed, cancellation);
    }

    /// <summary>Takes a code of the app; also of one that is not confirmed yet.</summary>
    public async Task<bool> TakeStepAsync(
        PicketDbContext db,
        PersonRow person,
        string? code,
        CancellationToken cancellation
    ) =>
        Step(person, Typed(code)) is { } step
        && await db
            .Persons.Where(row =>
                row.Id == person.Id && (row.LastAuthenticatorStep == null || row.LastAuthenticatorStep < step)
            )
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastAuthenticatorStep, step), cancellation) == 1;

    /// <summary>New recovery codes in place of the old ones, added to the unit of work.</summary>
    public static async Task<IReadOnlyList<string>> NewRecoveryCodesAsync(
        PicketDbContext db,
        Guid person,
        CancellationToken cancellation
    )
    {
        await db.RecoveryCodes.Where(row => row.PersonId == person).ExecuteDeleteAsync(cancellation);
        var codes = new List<string>();
        for (var i = 0; i < Recoveries; i++)
        {
            var code = Base32Encoding.ToString(RandomNumberGenerator.GetBytes(RecoveryBytes));
            codes.Add(string.Join('-', code.Chunk(4).Select(group => new string(group))));
            db.RecoveryCodes.Add(
                new RecoveryCodeRow
                {
                    Id = Guid.NewGuid(),
                    PersonId = person,
                    CodeHash = Hash(code),
                }
            );
        }

        return codes;
    }

    public static async Task RemoveAsync(PicketDbContext db, Guid person, CancellationToken cancellation)
    {
        await db
            .Persons.Where(row => row.Id == person)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.TwoFactorEnabled, false)
                        .SetProperty(row => row.ProtectedAuthenticator, (string?)null),
                cancellation
            );
        await db.RecoveryCodes.Where(row => row.PersonId == person).ExecuteDeleteAsync(cancellation);
    }

    private async Task<bool> TakeRecoveryAsync(
        PicketDbContext db,
        PersonRow person,
        string code,
        CancellationToken cancellation
    )
    {
        var (hash, now) = (Hash(code), time.GetUtcNow());
        return await db
                .RecoveryCodes.Where(row => row.PersonId == person.Id && row.CodeHash == hash && row.UsedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, now), cancellation) == 1;
    }

    /// <returns>The time step whose code this is; null where it is of none around now.</returns>
    private long? Step(PersonRow person, string code)
    {
        if (Open(person) is not { } secret)
        {
            return null;
        }

        var totp = new Totp(Base32Encoding.ToBytes(secret));
        return totp.VerifyTotp(time.GetUtcNow().UtcDateTime, code, out var step, Window) ? step : null;
    }

    /// <summary>Null without a secret, and where the key ring that closed it is gone: recovery codes still open the door.</summary>
    private string? Open(PersonRow person)
    {
        try
        {
            return person.ProtectedAuthenticator is { } kept ? Protector(person).Unprotect(kept) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Protector(PersonRow person) =>
        protection.CreateProtector("Picket.Person.Authenticator", person.Id.ToString());

    /// <summary>As people type it: with spaces, hyphens, small letters.</summary>
    private static string Typed(string? code) =>
        new([.. (code ?? "").Take(64).Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant)]);

    private static byte[] Hash(string code) => SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(code));
}
