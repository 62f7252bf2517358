using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Picket.WorkspaceOne;

namespace Picket.Server.Integrations;

/// <summary>
/// One guard for each credential, whoever signs in with it: a run, the doctor, a draft, a rotation. A credential that was
/// refused once is not tried again for a while, so that trying a typo over and over locks nobody out (law 10). Knows
/// credentials by keyed hashes, with a key that dies with the process.
/// </summary>
public sealed class SignInMemory(IOptions<UemOptions> options, TimeProvider time)
{
    /// <summary>Saved integrations remember for good; this is for what is only typed.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(15);

    private const int MostCredentials = 1000;

    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);
    private readonly Dictionary<string, (SignInGuard Guard, DateTimeOffset AskedAt)> known = [];
    private readonly Lock gate = new();

    public SignInGuard GuardOf(UemAccess access)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            Forget(now);
            var name = NameOf(access);
            var guard = known.TryGetValue(name, out var held)
                ? held.Guard
                : new SignInGuard(options.Value.LockThreshold, time);
            known[name] = (guard, now);
            return guard;
        }
    }

    /// <summary>What to tell instead of signing in again; null where nothing is against it.</summary>
    public string? RefusedBefore(UemAccess access) =>
        GuardOf(access) is { Refusal: { } refusal, RefusedAt: { } at }
            ? string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"The UEM refused this very credential at {at:u} ({IntegrationHealthRules.Said(refusal)}). It is not tried again before {at + Remembered:u}, lest the account is locked; at once when you say that the account was mended in the UEM."
            )
            : null;

    /// <summary>Somebody mended the account: the credential deserves one more try.</summary>
    public void Forgive(UemAccess access)
    {
        lock (gate)
        {
            known.Remove(NameOf(access));
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (name, (guard, _)) in known)
        {
            if (guard.RefusedAt + Remembered <= now)
            {
                known.Remove(name);
            }
        }

        if (known.Count >= MostCredentials)
        {
            known.Remove(known.MinBy(entry => entry.Value.AskedAt).Key);
        }
    }

    /// <summary>Account names of the UEM ignore case. The API key is no part of it: the lock is the account's.</summary>
    private string NameOf(UemAccess access)
    {
        string?[] parts =
        [
            access.Address.Authority,
            access.Kind.ToString(),
            access.Account.ToUpperInvariant(),
            access.TokenAddress?.ToString(),
            access.Secrets.Secret,
        ];
        return Convert.ToHexString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(JsonSerializer.Serialize(parts))));
    }
}
