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
        routes.Get("system/usergroups/custom/search", (1, SearchCustom));
        routes.Post("system/usergroups/createcustomusergroup", (1, Create));
        routes.Delete("system/usergroups/{id}/delete", (1, Delete));
        routes.Post("system/usergroups/{id}/user/{user}/addusertogroup", (1, call => ChangeMember(call, add: true)));
        routes.Post(
            "system/usergroups/{id}/user/{user}/removeuserfromgroup",
            (1, call => ChangeMember(call, add: false))
        );
    }

    private static Answer Search(ApiCall call) =>
        Search(
            call,
            group =>
                (
                    call.Query("usergrouptype") is null
                    || call.QueryIs("usergrouptype", group.Custom ? "Custom" : "Directory")
                ) && (call.Query("usergroupuuid") is null || call.QueryGuid("usergroupuuid") == group.Uuid)
        );

    private static Answer SearchCustom(ApiCall call) => Search(call, group => group.Custom);

    private static Answer Search(ApiCall call, Func<UserGroup, bool> which)
    {
        if (call.GroupOrOwn("organizationgroupid") is not { } scope)
        {
            return Refusals.GroupOutOfScope(call.Query("organizationgroupid")!);
        }

        var found = Visible(call)
            .Where(group => call.Tenant.Tree.IsWithin(group.Group, scope.Index))
            .Where(group => call.Query("groupname") is null || call.QueryIs("groupname", group.Name))
            .Where(which)
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

    private static Answer Create(ApiCall call)
    {
        var organizationGroup = call.Body.Int("ManagedByOrganizationGroupID") is { } id
            ? call.VisibleGroup(id)
            : call.Scope;
        if (organizationGroup is null)
        {
            return Answer.Error(
                400,
                200028,
                "User Groups cannot be created outside of Customer or Parent Organization Group hierarchy"
            );
        }

        if (call.BodyText("GroupName") is not { Length: > 0 } name)
        {
            return Answer.Error(400, 6, "GroupName is required.");
        }

        var made = call.Tenant.UserGroups.Create(name, organizationGroup.Index);
        return Answer.Object(writer =>
        {
            writer.WriteNumber("Value"u8, made.Id);
            writer.WriteString("uuid"u8, made.Uuid);
        });
    }

    private static Answer Delete(ApiCall call)
    {
        if (call.RouteInt("id") is null)
        {
            return Answer.NotFoundPage;
        }

        if (FindCustom(call) is not { } group)
        {
            return NotFound;
        }

        call.Tenant.UserGroups.Delete(group);
        return Answer.Empty();
    }

    private static Answer ChangeMember(ApiCall call, bool add)
    {
        if (call.RouteInt("id") is null || call.RouteInt("user") is not { } userId)
        {
            return Answer.NotFoundPage;
        }

        if (FindCustom(call) is not { } group)
        {
            return NotFound;
        }

        if (call.Tenant.People.ById(userId) is not { } user || !call.Sees(user.Group))
        {
            return UserRoutes.NotFound;
        }

        if (add)
        {
            call.Tenant.UserGroups.Add(group, user.Index);
        }
        else
        {
            call.Tenant.UserGroups.Remove(group, user.Index);
        }

        return Answer.Empty();
    }

    /// <summary>Only custom groups are changed by hand; the others follow a directory.</summary>
    private static UserGroup? FindCustom(ApiCall call) =>
        Visible(call).FirstOrDefault(group => group.Custom && group.Id == call.RouteInt("id"));

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
