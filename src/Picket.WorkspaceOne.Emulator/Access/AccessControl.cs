using System.Collections.Concurrent;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Access;

/// <summary>
/// Settings, keys, accounts and roles, shared by console and API. Each change is made as a whole and acts on the next
/// call.
/// </summary>
public sealed class AccessControl
{
    private int lastAccountId = 41_000;

    internal AccessControl(OrganizationTree tree)
    {
        Tree = tree;
        RestApi = new RestApiSettings(tree);
    }

    internal OrganizationTree Tree { get; }

    /// <summary>So many failed sign-ins in a row lock an account.</summary>
    public int LockAfter { get; set; } = 5;

    /// <summary>System > Advanced > API > REST API of every organization group.</summary>
    public RestApiSettings RestApi { get; }

    public KeyUsage Usage { get; } = new();

    /// <summary>The switch of the topmost group: System > Advanced > API > REST API > General > Enable API Access.</summary>
    public bool ApiEnabled
    {
        get => RestApi.GeneralAt(Tree.Customer.Index).Setting.Enabled;
        set => RestApi.SetGeneral(Tree.Customer.Index, had => had with { Override = true, Enabled = value });
    }

    /// <summary>The same page's Authentication tab.</summary>
    public bool BasicEnabled
    {
        get => RestApi.AuthenticationAt(Tree.Customer.Index).Setting.Basic;
        set => RestApi.SetAuthentication(Tree.Customer.Index, had => had with { Override = true, Basic = value });
    }

    public ConcurrentDictionary<string, Account> Accounts { get; } = new(StringComparer.OrdinalIgnoreCase);

    public ConcurrentDictionary<string, Role> Roles { get; } =
        new(SeededRoles.All.ToDictionary(role => role.Name), StringComparer.OrdinalIgnoreCase);

    public OAuthClients OAuth { get; } = new();

    public void RevokeKey(string value) => RestApi.RemoveKey(value);

    public void AddKey(ApiKey key) => RestApi.AddKey(key);

    /// <summary>Adds an account with one role, or replaces the one of that name.</summary>
    public Account AddAccount(string name, string password, string role, int? group) =>
        Accounts[name] = NewAccount(
            name,
            AccountKind.Basic,
            new AccountState
            {
                Password = password,
                FirstName = "API",
                LastName = "Account",
                Email = name + "@example.com",
                Group = group,
                Assignments = [new RoleAssignment(Role(role), group ?? Tree.Customer.Index)],
            }
        );

    /// <summary>Null: there is an account of that name already.</summary>
    public Account? TryAddAccount(string name, AccountKind kind, AccountState state)
    {
        var account = NewAccount(name, kind, state);
        return Accounts.TryAdd(name, account) ? account : null;
    }

    public bool RemoveAccount(Account account) => Accounts.TryRemove(KeyValuePair.Create(account.Name, account));

    public Account Account(string name) =>
        Accounts.TryGetValue(name, out var account)
            ? account
            : throw new KeyNotFoundException($"There is no account {name}.");

    public Account? AccountByUuid(Guid uuid) => Accounts.Values.FirstOrDefault(account => account.Uuid == uuid);

    public Role Role(string name) =>
        Roles.TryGetValue(name, out var role) ? role : throw new KeyNotFoundException($"There is no role {name}.");

    /// <summary>How many accounts have a role.</summary>
    public int CountOf(Role role) =>
        Accounts.Values.Count(account => account.State.Assignments.Any(assignment => assignment.Role == role));

    /// <summary>Gives an edited role a new name; every account that had it has it still.</summary>
    /// <returns>False: another role has that name.</returns>
    public bool Rename(Role role, string name)
    {
        var renamed = new Role(name, role.Rights, role.Description, role.BuiltIn);
        if (!Roles.TryAdd(name, renamed))
        {
            return false;
        }

        foreach (var account in Accounts.Values)
        {
            account.Change(had =>
                had with
                {
                    Assignments =
                    [
                        .. had.Assignments.Select(assignment =>
                            assignment.Role == role ? assignment with { Role = renamed } : assignment
                        ),
                    ],
                }
            );
        }

        Roles.TryRemove(role.Name, out _);
        return true;
    }

    /// <summary>The administrators that the fleet was seeded with. Nobody knows their passwords.</summary>
    internal void Seed(IEnumerable<Administrator> administrators)
    {
        foreach (var admin in administrators)
        {
            var account = new Account
            {
                Id = admin.Id,
                Uuid = admin.Uuid,
                Name = admin.UserName,
            };
            account.Change(_ => new AccountState
            {
                Password = ApiKey.NewValue(),
                FirstName = admin.FirstName,
                LastName = admin.LastName,
                Email = admin.Email,
                Group = admin.Group,
                Assignments = [new RoleAssignment(Role(admin.Role), admin.Group, admin.RoleActive)],
            });
            Accounts[admin.UserName] = account;
        }
    }

    /// <summary>After accounts were loaded: new ones get later ids.</summary>
    internal void ContinueIds() =>
        lastAccountId = Math.Max(lastAccountId, Accounts.Values.Select(account => account.Id).DefaultIfEmpty(0).Max());

    /// <summary>Counts a failed sign-in, and locks the account when it was one too many.</summary>
    internal void CountFailure(Account account) =>
        account.Change(had =>
            had with
            {
                FailedSignIns = had.FailedSignIns + 1,
                Locked = had.Locked || had.FailedSignIns + 1 >= LockAfter,
            }
        );

    private Account NewAccount(string name, AccountKind kind, AccountState state)
    {
        var account = new Account
        {
            Id = Interlocked.Increment(ref lastAccountId),
            Uuid = Guid.NewGuid(),
            Name = name,
            Kind = kind,
        };
        account.Change(_ => state);
        return account;
    }
}
