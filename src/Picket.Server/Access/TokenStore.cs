using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Audit;
using Picket.Server.People;
using Picket.Server.Storage;

namespace Picket.Server.Access;

/// <summary>Makes, finds and revokes API tokens. A token reads <c>pk_{id}_{secret}</c>.</summary>
public sealed class TokenStore(PicketDatabase database, TimeProvider time)
{
    private static readonly TimeSpan UseResolution = TimeSpan.FromMinutes(1);

    /// <returns>The row, and the token as its holder sees it: this once.</returns>
    public static (ApiTokenRow Row, string Token) Make(
        string name,
        TokenScope scope,
        DateTimeOffset now,
        TimeSpan? lifetime,
        Guid? person = null
    )
    {
        var id = Guid.CreateVersion7(now);
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var row = new ApiTokenRow
        {
            Id = id,
            Name = name,
            Scope = scope,
            PersonId = person,
            SecretHash = Hash(secret),
            CreatedAt = now,
            ExpiresAt = now + lifetime,
        };
        return (row, $"pk_{id:N}_{secret}");
    }

    /// <summary>Who calls with a token; null where it is unknown or over, or the person that it acts as is.</summary>
    public async Task<ClaimsPrincipal?> PrincipalAsync(string token, CancellationToken cancellation)
    {
        if (await FindAsync(token, cancellation) is not { } row)
        {
            return null;
        }

        Claim[] claims =
        [
            new(ClaimTypes.Name, row.Name),
            new(PicketClaims.Actor, AuditLog.ActorOf(row.Id)),
            new(PicketClaims.TokenId, row.Id.ToString()),
            new(PicketClaims.Scope, row.Scope.ToString()),
        ];
        if (row.PersonId is not { } person)
        {
            return new ClaimsPrincipal(new ClaimsIdentity(claims, TokenAuthentication.Scheme_));
        }

        await using var db = database.Open();
        return await PersonClaims.OfAsync(db, person, cancellation) is { } roles
            ? new ClaimsPrincipal(new ClaimsIdentity([.. claims, .. roles], TokenAuthentication.Scheme_))
            : null;
    }

    private async Task<ApiTokenRow?> FindAsync(string token, CancellationToken cancellation)
    {
        if (!TrySplit(token, out var id, out var secret))
        {
            return null;
        }

        await using var db = database.Open();
        var now = time.GetUtcNow();
        var row = await db.ApiTokens.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (row is null || !CryptographicOperations.FixedTimeEquals(row.SecretHash, Hash(secret)) || !IsValid(row, now))
        {
            return null;
        }

        if (row.LastUsedAt is null || now - row.LastUsedAt > UseResolution)
        {
            await NoteUseAsync(db, id, now, cancellation);
        }

        return row;
    }

    /// <summary>On a full disk the note is left out: whoever frees it must be able to read what is wrong.</summary>
    private static async Task NoteUseAsync(
        PicketDbContext db,
        Guid token,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        try
        {
            await db
                .ApiTokens.Where(row => row.Id == token)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsedAt, now), cancellation);
        }
        catch (Exception full) when (full.IsDiskFull())
        {
            // Readiness says it.
        }
    }

    private static bool IsValid(ApiTokenRow row, DateTimeOffset now) =>
        row.RevokedAt is null && (row.ExpiresAt is null || row.ExpiresAt > now);

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private static bool TrySplit(string token, out Guid id, out string secret)
    {
        id = default;
        secret = "";
        var parts = token.Split('_', 3);
        if (parts.Length != 3 || parts[0] != "pk" || !Guid.TryParseExact(parts[1], "N", out id))
        {
            return false;
        }

        secret = parts[2];
        return secret.Length is > 0 and <= 100;
    }
}
