namespace Picket.WorkspaceOne.Emulator.Tests.Conformance;

/// <summary>Information, organization groups, administrators, users, user groups, batches, lookup values.</summary>
internal static class SystemWalk
{
    public static async Task RunAsync(Walker walker)
    {
        await walker.CallAsync("GET system/info", 1, 200);
        await GroupsAsync(walker);
        await AdminsAsync(walker);
        await UsersAsync(walker);
        await UserGroupsAsync(walker);
        await RegistrationsAsync(walker);
    }

    private static async Task GroupsAsync(Walker walker)
    {
        var top = walker.Host.Groups.Customer;
        await walker.CallAsync("GET system/groups/search", 1, 200, "?pagesize=3&orderby=name");
        await walker.CallAsync("GET system/groups/search", 2, 200, "?page=1&pagesize=3");
        await walker.CallAsync("GET system/groups/{id}", 1, 200, top.Id);
        await walker.CallAsync("GET system/groups/{id}", 1, 404, 1);
        await walker.CallAsync("GET system/groups/{id}", 2, 200, top.Uuid);
        await walker.CallAsync("GET system/groups/{id}", 2, 404, Guid.Empty);
        await walker.CallAsync("GET system/groups/{id}/children", 1, 200, top.Id);
        await walker.CallAsync("GET system/groups/{id}/parents", 1, 200, top.Uuid);
        await walker.CallAsync("GET system/groups/{id}/tags", 1, 200, top.Id);
        await walker.CallAsync("GET system/groups/{id}/tags", 1, 404, walker.Host.Groups.Find("nw-africa")!.Id);
        await walker.CallAsync("GET system/groups/devicecounts", 1, 200, $"?organizationgroupid={top.Id}&pagesize=2");
        await walker.CallAsync("GET system/groups/{id}/api-keys", 2, 200, top.Uuid);

        var body = new
        {
            Name = "Depot",
            GroupId = "nw-depot",
            LocationGroupType = "Container",
            EnableRestApiAccess = true,
        };
        var v1 = await walker.SendAsync("POST system/groups/{id}", 1, 200, body, top.Id);
        var v2 = await walker.SendAsync("POST system/groups/{id}", 2, 200, body, top.Id);
        await walker.SendAsync("POST system/groups/{id}", 3, 201, body, top.Id);
        await walker.SendAsync(
            "POST system/groups/{id}",
            2,
            403,
            new { Name = "X", LocationGroupType = "Customer" },
            top.Id
        );
        var (id, uuid) = (v1.GetProperty("Value").GetInt32(), v2.GetProperty("Uuid").GetGuid());
        await walker.SendAsync("PUT system/groups/{id}", 1, 204, new { Name = "Old Depot" }, id);
        await walker.SendAsync("PUT system/groups/{id}", 2, 204, new { Name = "New Depot" }, uuid);
        await walker.SendAsync("PUT system/groups/{id}", 2, 400, new { Name = "" }, uuid);
        await walker.CallAsync("DELETE system/groups/{id}", 1, 200, id);
        await walker.CallAsync("DELETE system/groups/{id}", 2, 200, uuid);
        await walker.CallAsync("DELETE system/groups/{id}", 2, 400, uuid);
        await walker.CallAsync("DELETE system/groups/{id}", 1, 422, walker.Host.Groups.Find("nw-europe-sales")!.Id);
        await walker.CallAsync("GET system/lookup-value/keys/{id}", 1, 200, top.Uuid);
        await walker.CallAsync("GET system/lookup-value/keys/{id}/{type}", 1, 200, top.Uuid, "Device");
        await walker.CallAsync("GET system/lookup-value/keys/{id}/{type}", 1, 400, top.Uuid, "Nonsense");
    }

