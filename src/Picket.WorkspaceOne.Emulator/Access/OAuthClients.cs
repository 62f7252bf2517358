using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Picket.WorkspaceOne.Emulator.Access;

/// <summary>OAuth client credentials and the tokens given for them.</summary>
public sealed class OAuthClients
{
    private readonly ConcurrentDictionary<string, (string Secret, Account Account)> clients = new();
    private readonly ConcurrentDictionary<string, (Account Account, DateTimeOffset Until)> tokens = new();

    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    public void Add(string clientId, string secret, Account account) => clients[clientId] = (secret, account);

    public void Remove(string clientId) => clients.TryRemove(clientId, out _);

    /// <summary>All tokens become invalid, as when a client's secret is replaced.</summary>
    public void RevokeTokens() => tokens.Clear();

    internal string? Issue(string clientId, string secret, DateTimeOffset now)
    {
        if (!clients.TryGetValue(clientId, out var client) || client.Secret != secret)
        {
            return null;
        }

        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        tokens[token] = (client.Account, now + Lifetime);
        return token;
    }

    internal (Account Account, bool Expired)? Find(string token, DateTimeOffset now) =>
        tokens.TryGetValue(token, out var found) ? (found.Account, now >= found.Until) : null;
}
