using System.Globalization;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Enrolment users added, changed, switched on and off, moved and deleted; one by one and many at once.</summary>
internal static class UserWriteRoutes
{
    private const int Directory = 1;
    private const int Basic = 2;

    private static readonly string[] NeededForBasic = ["FirstName", "LastName", "Email", "Password"];

    private static readonly Answer BulkEmpty = Answer.Error(
        400,
        400,
        "Bulk value should contain atleast one bulk value."
    );

    public static void Add(RouteTable routes)
    {
        routes.Post("system/users/adduser", (1, AddUser));
        routes.Post("system/users/{id}/update", (1, call => OnUser(call, user => Update(call, user))));
        routes.Post("system/users/{id}/activate", (1, call => OnUser(call, user => Switch(call, user, on: true))));
        routes.Post("system/users/{id}/deactivate", (1, call => OnUser(call, user => Switch(call, user, on: false))));
        routes.Post("system/users/{id}/changelocationgroup", (1, call => OnUser(call, user => Move(call, user))));
        routes.Delete("system/users/{id}/delete", (1, call => OnUser(call, user => Delete(call, user))));
        routes.Post("system/users/activate", (1, call => Bulk(call, user => Switch(call, user, on: true))));
        routes.Post("system/users/deactivate", (1, call => Bulk(call, user => Switch(call, user, on: false))));
        routes.Post("system/users/delete", (1, call => Bulk(call, user => Delete(call, user))));
    }

    private static Answer AddUser(ApiCall call)
    {
        var name = call.BodyText("UserName") ?? "";
        if (name.Length == 0)
        {
            return Answer.Error(400, 6, "Mandatory input parameter missing. Mandatory params : user.UserName");
        }

        if (SecurityType(call) is not { } security)
        {
            return Answer.Error(400, 6, "Specified security type is invalid or not supported by AirWatch.");
        }

        if (security == Basic && NeededForBasic.Any(field => Lacks(call, field)))
        {
            return Answer.Error(
                400,
                6,
                "Mandatory input parameter missing. Mandatory params : user.FirstName, user.LastName, user.Email, user.UserName, user.Password, user.Security(cant be set to uninitialized, in case of XML and 0 in case of JSON requests)"
            );
        }

        if (Group(call, "LocationGroupId") is not { } group)
        {
            return Refusals.ResourceGroupOutOfScope(call.BodyText("LocationGroupId") ?? "", code: 6);
        }

        if (EmailProblem(call) is { } refusal)
        {
            return refusal;
        }

        var made = call.Tenant.People.Add(
            name,
            user => Described(call, user) with { Group = group.Index, SecurityType = security }
        );
        return made is null
            ? Answer.Error(400, 7, $"User already exists with name:{name}")
            : Answer.Object(writer =>
            {
                writer.WriteNumber("Value"u8, made.Id);
                writer.WriteString("uuid"u8, made.Uuid);
            });
    }

    private static Answer Update(ApiCall call, EnrollmentUser user)
    {
        if (EmailProblem(call) is { } refusal)
        {
            return refusal;
        }

        call.Tenant.People.Change(user.Index, had => Described(call, had));
        return Answer.Empty();
    }

    /// <summary>What the body says about a user; what it leaves out stays.</summary>
    private static EnrollmentUser Described(ApiCall call, EnrollmentUser user) =>
        user with
        {
            FirstName = call.BodyText("FirstName") ?? user.FirstName,
            LastName = call.BodyText("LastName") ?? user.LastName,
            Email = call.BodyText("Email") ?? user.Email,
            MobileNumber = call.BodyText("MobileNumber") ?? user.MobileNumber,
            ContactNumber = call.BodyText("ContactNumber") ?? user.ContactNumber,
            Active = call.Body.Truth("Status") ?? user.Active,
            Attributes = [.. user.Attributes.Select((had, at) => call.BodyText($"CustomAttribute{at + 1}") ?? had)],
        };

    private static Answer Switch(ApiCall call, EnrollmentUser user, bool on)
    {
        if (user.Active == on)
        {
            return Answer.Error(400, 6, on ? "User is already active." : "User is already inactive.");
        }

        call.Tenant.People.Change(user.Index, had => had with { Active = on });
        return Answer.Empty();
    }

    private static Answer Move(ApiCall call, EnrollmentUser user)
    {
        if (call.QueryInt("targetLG") is not { } id || call.VisibleGroup(id) is not { } group)
        {
            return Refusals.ResourceGroupOutOfScope(call.Query("targetLG") ?? "", code: 6);
        }

        call.Tenant.Fleet.MoveUser(user.UserName, group);
        return Answer.Empty();
    }

    private static Answer Delete(ApiCall call, EnrollmentUser user)
    {
        call.Tenant.People.Delete(user.Index);
        return Answer.Empty();
    }

    private static Answer OnUser(ApiCall call, Func<EnrollmentUser, Answer> act) =>
        call.RouteInt("id") is null ? Answer.NotFoundPage
        : UserRoutes.Visible(call) is { } user ? act(user)
        : UserRoutes.NotFound;

    private static Answer Bulk(ApiCall call, Func<EnrollmentUser, Answer> act) =>
        call.BulkValues.Count == 0
            ? BulkEmpty
            : BulkResult.Of(
                call.BulkValues,
                value =>
                    Find(call, value) is not { } user ? new BulkFault(404, "User not found")
                    : act(user) is { ErrorCode: { } code } refused ? new BulkFault(code, refused.Message ?? "")
                    : null
            );

    private static EnrollmentUser? Find(ApiCall call, string value) =>
        int.TryParse(value, CultureInfo.InvariantCulture, out var id)
        && call.Tenant.People.ById(id) is { } user
        && call.Sees(user.Group)
            ? user
            : null;

    private static bool Lacks(ApiCall call, string field) => string.IsNullOrWhiteSpace(call.BodyText(field));

    private static OrganizationGroup? Group(ApiCall call, string name) =>
        call.BodyText(name) is null ? call.Scope
        : call.Body.Int(name) is { } id ? call.VisibleGroup(id)
        : null;

    /// <summary>By name or by number; basic when nothing is said.</summary>
    private static int? SecurityType(ApiCall call) =>
        call.BodyText("SecurityType")?.ToUpperInvariant() switch
        {
            null or "BASIC" or "2" => Basic,
            "DIRECTORY" or "1" => Directory,
            _ => null,
        };

    private static Answer? EmailProblem(ApiCall call) =>
        call.BodyText("Email") is { Length: > 0 } email && !email.Contains('@', StringComparison.Ordinal)
            ? Answer.Error(400, 6, "Invalid Email Address.")
            : null;
}