    private static async Task AdminsAsync(Walker walker)
    {
        var top = walker.Host.Groups.Customer;
        var found = await walker.CallAsync("GET system/admins/search", 1, 200, "?pagesize=2");
        await walker.CallAsync("GET system/admins/search", 2, 200, "?pagesize=2&sortorder=ASC");
        await walker.CallAsync("GET system/admins/search", 2, 204, "?page=900");
        await walker.CallAsync("GET system/admins/search", 1, 400, "?organizationgroupid=1");
        var role = found.GetProperty("Admins")[0].GetProperty("Roles")[0].GetProperty("Uuid").GetGuid();

        var body = new
        {
            UserName = "walk.one",
            Password = "Long-enough-1",
            FirstName = "Walk",
            LastName = "One",
            Email = "walk.one@example.com",
            LocationGroupId = $"{top.Id}",
            Roles = new[] { new { Name = "Read Only", LocationGroupId = $"{top.Id}" } },
        };
        var made = await walker.SendAsync("POST system/admins/addadminuser", 1, 200, body);
        await walker.SendAsync("POST system/admins/addadminuser", 1, 400, body);
        var id = made.GetProperty("Value").GetInt32();
        await walker.CallAsync("GET system/admins/{id}", 1, 200, id);
        await walker.CallAsync("GET system/admins/{id}", 1, 400, 1);
        var help = new { Name = "Help Desk", LocationGroupId = $"{top.Id}" };
        await walker.SendAsync("POST system/admins/{id}/addrole", 1, 200, help, id);
        await walker.SendAsync("POST system/admins/{id}/addrole", 1, 400, help, id);
        await walker.SendAsync("POST system/admins/{id}/removerole", 1, 200, help, id);
        await walker.SendAsync("POST system/admins/{id}/removerole", 1, 400, help, id);
        await walker.SendAsync("POST system/admins/{id}/update", 1, 200, new { FirstName = "Walked" }, id);
        await walker.CallAsync("DELETE system/admins/{id}/delete", 1, 200, id);
        await walker.CallAsync("DELETE system/admins/{id}/delete", 1, 400, id);

        var newer = new
        {
            username = "walk.two",
            password = "Long-enough-2",
            firstName = "Walk",
            lastName = "Two",
            email = "walk.two@example.com",
            organizationGroupUuid = top.Uuid,
            roles = new[] { new { name = "Read Only", organizationGroupUuid = top.Uuid } },
        };
        await walker.SendAsync("POST system/admins", 2, 200, newer);
        var uuid = walker.Host.Access.Account("walk.two").Uuid;
        await walker.CallAsync("GET system/admins/{id}", 2, 200, uuid);
        await walker.SendAsync("PUT system/admins/{id}", 2, 200, new { lastName = "Too" }, uuid);
        await walker.CallAsync("PUT system/groups/{group}/admins/{id}/roles/{role}", 2, 200, top.Uuid, uuid, role);
        await walker.CallAsync("PUT system/groups/{group}/admins/{id}/roles/{role}", 2, 400, top.Uuid, uuid, role);
        await walker.CallAsync("DELETE system/groups/{group}/admins/{id}/roles/{role}", 2, 200, top.Uuid, uuid, role);
        await walker.CallAsync("DELETE system/admins/{id}", 2, 200, uuid);
        await walker.CallAsync("DELETE system/admins/{id}", 2, 400, uuid);
    }

    private static async Task UsersAsync(Walker walker)
    {
        var top = walker.Host.Groups.Customer;
        await walker.CallAsync("GET system/users/search", 1, 200, "?pagesize=2&orderby=UserName&sortorder=DESC");
        await walker.CallAsync("GET system/users/search", 2, 200, $"?organization-group-uuid={top.Uuid}&searchtext=1");
        await walker.CallAsync("GET system/users/search", 2, 404, $"?organization-group-uuid={Guid.Empty}");
        await walker.CallAsync("GET system/users/{id}", 1, 404, 1);
        var made = await walker.SendAsync("POST system/users/adduser", 1, 200, Person("walker.one"));
        await walker.SendAsync("POST system/users/adduser", 1, 400, new { UserName = "nobody" });
        var id = made.GetProperty("Value").GetInt32();
        await walker.CallAsync("GET system/users/{id}", 1, 200, id);
        await walker.SendAsync("POST system/users/{id}/update", 1, 200, new { FirstName = "Wanda" }, id);
        await walker.CallAsync("POST system/users/{id}/deactivate", 1, 200, id);
        await walker.CallAsync("POST system/users/{id}/deactivate", 1, 400, id);
        await walker.CallAsync("POST system/users/{id}/activate", 1, 200, id);
        var africa = walker.Host.Groups.Find("nw-africa")!.Id;
        await walker.CallAsync("POST system/users/{id}/changelocationgroup", 1, 200, id, $"?targetLG={africa}");
        await walker.SendAsync("POST system/users/deactivate", 1, 200, Bulk(id));
        await walker.SendAsync("POST system/users/activate", 1, 200, Bulk(id, 1));
        await walker.SendAsync("POST system/users/activate", 1, 400, Bulk());
        await walker.SendAsync(
            "POST system/users/{id}/registerdevice",
            1,
            200,
            new { SerialNumber = "WALK0001", PlatformId = 5 },
            id
        );
        await walker.SendAsync("POST system/users/{id}/registerdevice", 1, 400, new { SerialNumber = "WALK0001" }, id);
        await walker.CallAsync("DELETE system/users/{id}/delete", 1, 200, id);
        var other = await walker.SendAsync("POST system/users/adduser", 1, 200, Person("walker.two"));
        await walker.SendAsync("POST system/users/delete", 1, 200, Bulk(other.GetProperty("Value").GetInt32()));

        var newer = new
        {
            userName = "walker.three",
            organizationGroupUuid = top.Uuid,
            securityType = "BASIC",
        };
        await walker.SendAsync("POST system/users", 2, 201, newer);
        await walker.SendAsync("POST system/users", 2, 400, newer);
        var row = await walker.CallAsync(
            "GET system/users/search",
            2,
            200,
            $"?organization-group-uuid={top.Uuid}&searchtext=walker.three"
        );
        var uuid = row[0].GetProperty("enrollment_user_uuid").GetGuid();
        await walker.CallAsync("GET system/users/{id}", 2, 200, uuid);
        await walker.SendAsync("PUT system/users/{id}", 2, 200, new { firstName = "Third" }, uuid);
        await walker.CallAsync("DELETE system/users/{id}", 2, 200, uuid);
        await walker.CallAsync("DELETE system/users/{id}", 2, 404, uuid);
    }

