using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Administrators of the console, with their roles, read.</summary>
internal static class AdminRoutes
{
    private static readonly Answer NotFound = Answer.Error(
        400,
        400,
        "User not found or does not have access to retrieve the details"
    );

    public static void Add(RouteTable routes)
    {
        routes.Get("system/admins/search", (1, call => Search(call, v2: false)), (2, call => Search(call, v2: true)));
        routes.Get("system/admins/{id}", (1, ById), (2, ByUuid));
    }

    private static Answer Search(ApiCall call, bool v2)
    {
        var scope = call.Scope;
        if (call.QueryInt("organizationgroupid") is { } id)
        {
            if (call.VisibleGroup(id) is not { } group)
            {
                return Refusals.ResourceGroupOutOfScope(id);
            }

            scope = group;
        }

        var found = call
            .Uem.Access.Accounts.Values.Where(admin => IsWithin(call, admin, scope) && Matches(call, admin))
            .OrderBy(admin => admin.Id)
            .ToList();
        var page = Paging.Of(call, found);
        return v2
            ? page.EnvelopeOrNothing("admins", (writer, admin) => AdminRows.WriteV2(writer, call, admin))
            : page.EnvelopeOrNothing("Admins", (writer, admin) => AdminRows.WriteV1(writer, call, admin));
    }

    private static Answer ById(ApiCall call) =>
        call.RouteInt("id") is null ? Answer.NotFoundPage
        : Visible(call) is { } admin ? Answer.Object(writer => AdminRows.WriteV1(writer, call, admin))
        : NotFound;

    private static Answer ByUuid(ApiCall call) =>
        call.RouteGuid("id") is null ? Answer.NotFoundPage
        : Visible(call) is { } admin ? Answer.Object(writer => AdminRows.WriteDetails(writer, call, admin))
        : NotFound;

    /// <summary>The administrator that the path names by number or uuid, when the caller sees it.</summary>
    public static Account? Visible(ApiCall call, string name = "id")
    {
        var admin =
            call.RouteInt(name) is { } id ? call.Uem.Access.Accounts.Values.FirstOrDefault(one => one.Id == id)
            : call.RouteGuid(name) is { } uuid ? call.Uem.Access.AccountByUuid(uuid)
            : null;
        return admin is not null && IsWithin(call, admin, call.Scope) ? admin : null;
    }

    private static bool IsWithin(ApiCall call, Account admin, OrganizationGroup scope) =>
        admin.State is { Group: { } managed } state
        && state
            .Assignments.Select(assignment => assignment.Group)
            .Prepend(managed)
            .Any(group => call.Tenant.Tree.IsWithin(group, scope.Index));

    private static bool Matches(ApiCall call, Account admin) =>
        (call.Query("username") is null || call.QueryIs("username", admin.Name))
        && (call.Query("status") is null || call.QueryIs("status", admin.Active ? "Active" : "Inactive"))
        && (call.Query("firstname") is null || call.QueryIs("firstname", admin.State.FirstName))
        && (call.Query("lastname") is null || call.QueryIs("lastname", admin.State.LastName))
        && (call.Query("email") is null || call.QueryIs("email", admin.State.Email))
        && (
            call.Query("role") is null
            || admin.State.Assignments.Any(assignment => call.QueryIs("role", assignment.Role.Name))
        );
}
