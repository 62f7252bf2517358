using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.WorkspaceOne.Emulator.Hosting;

/// <summary>What an administrator would have prepared on the console: a key, an account with a role, an OAuth client.</summary>
internal static class Preparation
{
    public static void Prepare(Uem uem, EmulatorCredentials credentials)
    {
        var wanted = uem.Options.OrganizationGroup;
        var group = wanted is null
            ? uem.Tenant.Tree.Customer
            : uem.Tenant.Tree.Find(wanted)
                ?? throw new ArgumentException($"There is no organization group {wanted} to prepare an account for.");
        if (!uem.Access.Roles.ContainsKey(uem.Options.Role))
        {
            var known = string.Join(", ", uem.Access.Roles.Keys.Order());
            throw new ArgumentException($"There is no role {uem.Options.Role}. The roles are: {known}.");
        }

        var account = uem.Access.AddAccount(credentials.Account, credentials.Password, uem.Options.Role, group.Index);
        uem.Access.AddKey(new ApiKey(credentials.ApiKey, ApiKeyKind.Admin));
        uem.Access.AddKey(new ApiKey(credentials.EnrollmentUserApiKey, ApiKeyKind.EnrollmentUser));
        uem.Access.AddKey(new ApiKey(credentials.OtherTreeApiKey, ApiKeyKind.Admin, OfThisTree: false));
        uem.Access.OAuth.Add(credentials.ClientId, credentials.ClientSecret, account);
    }
}
