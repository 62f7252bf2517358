using System.Globalization;
using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Wire;

/// <summary>An administrator as the versions show it. Version 2 mixes camel and Pascal in one object.</summary>
internal static class AdminRows
{
    public static void WriteV1(Utf8JsonWriter writer, ApiCall call, Account admin)
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
                row.WriteNumber("Id"u8, RoleId(assignment.Role));
                row.WriteString("OrganizationGroupUuid"u8, call.Tenant.Tree.At(assignment.Group).Uuid);
                WriteRole(row, call, admin, assignment, "Uuid"u8);
            }
        );
    }

    public static void WriteV2(Utf8JsonWriter writer, ApiCall call, Account admin)
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
        writer.Date("LastLoginTimeStamp"u8, state.LastSignIn?.UtcDateTime ?? SeededSignIn(admin));
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

    /// <summary>The single administrator of version 2, in camel case throughout.</summary>
    public static void WriteDetails(Utf8JsonWriter writer, ApiCall call, Account admin)
    {
        var state = admin.State;
        writer.WriteNumber("id"u8, admin.Id);
        writer.WriteString("uuid"u8, admin.Uuid);
        writer.WriteString("username"u8, admin.Name);
        writer.WriteString("firstName"u8, state.FirstName);
        writer.WriteString("lastName"u8, state.LastName);
        writer.WriteString("email"u8, state.Email);
        writer.WriteString("organizationGroupUuid"u8, call.Tenant.Tree.At(state.Group!.Value).Uuid);
        writer.WriteString("timeZone"u8, state.TimeZone);
        writer.WriteString("locale"u8, state.Locale);
        writer.WriteString("initialLandingPage"u8, state.InitialLandingPage);
        writer.WriteBoolean("isActiveDirectoryUser"u8, admin.Kind == AccountKind.Directory);
        writer.Rows(
            "roles"u8,
            state.Assignments,
            (row, assignment) =>
            {
                row.WriteNumber("id"u8, RoleId(assignment.Role));
                row.WriteString("uuid"u8, RoleUuid(call, assignment.Role));
                row.WriteString("name"u8, assignment.Role.Name);
                row.WriteString("organizationGroupUuid"u8, call.Tenant.Tree.At(assignment.Group).Uuid);
            }
        );
    }

    /// <summary>Roles have no routes of their own; their numbers and uuids are made of their names.</summary>
    public static int RoleId(Role role) => 100 + RoleNumber(role.Name);

    public static Guid RoleUuid(ApiCall call, Role role) => call.Tenant.Ids.Uuid(ThingKind.Role, RoleNumber(role.Name));

    /// <summary>One in four was forgotten when its owner left.</summary>
    private static DateTime SeededSignIn(Account admin) =>
        DeviceGenerator.Epoch.AddHours(-admin.Id % 700).AddDays(admin.Id % 4 == 3 ? -240 : 0);

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
        writer.WriteString(uuidName, RoleUuid(call, assignment.Role));
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
