using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.WorkspaceOne.Emulator.State;

/// <summary>Accounts, roles, keys and settings. Accounts name their roles, so that they share them again when loaded.</summary>
internal static class AccessState
{
    private sealed record SavedRole(string Name, IReadOnlyCollection<Right> Rights, string Description, bool BuiltIn);

    private sealed record SavedAssignment(string Role, int Group, bool Active);

    private sealed record SavedAccount(
        int Id,
        Guid Uuid,
        string Name,
        AccountKind Kind,
        AccountState State,
        IReadOnlyList<SavedAssignment> Assignments
    );

    private sealed record Saved(
        IReadOnlyList<SavedRole> Roles,
        IReadOnlyList<SavedAccount> Accounts,
        SavedRestApi RestApi,
        SavedOAuth OAuth,
        IReadOnlyList<SavedUsage> Usage,
        int LockAfter
    );

    public static StatePart Part(AccessControl access) =>
        StatePart.Of("access", () => Save(access), saved => Load(access, saved));

    private static Saved Save(AccessControl access) =>
        new(
            [
                .. access.Roles.Values.Select(role => new SavedRole(
                    role.Name,
                    role.Rights,
                    role.Description,
                    role.BuiltIn
                )),
            ],
            [.. access.Accounts.Values.Select(Save)],
            access.RestApi.Save(),
            access.OAuth.Save(),
            access.Usage.Save(),
            access.LockAfter
        );

    private static SavedAccount Save(Account account)
    {
        var state = account.State;
        return new(
            account.Id,
            account.Uuid,
            account.Name,
            account.Kind,
            state with
            {
                Assignments = [],
            },
            [.. state.Assignments.Select(one => new SavedAssignment(one.Role.Name, one.Group, one.Active))]
        );
    }

    private static void Load(AccessControl access, Saved saved)
    {
        access.LockAfter = saved.LockAfter;
        access.Roles.Clear();
        foreach (var role in saved.Roles)
        {
            access.Roles[role.Name] = new Role(role.Name, role.Rights, role.Description, role.BuiltIn);
        }

        access.Accounts.Clear();
        foreach (var account in saved.Accounts)
        {
            access.Accounts[account.Name] = Load(access, account);
        }

        access.ContinueIds();
        access.Usage.Load(saved.Usage);
        access.RestApi.Load(saved.RestApi);
        access.OAuth.Load(saved.OAuth, access.Account);
    }

    private static Account Load(AccessControl access, SavedAccount saved)
    {
        var account = new Account
        {
            Id = saved.Id,
            Uuid = saved.Uuid,
            Name = saved.Name,
            Kind = saved.Kind,
        };
        account.Change(_ =>
            saved.State with
            {
                Assignments =
                [
                    .. saved.Assignments.Select(one => new RoleAssignment(
                        access.Role(one.Role),
                        one.Group,
                        one.Active
                    )),
                ],
            }
        );
        return account;
    }
}
