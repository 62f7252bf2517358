using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Hosting;

/// <summary>
/// What an administrator would have prepared on the console: API access, keys, an account with a role, an OAuth client.
/// Unprepared, there is only the administrator of the console, who can do all of it by hand.
/// </summary>
internal static class Preparation
{
    public static void Prepare(Uem uem, EmulatorCredentials credentials)
    {
        AddConsoleAdministrator(uem, credentials);
        if (uem.Options.Unprepared)
        {
            return;
        }

        var group = Group(uem);
        if (!uem.Access.Roles.ContainsKey(uem.Options.Role))
        {
            var known = string.Join(", ", uem.Access.Roles.Keys.Order());
            throw new ArgumentException($"There is no role {uem.Options.Role}. The roles are: {known}.");
        }

        uem.Access.RestApi.SetGeneral(
            uem.Tenant.Tree.Customer.Index,
            _ => new RestApiGeneral(
                Override: true,
                Enabled: true,
                [
                    new ApiKey(credentials.ApiKey, ApiKeyKind.Admin),
                    new ApiKey(credentials.EnrollmentUserApiKey, ApiKeyKind.EnrollmentUser),
                ]
            )
        );
        uem.Access.BasicEnabled = true;
        uem.Access.AddKey(new ApiKey(credentials.OtherTreeApiKey, ApiKeyKind.Admin, OfThisTree: false));
        LetConsoleAdministratorManage(uem, credentials, group);
        var account = uem.Access.AddAccount(credentials.Account, credentials.Password, uem.Options.Role, group.Index);
        uem.Access.OAuth.Add(credentials.ClientId, credentials.ClientSecret, account);
    }

    /// <summary>The group that the account is prepared for.</summary>
    public static OrganizationGroup Group(Uem uem) =>
        uem.Options.OrganizationGroup is not { } wanted
            ? uem.Tenant.Tree.Customer
            : uem.Tenant.Tree.Find(wanted)
                ?? throw new ArgumentException($"There is no organization group {wanted} to prepare an account for.");

    private static void AddConsoleAdministrator(Uem uem, EmulatorCredentials credentials)
    {
        var account = uem.Access.AddAccount(
            credentials.ConsoleAccount,
            credentials.ConsolePassword,
            SeededRoles.ConsoleAdministrator,
            uem.Tenant.Tree.Customer.Index
        );
        account.Change(had => had with { FirstName = "Console", LastName = "Administrator" });
    }

    /// <summary>At the very group that the account is prepared for, not only above it.</summary>
    private static void LetConsoleAdministratorManage(Uem uem, EmulatorCredentials credentials, OrganizationGroup group)
    {
        var role = new RoleAssignment(uem.Access.Role(SeededRoles.ConsoleAdministrator), group.Index);
        uem.Access.Account(credentials.ConsoleAccount)
            .Change(had => had.Assignments.Contains(role) ? had : had with { Assignments = had.Assignments.Add(role) });
    }
}
