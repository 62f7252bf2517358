using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Enrolment users by uuid, in camel case.</summary>
internal static class UserRoutesV2
{
    public static void Add(RouteTable routes)
    {
        routes.Post("system/users", (2, Create));
        routes.Put("system/users/{id}", (2, Update));
        routes.Delete("system/users/{id}", (2, Delete));
    }

    public static Answer Search(ApiCall call)
    {
        var asked = call.Query("organization-group-uuid") ?? "";
        if (call.QueryGuid("organization-group-uuid") is not { } uuid || call.VisibleGroup(uuid) is not { } group)
        {
            return Refusals.ResourceGroupOutOfScope(asked, 404, 6183);
        }

        var people = call.Tenant.People;
        var found = people
            .Within(group.Index)
            .Where(index =>
                call.Query("searchtext") is not { } text
                || people.User(index).UserName.Contains(text, StringComparison.OrdinalIgnoreCase)
            );
        // The specification describes one object; a search that finds several can only be a list of them.
        return Answer.Json(writer =>
        {
            writer.WriteStartArray();
            foreach (var index in found.Take(Paging.Largest))
            {
                writer.WriteStartObject();
                WriteFound(writer, call, people.User(index));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }

    public static Answer ByUuid(ApiCall call) =>
        OnUser(call, user => Answer.Object(writer => Write(writer, call, user)));

    private static Answer Create(ApiCall call)
    {
        var name = call.BodyText("userName") ?? "";
        if (name.Length == 0)
        {
            return Answer.Error(422, 1012, "userName is required.");
        }

        var group =
            call.BodyText("organizationGroupUuid") is null ? call.Scope
            : call.Body.Uuid("organizationGroupUuid") is { } uuid ? call.VisibleGroup(uuid)
            : null;
        if (group is null)
        {
            return Refusals.ResourceGroupOutOfScope(call.BodyText("organizationGroupUuid")!, code: 6);
        }

        var made = call.Tenant.People.Add(name, user => Described(call, user) with { Group = group.Index });
        return made is null
            ? Answer.Error(400, 5082, $"Enrollment user {name} exists at organization group {group.Name}.")
            : Answer.Empty(StatusCodes.Status201Created) with
            {
                Location = $"{call.Uem.Address}/system/users/{made.Uuid}",
            };
    }

    private static Answer Update(ApiCall call) =>
        OnUser(
            call,
            user =>
            {
                call.Tenant.People.Change(user.Index, had => Described(call, had));
                return Answer.Empty();
            }
        );

    private static Answer Delete(ApiCall call) =>
        OnUser(
            call,
            user =>
            {
                call.Tenant.People.Delete(user.Index);
                return Answer.Empty();
            }
        );

    private static EnrollmentUser Described(ApiCall call, EnrollmentUser user) =>
        user with
        {
            FirstName = call.BodyText("firstName") ?? user.FirstName,
            LastName = call.BodyText("lastName") ?? user.LastName,
            Email = call.BodyText("emailAddress") ?? user.Email,
            MobileNumber = call.BodyText("mobileNumber") ?? user.MobileNumber,
            ContactNumber = call.BodyText("phoneNumber") ?? user.ContactNumber,
            Active = call.Body.Truth("status") ?? user.Active,
            Attributes = [.. user.Attributes.Select((had, at) => call.BodyText($"customAttribute{at + 1}") ?? had)],
        };

    private static Answer OnUser(ApiCall call, Func<EnrollmentUser, Answer> act) =>
        call.RouteGuid("id") is not { } uuid ? Answer.NotFoundPage
        : call.Tenant.People.ByUuid(uuid) is { } user && call.Sees(user.Group) ? act(user)
        : Answer.Error(404, 12, $"Enrollment User not found : {uuid}");

    private static void WriteFound(Utf8JsonWriter writer, ApiCall call, EnrollmentUser user)
    {
        writer.WriteString("enrollment_user_uuid"u8, user.Uuid);
        writer.WriteString("user_name"u8, user.UserName);
        writer.WriteString("first_name"u8, user.FirstName);
        writer.WriteString("last_name"u8, user.LastName);
        writer.WriteString("email_address"u8, user.Email);
        writer.WriteString("phone_number"u8, user.ContactNumber);
        writer.WriteString("security_type"u8, user.SecurityType == 2 ? "BASIC" : "DIRECTORY");
        writer.WriteString("location_group_name"u8, call.Tenant.Tree.At(user.Group).Name);
    }

    private static void Write(Utf8JsonWriter writer, ApiCall call, EnrollmentUser user)
    {
        var group = call.Tenant.Tree.At(user.Group);
        writer.WriteString("uuid"u8, user.Uuid);
        writer.WriteString("userName"u8, user.UserName);
        writer.WriteString("firstName"u8, user.FirstName);
        writer.WriteString("lastName"u8, user.LastName);
        writer.WriteString("fullName"u8, $"{user.FirstName} {user.LastName}".Trim());
        writer.WriteString("emailAddress"u8, user.Email);
        writer.WriteString("mobileNumber"u8, user.MobileNumber);
        writer.WriteString("phoneNumber"u8, user.ContactNumber);
        writer.WriteBoolean("status"u8, user.Active);
        writer.WriteString("securityType"u8, user.SecurityType == 2 ? "BASIC" : "DIRECTORY");
        writer.WriteString("organizationGroupUuid"u8, group.Uuid);
        writer.WriteString("enrollmentOrganizationGroupUuid"u8, group.Uuid);
        writer.WriteNumber("enrolledDeviceCount"u8, call.Tenant.People.DevicesOfUser(user.Index));
        for (var number = 1; number <= user.Attributes.Count; number++)
        {
            writer.WriteString($"customAttribute{number}", user.Attributes[number - 1]);
        }
    }
}