    private static async Task UserGroupsAsync(Walker walker)
    {
        var top = walker.Host.Groups.Customer;
        var found = await walker.CallAsync("GET system/usergroups/search", 1, 200);
        await walker.CallAsync("GET system/usergroups/search", 1, 204, "?groupname=none");
        var first = found
            .GetProperty("UserGroup")
            .EnumerateArray()
            .First(group => group.GetProperty("UserCount").GetInt32() > 0);
        await walker.CallAsync(
            "GET system/usergroups/{id}/users",
            1,
            200,
            first.GetProperty("UserGroupId").GetInt32(),
            "?pagesize=2"
        );
        await walker.CallAsync("GET system/usergroups/{id}/users", 1, 400, 1);
        await walker.CallAsync(
            "GET system/user-groups/{id}/members",
            1,
            200,
            first.GetProperty("UserGroupUuid").GetGuid(),
            "?page=1&page_size=2"
        );
        var made = await walker.SendAsync(
            "POST system/usergroups/createcustomusergroup",
            1,
            200,
            new { GroupName = "Walkers", ManagedByOrganizationGroupID = top.Id }
        );
        var id = made.GetProperty("Value").GetInt32();
        await walker.CallAsync("POST system/usergroups/{id}/user/{user}/addusertogroup", 1, 200, id, 400_001);
        await walker.CallAsync("GET system/usergroups/custom/search", 1, 200, "?groupname=Walkers");
        await walker.CallAsync("POST system/usergroups/{id}/user/{user}/removeuserfromgroup", 1, 200, id, 400_001);
        await walker.CallAsync("DELETE system/usergroups/{id}/delete", 1, 200, id);
        await walker.CallAsync("DELETE system/usergroups/{id}/delete", 1, 400, id);
    }

    private static async Task RegistrationsAsync(Walker walker)
    {
        var top = walker.Host.Groups.Customer;
        await walker.CallAsync("GET system/users/registereddevices/search", 1, 200, $"?organizationgroupid={top.Id}");
        await walker.SendAsync(
            "POST system/users/registereddevices/delete",
            1,
            200,
            Bulk("WALK0001"),
            "?searchby=SerialNumber"
        );
        await walker.CallAsync("GET system/users/registereddevices/search", 1, 204);
        await walker.CallAsync("GET system/users/enrolleddevices/search", 1, 200, "?platform=Android");
        await walker.SendAsync(
            "POST system/users/batches",
            1,
            201,
            new { rows = "unknown layout" },
            $"?organizationGroupUuid={top.Uuid}&batchName=Walk&batchDescription=Walk"
        );
        await walker.CallAsync(
            "POST system/users/batches",
            1,
            422,
            $"?organizationGroupUuid={top.Uuid}&batchName=Walk&batchDescription=Walk"
        );
        var batches = await walker.CallAsync(
            "GET system/users/batches",
            1,
            200,
            $"?organization_group_uuid={top.Uuid}"
        );
        var batch = batches.GetProperty("search_result")[0].GetProperty("batch_uuid").GetGuid();
        await walker.CallAsync("GET system/users/batches/{id}/details", 1, 200, batch);
    }

    internal static object Bulk(params object[] values) =>
        new { BulkValues = new { Value = values.Select(value => $"{value}") } };

    private static object Person(string name) =>
        new
        {
            UserName = name,
            FirstName = "Walk",
            LastName = "Er",
            Email = name + "@example.com",
            Password = "Long-enough-3",
            SecurityType = 2,
        };
}
