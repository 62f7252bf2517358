using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

internal static class UserGroupRoutes
{
    private const int DefaultMembersPerPage = 100;
    private const int MostMembersPerPage = 500;

    private static readonly Answer NotFound = Answer.Error(400, 17, "User Group Not Found");

    public static void Add(RouteTable routes)
    {
        routes.Get("system/usergroups/search", (1, Search));
        routes.Get("system/usergroups/{id}/users", (1, Users));
        routes.Get("system/user-groups/{id}/members", (1, Members));
    }

    private static Answer Search(ApiCall call)
    {
        if (call.QueryInt("organizationgroupid") is { } id && call.VisibleGroup(id) is null)
        {
            return Refusals.GroupOutOfScope(id);
        }

        var found = Visible(call)
            .Where(group => call.Query("groupname") is null || call.QueryIs("groupname", group.Name))
            .ToList();
        return Paging
            .Of(call, found)
            .EnvelopeOrNothing(
                "UserGroup",
                (writer, group) =>
                {
                    writer.WriteNumber("UserGroupId"u8, group.Id);
                    writer.WriteString("UserGroupName"u8, group.Name);
                    writer.WriteNumber("UserCount"u8, call.Tenant.UserGroups.Count(group));
                    writer.WriteString("OrganizationGroup"u8, call.Tenant.Tree.At(group.Group).Name);
                    writer.WriteString("UserGroupUuid"u8, group.Uuid);
                }
            );
    }

    private static Answer Users(ApiCall call)
    {
        if (call.RouteInt("id") is not { } id)
        {
            return Answer.NotFoundPage;
        }

        if (Visible(call).FirstOrDefault(group => group.Id == id) is not { } group)
        {
            return NotFound;
        }

        var page = Paging.Of(call, call.Tenant.UserGroups.Members(group).ToList());
        return page.EnvelopeOrNothing("EnrollmentUser", (writer, user) => WriteUser(writer, call, user));
    }

    /// <summary>The one listing whose pages begin with 1.</summary>
    private static Answer Members(ApiCall call)
    {
        if (call.RouteGuid("id") is not { } uuid)
        {
            return Answer.NotFoundPage;
        }

        if (Visible(call).FirstOrDefault(group => group.Uuid == uuid) is not { } group)
        {
            return NotFound;
        }

        var members = call.Tenant.UserGroups.Members(group).ToList();
        var number = Math.Max(1, call.QueryInt("page") ?? 1);
        var size = Math.Clamp(call.QueryInt("page_size") ?? DefaultMembersPerPage, 1, MostMembersPerPage);
        return Answer.Object(writer =>
        {
            writer.WriteNumber("PageNumber"u8, number);
            writer.WriteNumber("TotalPageCount"u8, (members.Count + size - 1) / size);
            writer.Rows(
                "UsersList"u8,
                members.Skip((number - 1) * size).Take(size).Select(call.Tenant.People.User),
                (row, user) =>
                {
                    row.WriteString("EnrollmentUserUUID"u8, user.Uuid);
                    row.WriteString("username"u8, user.UserName);
                    row.WriteString("firstname"u8, user.FirstName);
                    row.WriteString("lastname"u8, user.LastName);
                }
            );
        });
    }

    private static IEnumerable<UserGroup> Visible(ApiCall call) =>
        call.Tenant.UserGroups.All.Where(group => call.Sees(group.Group));

    private static void WriteUser(Utf8JsonWriter writer, ApiCall call, int index)
    {
        var user = call.Tenant.People.User(index);
        var group = call.Tenant.Tree.At(user.Group);
        writer.WriteString("UserName"u8, user.UserName);
        writer.WriteString("FirstName"u8, user.FirstName);
        writer.WriteString("LastName"u8, user.LastName);
        writer.WriteString("OrganizationGroup"u8, group.Name);
        writer.WriteString("OrganizationGroupUuid"u8, group.Uuid);
        writer.WriteNumber("SecurityType"u8, 2);
    }
}
