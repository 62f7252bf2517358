using System.Globalization;
using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Enrolment users.</summary>
internal static class UserRoutes
{
    public static void Add(RouteTable routes)
    {
        routes.Get("system/users/search", (1, Search));
        routes.Get("system/users/{id}", (1, ById));
        // Two lists that only matter as probes of their rights: nothing is registered or imported here.
        routes.Get("system/users/registereddevices/search", (1, _ => Answer.Nothing));
        routes.Get("system/users/batches", (1, _ => Answer.Nothing));
    }

    private static Answer Search(ApiCall call)
    {
        var scope = call.Scope;
        if (call.QueryInt("locationgroupId") is { } id)
        {
            if (call.VisibleGroup(id) is not { } group)
            {
                return Refusals.GroupOutOfScope(id);
            }

            scope = group;
        }

        return Paging
            .Of(call, Matching(call, scope))
            .Envelope("Users", (writer, index) => Write(writer, call, call.Tenant.People.User(index)));
    }

    private static int[] Matching(ApiCall call, OrganizationGroup scope)
    {
        var people = call.Tenant.People;
        var filters = new[] { "username", "firstname", "lastname", "email" };
        if (filters.All(name => call.Query(name) is null))
        {
            return people.Within(scope.Index);
        }

        var candidates = call.Query("username") is { } name
            ? people.ByName(name) is { } user && call.Tenant.Tree.IsWithin(user.Group, scope.Index)
                ? [user.Index]
                : []
            : people.Within(scope.Index);
        return [.. candidates.Where(index => Matches(call, people.User(index)))];
    }

    private static bool Matches(ApiCall call, EnrollmentUser user) =>
        (call.Query("firstname") is null || call.QueryIs("firstname", user.FirstName))
        && (call.Query("lastname") is null || call.QueryIs("lastname", user.LastName))
        && (call.Query("email") is null || call.QueryIs("email", user.Email));

    private static Answer ById(ApiCall call) =>
        call.RouteInt("id") is not { } id ? Answer.NotFoundPage
        : call.Tenant.People.ById(id) is { } user && call.Sees(user.Group)
            ? Answer.Object(writer => Write(writer, call, user))
        : Answer.Error(404, 404, "User not found");

    private static void Write(Utf8JsonWriter writer, ApiCall call, EnrollmentUser user)
    {
        var group = call.Tenant.Tree.At(user.Group);
        writer.WriteString("UserName"u8, user.UserName);
        writer.WriteString("FirstName"u8, user.FirstName);
        writer.WriteString("LastName"u8, user.LastName);
        writer.WriteBoolean("Status"u8, user.Active);
        writer.WriteString("Email"u8, user.Email);
        writer.WriteString("DisplayName"u8, $"{user.FirstName} {user.LastName}");
        // The spec names the enum; the wire of v1 sends its number: 2 is basic.
        writer.WriteNumber("SecurityType"u8, 2);
        writer.WriteString("ContactNumber"u8, "");
        writer.WriteString("MobileNumber"u8, "");
        writer.WriteString("EmailUserName"u8, "");
        writer.WriteString("Group"u8, group.Name);
        writer.WriteString("LocationGroupId"u8, group.Id.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("OrganizationGroupUuid"u8, group.Uuid);
        writer.WriteString("Role"u8, "Full Access");
        writer.TextNumber("EnrolledDevicesCount"u8, call.Tenant.People.DevicesOfUser(user.Index));
        writer.WriteString("CustomAttribute1"u8, "");
        writer.IdValue("Id"u8, user.Id);
        writer.WriteString("Uuid"u8, user.Uuid);
    }
}
