using System.Globalization;
using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Administrators: those of the fleet and those who can sign in to the API.</summary>
internal static class AdminRoutes
{
    private const int FirstAccountId = 51_001;

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

        var found = Accounts(call)
            .Concat(call.Tenant.Administrators)
            .Where(admin => call.Tenant.Tree.Exists(admin.Group) && call.Tenant.Tree.IsWithin(admin.Group, scope.Index))
            .Where(admin => Matches(call, admin))
            .ToList();
        var page = Paging.Of(call, found);
        return v2
            ? page.EnvelopeOrNothing("admins", (writer, admin) => WriteV2(writer, call, admin))
            : page.EnvelopeOrNothing("Admins", (writer, admin) => WriteV1(writer, call, admin));
    }

    private static IEnumerable<Administrator> Accounts(ApiCall call) =>
        call
            .Uem.Access.Accounts.Values.Where(account => account.Group is not null)
            .OrderBy(account => account.Name, StringComparer.OrdinalIgnoreCase)
            .Select(
                (account, index) =>
                    new Administrator(
                        index,
                        FirstAccountId + index,
                        account.Uuid,
                        account.Name,
                        "API",
                        "Account",
                        account.Name + "@example.com",
                        account.Group!.Value,
                        account.Role.Name
                    )
            );

    private static bool Matches(ApiCall call, Administrator admin) =>
        (call.Query("username") is null || call.QueryIs("username", admin.UserName))
        && (call.Query("firstname") is null || call.QueryIs("firstname", admin.FirstName))
        && (call.Query("lastname") is null || call.QueryIs("lastname", admin.LastName))
        && (call.Query("email") is null || call.QueryIs("email", admin.Email))
        && (call.Query("role") is null || call.QueryIs("role", admin.Role));

    private static void WriteV1(Utf8JsonWriter writer, ApiCall call, Administrator admin)
    {
        var group = call.Tenant.Tree.At(admin.Group);
        writer.IdValue("Id"u8, admin.Id);
        writer.WriteString("Uuid"u8, admin.Uuid);
        writer.WriteString("UserName"u8, admin.UserName);
        writer.WriteString("FirstName"u8, admin.FirstName);
        writer.WriteString("LastName"u8, admin.LastName);
        writer.WriteString("Email"u8, admin.Email);
        WriteGroup(writer, group);
        writer.WriteString("OrganizationGroupUuid"u8, group.Uuid);
        writer.WriteBoolean("IsActiveDirectoryUser"u8, false);
        writer.Rows(
            "Roles"u8,
            [admin],
            (row, _) =>
            {
                row.WriteNumber("Id"u8, 100 + RoleNumber(admin.Role));
                row.WriteString("OrganizationGroupUuid"u8, group.Uuid);
                WriteRole(row, call, admin, group, "Uuid"u8);
            }
        );
    }

    private static void WriteV2(Utf8JsonWriter writer, ApiCall call, Administrator admin)
    {
        var group = call.Tenant.Tree.At(admin.Group);
        writer.WriteString("uuid"u8, admin.Uuid);
        writer.WriteString("username"u8, admin.UserName);
        writer.WriteString("firstName"u8, admin.FirstName);
        writer.WriteString("lastName"u8, admin.LastName);
        writer.WriteString("email"u8, admin.Email);
        WriteGroup(writer, group);
        writer.WriteString("organizationGroupUuid"u8, group.Uuid);
        writer.WriteString("timeZone"u8, "(GMT-05:00) Eastern Time (US & Canada)");
        writer.WriteString("locale"u8, "English (United States)");
        writer.WriteString("initialLandingPage"u8, "/Dashboard");
        writer.Date("LastLoginTimeStamp"u8, DeviceGenerator.Epoch.AddHours(-admin.Id % 700));
        writer.Rows(
            "roles"u8,
            [admin],
            (row, _) =>
            {
                row.WriteString("organizationGroupUuid"u8, group.Uuid);
                WriteRole(row, call, admin, group, "uuid"u8);
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
        Administrator admin,
        OrganizationGroup group,
        ReadOnlySpan<byte> uuidName
    )
    {
        writer.WriteString(uuidName, call.Tenant.Ids.Uuid(ThingKind.Role, RoleNumber(admin.Role)));
        writer.WriteString("Name"u8, admin.Role);
        WriteGroup(writer, group);
        writer.WriteBoolean("IsActive"u8, admin.RoleActive);
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
