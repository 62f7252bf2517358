using System.Collections.Concurrent;

namespace Picket.WorkspaceOne.Emulator.Access;

/// <summary>Keys, accounts, roles and switches of the console, all of them changeable while the server runs.</summary>
public sealed class AccessControl
{
    /// <summary>So many failed sign-ins in a row lock an account.</summary>
    public int LockAfter { get; set; } = 5;

    /// <summary>System > Advanced > API > REST API > General > Enable API Access.</summary>
    public bool ApiEnabled { get; set; } = true;

    /// <summary>The same page's Authentication tab.</summary>
    public bool BasicEnabled { get; set; } = true;

    public ConcurrentDictionary<string, ApiKey> Keys { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, Account> Accounts { get; } = new(StringComparer.OrdinalIgnoreCase);

    public ConcurrentDictionary<string, Role> Roles { get; } =
        new(SeededRoles.All.ToDictionary(role => role.Name), StringComparer.OrdinalIgnoreCase);

    public OAuthClients OAuth { get; } = new();

    public void RevokeKey(string value) => Keys.TryRemove(value, out _);

    public void AddKey(ApiKey key) => Keys[key.Value] = key;

    public Account AddAccount(string name, string password, string role, int? group) =>
        Accounts[name] = new Account
        {
            Name = name,
            Password = password,
            Role = Role(role),
            Group = group,
            Uuid = Guid.NewGuid(),
        };

    public Account Account(string name) =>
        Accounts.TryGetValue(name, out var account)
            ? account
            : throw new KeyNotFoundException($"There is no account {name}.");

    public Role Role(string name) =>
        Roles.TryGetValue(name, out var role) ? role : throw new KeyNotFoundException($"There is no role {name}.");

    /// <summary>Counts a failed sign-in, and locks the account when it was one too many.</summary>
    internal void CountFailure(Account account)
    {
        lock (account)
        {
            account.Locked |= ++account.FailedSignIns >= LockAfter;
        }
    }
}
