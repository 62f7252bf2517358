using System.Globalization;
using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Administrators of the console, with their roles.</summary>
internal static class AdminRoutes
{
    public static void Add(RouteTable routes) =>
        routes.Get("system/admins/search", (1, call => Search(call, v2: false)), (2, call => Search(call, v2: true)));

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
            ? page.EnvelopeOrNothing("admins", (writer, admin) => WriteV2(writer, call, admin))
            : page.EnvelopeOrNothing("Admins", (writer, admin) => WriteV1(writer, call, admin));
    }

    private static bool IsWithin(ApiCall call, Account admin, OrganizationGroup scope) =>
        admin.State is { Group: { } managed } state
        && state
            .Assignments.Select(assignment => assignment.Group)
            .Prepend(managed)
            .Any(group => call.Tenant.Tree.IsWithin(group, scope.Index));

    private static bool Matches(ApiCall call, Account admin) =>
        (call.Query("username") is null || call.QueryIs("username", admin.Name))
        && (call.Query("firstname") is null || call.QueryIs("firstname", admin.State.FirstName))
        && (call.Query("lastname") is null || call.QueryIs("lastname", admin.State.LastName))
        && (call.Query("email") is null || call.QueryIs("email", admin.State.Email))
        && (
            call.Query("role") is null
            || admin.State.Assignments.Any(assignment => call.QueryIs("role", assignment.Role.Name))
        );

    private static void WriteV1(Utf8JsonWriter writer, ApiCall call, Account admin)
    {
        var state = admin.State;
        var group = call.Tenant.Tree.At(state.Group!.Value);
        writer.IdValue("Id"u8, admin.Id);
        writer.WriteString("Uuid"u8, admin.Uuid);
        writer.WriteString("UserName"u8, admin.Name);
        writer.WriteString("FirstName"u8, state.FirstName);
        writer.WriteString("LastName"u8, state.LastName);
        writer.WriteString("Email"u8, state.Email);
        WriteGroup(writer, group);
        writer.WriteString("OrganizationGroupUuid"u8, group.Uuid);
        writer.WriteBoolean("IsActiveDirectoryUser"u8, admin.Kind == AccountKind.Directory);
        writer.Rows(
            "Roles"u8,
            state.Assignments,
            (row, assignment) =>
            {
                row.WriteNumber("Id"u8, 100 + RoleNumber(assignment.Role.Name));
                row.WriteString("OrganizationGroupUuid"u8, call.Tenant.Tree.At(assignment.Group).Uuid);
                WriteRole(row, call, admin, assignment, "Uuid"u8);
            }
        );
    }

    private static void WriteV2(Utf8JsonWriter writer, ApiCall call, Account admin)
    {
        var state = admin.State;
        var group = call.Tenant.Tree.At(state.Group!.Value);
        writer.WriteString("uuid"u8, admin.Uuid);
        writer.WriteString("username"u8, admin.Name);
        writer.WriteString("firstName"u8, state.FirstName);
        writer.WriteString("lastName"u8, state.LastName);
        writer.WriteString("email"u8, state.Email);
        WriteGroup(writer, group);
        writer.WriteString("organizationGroupUuid"u8, group.Uuid);
        writer.WriteString("timeZone"u8, state.TimeZone);
        writer.WriteString("locale"u8, state.Locale);
        writer.WriteString("initialLandingPage"u8, state.InitialLandingPage);
        writer.Date(
            "LastLoginTimeStamp"u8,
            state.LastSignIn?.UtcDateTime ?? DeviceGenerator.Epoch.AddHours(-admin.Id % 700)
        );
        writer.Rows(
            "roles"u8,
            state.Assignments,
            (row, assignment) =>
            {
                row.WriteString("organizationGroupUuid"u8, call.Tenant.Tree.At(assignment.Group).Uuid);
                WriteRole(row, call, admin, assignment, "uuid"u8);
            }
        );
        writer.WriteNumber("messageTemplateId"u8, 0);
        writer.WriteString("messageTemplateUuid"u8, Guid.Empty);
    }

    private static void WriteGroup(Utf8JsonWriter writer, OrganizationGroup group)
    {
        writer.WriteString("LocationGroup"u8, group.Name);
        writer.WriteString("LocationGroupId"u8, group.Id.ToString(CultureInfo.InvariantCulture));
    }

    private static void WriteRole(
        Utf8JsonWriter writer,
        ApiCall call,
        Account admin,
        RoleAssignment assignment,
        ReadOnlySpan<byte> uuidName
    )
    {
        var group = call.Tenant.Tree.At(assignment.Group);
        writer.WriteString(uuidName, call.Tenant.Ids.Uuid(ThingKind.Role, RoleNumber(assignment.Role.Name)));
        writer.WriteString("Name"u8, assignment.Role.Name);
        WriteGroup(writer, group);
        writer.WriteBoolean("IsActive"u8, assignment.Active);
        writer.WriteNumber("UserLinkId"u8, admin.Id + 500_000);
    }

    private static int RoleNumber(string role)
    {
        var number = 0;
        foreach (var letter in role)
        {
            number = (number * 31 + letter) % 9973;
        }

        return number;
    }
}
