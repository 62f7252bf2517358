using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Administrators made, changed and deleted, and their roles. What is changed here acts on the next call.</summary>
internal static class AdminWriteRoutes
{
    private static readonly Answer NotFound = Answer.Error(
        400,
        400,
        "Requested 'admin' was not found or user is not authorized to access it."
    );

    public static void Add(RouteTable routes)
    {
        routes.Post("system/admins/addadminuser", (1, Create));
        routes.Post("system/admins", (2, Create));
        routes.Post("system/admins/{id}/update", (1, call => OnAdmin(call, admin => Update(call, admin))));
        routes.Put("system/admins/{id}", (2, call => OnAdmin(call, admin => Update(call, admin))));
        routes.Delete("system/admins/{id}/delete", (1, call => OnAdmin(call, admin => Delete(call, admin))));
        routes.Delete("system/admins/{id}", (2, call => OnAdmin(call, admin => Delete(call, admin))));
        routes.Post("system/admins/{id}/addrole", (1, call => OnAdmin(call, admin => AddFromBody(call, admin))));
        routes.Post("system/admins/{id}/removerole", (1, call => OnAdmin(call, admin => RemoveFromBody(call, admin))));
        routes.Put("system/groups/{group}/admins/{id}/roles/{role}", (2, call => OnRoute(call, Add)));
        routes.Delete("system/groups/{group}/admins/{id}/roles/{role}", (2, call => OnRoute(call, Remove)));
    }

    private static Answer Create(ApiCall call)
    {
        var name = call.BodyText("UserName") ?? "";
        if (name.Length == 0)
        {
            return Answer.Error(400, 400, "UserName cannot be null or empty.");
        }

        if (Group(call, call.Body) is not { } group)
        {
            return GroupNotFound(call.BodyText("LocationGroupId") ?? call.BodyText("organizationGroupUuid"));
        }

        var roles = call
            .Body.Items("Roles")
            .Select(role => (Role: RoleOf(call, role), Group: Group(call, role, group)))
            .ToList();
        if (roles.Count == 0)
        {
            return Answer.Error(
                400,
                400,
                "Admin User should be associated with atleast one role, please add role to the user."
            );
        }

        if (roles.Any(one => one.Role is null || one.Group is null))
        {
            return Answer.Error(400, 400, "Role not found or user does not have access to it");
        }

        if (EmailProblem(call) is { } refusal)
        {
            return refusal;
        }

        var state = Described(call, new AccountState { Group = group.Index }) with
        {
            Assignments = [.. roles.Select(one => new RoleAssignment(one.Role!, one.Group!.Index))],
        };
        var kind = call.Body.Truth("IsActiveDirectoryUser") is true ? AccountKind.Directory : AccountKind.Basic;
        return call.Uem.Access.TryAddAccount(name, kind, state) is not { } made
            ? Answer.Error(400, 400, "UserName already exists.")
            : Answer.Object(writer => writer.WriteNumber("Value"u8, made.Id));
    }

    private static Answer Update(ApiCall call, Account admin)
    {
        if (EmailProblem(call) is { } refusal)
        {
            return refusal;
        }

        admin.Change(had => Described(call, had));
        return Answer.Empty();
    }

    /// <summary>What the body says; what it leaves out stays.</summary>
    private static AccountState Described(ApiCall call, AccountState had) =>
        had with
        {
            Password = call.BodyText("Password") ?? had.Password,
            FirstName = call.BodyText("FirstName") ?? had.FirstName,
            LastName = call.BodyText("LastName") ?? had.LastName,
            Email = call.BodyText("Email") ?? had.Email,
            TimeZone = call.BodyText("TimeZone") ?? had.TimeZone,
            Locale = call.BodyText("Locale") ?? had.Locale,
            InitialLandingPage = call.BodyText("InitialLandingPage") ?? had.InitialLandingPage,
        };

    private static Answer Delete(ApiCall call, Account admin)
    {
        call.Uem.Access.RemoveAccount(admin);
        return Answer.Empty();
    }

    private static Answer AddFromBody(ApiCall call, Account admin) =>
        RoleOf(call, call.Body) is not { } role ? RoleNotFound(call.BodyText("Id") ?? call.BodyText("Name"))
        : Group(call, call.Body) is not { } group ? GroupNotFound(call.BodyText("LocationGroupId"))
        : Add(admin, role, group);

