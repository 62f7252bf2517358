using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.WorkspaceOne.Emulator.Control;

/// <summary>Keys, accounts, roles and switches: what the console's administrators would click.</summary>
internal static class AccessControlRoutes
{
    private sealed record Switches(bool? ApiEnabled, bool? BasicEnabled, int? LockAfter, int? TokenSeconds);

    private sealed record KeyChange(ApiKeyKind Kind, bool OfThisTree = true);

    private sealed record AccountChange(
        string? Password,
        string? Role,
        string? OrganizationGroup,
        bool? Locked,
        bool? Active
    );

    private sealed record RoleChange(Right[]? Grant, Right[]? Revoke);

    public static void Map(ControlTable routes, Uem uem)
    {
        routes.Put<Switches>("access", (_, change) => Apply(uem.Access, change));
        routes.Put<KeyChange>(
            "keys/{key}",
            (http, change) =>
            {
                uem.Access.AddKey(new ApiKey(Text(http, "key"), change.Kind, change.OfThisTree));
                return null;
            }
        );
        routes.Delete(
            "keys/{key}",
            http =>
            {
                uem.Access.RevokeKey(Text(http, "key"));
                return null;
            }
        );
        routes.Put<AccountChange>("accounts/{name}", (http, change) => Apply(uem, Text(http, "name"), change));
        routes.Delete(
            "accounts/{name}",
            http =>
            {
                uem.Access.RemoveAccount(uem.Access.Account(Text(http, "name")));
                return null;
            }
        );
        routes.Put<RoleChange>("roles/{name}", (http, change) => Apply(uem.Access, Text(http, "name"), change));
        routes.Get("roles", _ => uem.Access.Roles.Values.Select(role => new { role.Name, role.Rights }));
    }

    private static object Apply(AccessControl access, Switches change)
    {
        access.ApiEnabled = change.ApiEnabled ?? access.ApiEnabled;
        access.BasicEnabled = change.BasicEnabled ?? access.BasicEnabled;
        access.LockAfter = change.LockAfter ?? access.LockAfter;
        if (change.TokenSeconds is { } seconds)
        {
            access.OAuth.Lifetime = TimeSpan.FromSeconds(seconds);
        }

        return new
        {
            access.ApiEnabled,
            access.BasicEnabled,
            access.LockAfter,
        };
    }

    /// <summary>Changes an account, or adds it when a password is given.</summary>
    private static object Apply(Uem uem, string name, AccountChange change)
    {
        if (!uem.Access.Accounts.ContainsKey(name) && change.Password is { } first)
        {
            uem.Access.AddAccount(name, first, change.Role ?? SeededRoles.WithTags, uem.Tenant.Tree.Customer.Index);
        }

        var account = uem.Access.Account(name);
        account.Password = change.Password ?? account.Password;
        account.Role = change.Role is { } role ? uem.Access.Role(role) : account.Role;
        account.Locked = change.Locked ?? account.Locked;
        account.Active = change.Active ?? account.Active;
        account.FailedSignIns = change.Locked is false ? 0 : account.FailedSignIns;
        if (change.OrganizationGroup is { } text)
        {
            var group = uem.Tenant.Tree.Find(text);
            account.Group = group?.Index ?? throw new KeyNotFoundException($"There is no organization group {text}.");
        }

        return new
        {
            account.Name,
            Role = account.Role.Name,
            account.Locked,
            account.Active,
        };
    }

    private static object Apply(AccessControl access, string name, RoleChange change)
    {
        var role = access.Role(name);
        foreach (var right in change.Grant ?? [])
        {
            role.Grant(right);
        }

        foreach (var right in change.Revoke ?? [])
        {
            role.Revoke(right);
        }

        return new { role.Name, role.Rights };
    }

    private static string Text(HttpContext http, string name) => (string)http.Request.RouteValues[name]!;
}
