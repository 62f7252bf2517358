using System.Globalization;
using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Enrolment users, read.</summary>
internal static class UserRoutes
{
    public static readonly Answer NotFound = Answer.Error(404, 404, "User not found");

    private static readonly string[] Filters = ["username", "firstname", "lastname", "email", "status", "role"];

    public static void Add(RouteTable routes)
    {
        routes.Get("system/users/search", (1, Search), (2, UserRoutesV2.Search));
        routes.Get("system/users/{id}", (1, ById), (2, UserRoutesV2.ByUuid));
    }

    private static Answer Search(ApiCall call) =>
        call.GroupOrOwn("locationgroupId") is not { } scope
            ? Refusals.GroupOutOfScope(call.Query("locationgroupId")!)
            : Paging
                .Of(call, Ordered(call, Matching(call, scope)))
                .Envelope("Users", (writer, index) => Write(writer, call, call.Tenant.People.User(index)));

    private static int[] Matching(ApiCall call, OrganizationGroup scope)
    {
        var people = call.Tenant.People;
        if (Filters.All(name => call.Query(name) is null))
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
        && (call.Query("email") is null || call.QueryIs("email", user.Email))
        && (call.Query("role") is null || call.QueryIs("role", "Full Access"))
        && (
            call.Query("status") is null
            || call.QueryIs("status", user.Active ? "Active" : "Inactive")
            || call.QueryIs("status", user.Active.ToString())
        );

    private static int[] Ordered(ApiCall call, int[] found)
    {
        var people = call.Tenant.People;
        var sorted = call.Query("orderby")?.ToUpperInvariant() switch
        {
            "USERNAME" or "NAME" =>
            [
                .. found.OrderBy(at => people.User(at).UserName, StringComparer.OrdinalIgnoreCase),
            ],
            "EMAILADDRESS" => [.. found.OrderBy(at => people.User(at).Email, StringComparer.OrdinalIgnoreCase)],
            "FIRSTNAME" => [.. found.OrderBy(at => people.User(at).FirstName, StringComparer.OrdinalIgnoreCase)],
            "LASTNAME" => [.. found.OrderBy(at => people.User(at).LastName, StringComparer.OrdinalIgnoreCase)],
            "ACTIVE" => [.. found.OrderBy(at => people.User(at).Active)],
            _ => found,
        };
        return call.QueryIs("sortorder", "DESC") ? [.. sorted.AsEnumerable().Reverse()] : sorted;
    }

    private static Answer ById(ApiCall call) =>
        call.RouteInt("id") is null ? Answer.NotFoundPage
        : Visible(call) is { } user ? Answer.Object(writer => Write(writer, call, user))
        : NotFound;

    /// <summary>The user of the path's number, when the caller sees it.</summary>
    public static EnrollmentUser? Visible(ApiCall call) =>
        call.RouteInt("id") is { } id && call.Tenant.People.ById(id) is { } user && call.Sees(user.Group) ? user : null;

    public static void Write(Utf8JsonWriter writer, ApiCall call, EnrollmentUser user)
    {
        var group = call.Tenant.Tree.At(user.Group);
        writer.WriteString("UserName"u8, user.UserName);
        writer.WriteString("FirstName"u8, user.FirstName);
        writer.WriteString("LastName"u8, user.LastName);
        writer.WriteBoolean("Status"u8, user.Active);
        writer.WriteString("Email"u8, user.Email);
        writer.WriteString("DisplayName"u8, $"{user.FirstName} {user.LastName}".Trim());
        // The spec names the enum; the wire of v1 sends its number: 2 is basic.
        writer.WriteNumber("SecurityType"u8, user.SecurityType);
        writer.WriteString("ContactNumber"u8, user.ContactNumber);
        writer.WriteString("MobileNumber"u8, user.MobileNumber);
        writer.WriteString("EmailUserName"u8, "");
        writer.WriteString("Group"u8, group.Name);
        writer.WriteString("LocationGroupId"u8, group.Id.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("OrganizationGroupUuid"u8, group.Uuid);
        writer.WriteString("Role"u8, "Full Access");
        writer.TextNumber("EnrolledDevicesCount"u8, call.Tenant.People.DevicesOfUser(user.Index));
        for (var number = 1; number <= user.Attributes.Count; number++)
        {
            writer.WriteString($"CustomAttribute{number}", user.Attributes[number - 1]);
        }

        writer.IdValue("Id"u8, user.Id);
        writer.WriteString("Uuid"u8, user.Uuid);
    }
}