    private static Answer RemoveFromBody(ApiCall call, Account admin) =>
        RoleOf(call, call.Body) is not { } role ? RoleNotFound(call.BodyText("Id") ?? call.BodyText("Name"))
        : Group(call, call.Body) is not { } group ? GroupNotFound(call.BodyText("LocationGroupId"))
        : Remove(admin, role, group);

    private static Answer Add(Account admin, Role role, OrganizationGroup group)
    {
        var added = true;
        admin.Change(had =>
        {
            added = !had.Assignments.Any(one => one.Role == role && one.Group == group.Index);
            return added ? had with { Assignments = had.Assignments.Add(new(role, group.Index)) } : had;
        });
        return added
            ? Answer.Empty()
            : Answer.Error(
                400,
                400,
                $"Duplicate role association is found between Location Group id {group.Id} and Role id {AdminRows.RoleId(role)} for the requesting user"
            );
    }

    private static Answer Remove(Account admin, Role role, OrganizationGroup group)
    {
        var (found, last) = (false, false);
        admin.Change(had =>
        {
            found = had.Assignments.Any(one => one.Role == role && one.Group == group.Index);
            last = found && had.Assignments.Length == 1;
            return found && !last
                ? had with
                {
                    Assignments = had.Assignments.RemoveAll(one => one.Role == role && one.Group == group.Index),
                }
                : had;
        });
        return !found
                ? Answer.Error(400, 400, "Requested 'admin role' was not found or user is not authorized to access it.")
            : last
                ? Answer.Error(
                    400,
                    400,
                    $"Role cannot be removed, atleast one role should be associated with the admin user {admin.Id}"
                )
            : Answer.Empty();
    }

    private static Answer OnRoute(ApiCall call, Func<Account, Role, OrganizationGroup, Answer> act) =>
        call.RouteGuid("group") is not { } group || call.RouteGuid("role") is not { } role ? Answer.NotFoundPage
        : call.VisibleGroup(group) is not { } at ? GroupNotFound(group)
        : AdminRoutes.Visible(call) is not { } admin ? NotFound
        : ByUuid(call, role) is not { } found ? RoleNotFound(role)
        : act(admin, found, at);

    private static Answer OnAdmin(ApiCall call, Func<Account, Answer> act) =>
        call.RouteInt("id") is null && call.RouteGuid("id") is null ? Answer.NotFoundPage
        : AdminRoutes.Visible(call) is { } admin ? act(admin)
        : NotFound;

    private static Role? RoleOf(ApiCall call, JsonElement json) =>
        json.Uuid("Uuid") is { } uuid ? ByUuid(call, uuid)
        : json.Int("Id") is { } id and > 0
            ? call.Uem.Access.Roles.Values.FirstOrDefault(role => AdminRows.RoleId(role) == id)
        : call.Uem.Access.Roles.GetValueOrDefault(json.Text("Name") ?? "");

    private static Role? ByUuid(ApiCall call, Guid uuid) =>
        call.Uem.Access.Roles.Values.FirstOrDefault(role => AdminRows.RoleUuid(call, role) == uuid);

    /// <summary>The group that a body names by number or uuid; <paramref name="standard"/> when it names none.</summary>
    private static OrganizationGroup? Group(ApiCall call, JsonElement json, OrganizationGroup? standard = null) =>
        json.Int("LocationGroupId") is { } id and > 0 ? call.VisibleGroup(id)
        : json.Int("organizationGroupId") is { } number and > 0 ? call.VisibleGroup(number)
        : json.Uuid("OrganizationGroupUuid") is { } uuid ? call.VisibleGroup(uuid)
        : standard ?? call.Scope;

    private static Answer? EmailProblem(ApiCall call) =>
        call.BodyText("Email") is { Length: > 0 } email && !email.Contains('@', StringComparison.Ordinal)
            ? Answer.Error(400, 400, "Email Address is not valid.")
            : null;

    private static Answer GroupNotFound(object? id) =>
        Answer.Error(400, 400, $"Location Group {id} not found or user does not have access to it");

    private static Answer RoleNotFound(object? id) =>
        Answer.Error(400, 400, $"Role {id} not found or user does not have access to it");
}
