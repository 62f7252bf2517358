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

    internal SavedOAuth Save() =>
        new(
            Lifetime,
            [.. clients.Select(one => new SavedOAuthSecret(one.Key, one.Value.Secret, one.Value.Account.Name, null))],
            [.. tokens.Select(one => new SavedOAuthSecret("", one.Key, one.Value.Account.Name, one.Value.Until))]
        );

    internal void Load(SavedOAuth saved, Func<string, Account> account)
    {
        Lifetime = saved.Lifetime;
        clients.Clear();
        tokens.Clear();
        foreach (var client in saved.Clients)
        {
            clients[client.Client] = (client.Secret, account(client.Account));
        }

        foreach (var token in saved.Tokens)
        {
            tokens[token.Secret] = (account(token.Account), token.Until ?? default);
        }
    }
}

/// <summary>A client's secret, or a token with its end, as a saved state holds it.</summary>
internal sealed record SavedOAuthSecret(string Client, string Secret, string Account, DateTimeOffset? Until);

internal sealed record SavedOAuth(
    TimeSpan Lifetime,
    IReadOnlyList<SavedOAuthSecret> Clients,
    IReadOnlyList<SavedOAuthSecret> Tokens
);
