using Picket.WorkspaceOne.Emulator.Tests.Facts;

namespace Picket.WorkspaceOne.Emulator.Tests.Routes;

/// <summary>Users, user groups, administrators and organization groups that callers make.</summary>
public sealed class PeopleStories
{
    private static readonly EmulatorOptions Everything = new() { Devices = 60, Role = "Console Administrator" };

    [Fact]
    public async Task A_user_is_added_found_moved_switched_off_and_deleted()
    {
        await using var visitor = await Visitor.ComeAsync(Everything);
        var before = (await visitor.ReadAsync("system/users/search")).GetProperty("Total").GetInt32();
        var id = await AddAsync(visitor, "ada.new");
        var found = await visitor.ReadAsync("system/users/search?username=ada.new");
        Assert.Equal(id, found.GetProperty("Users")[0].GetProperty("Id").GetProperty("Value").GetInt32());
        Assert.Equal(before + 1, (await visitor.ReadAsync("system/users/search")).GetProperty("Total").GetInt32());

        var africa = visitor.Host.Groups.Find("nw-africa")!;
        await visitor.SendAsync("POST", $"system/users/{id}/changelocationgroup?targetLG={africa.Id}");
        await visitor.SendAsync("POST", $"system/users/{id}/deactivate");
        var user = await visitor.ReadAsync($"system/users/{id}");
        Assert.Equal($"{africa.Id}", user.GetProperty("LocationGroupId").GetString());
        Assert.False(user.GetProperty("Status").GetBoolean());

        await visitor.SendAsync("DELETE", $"system/users/{id}/delete");
        Assert.Equal(404, (int)(await visitor.GetAsync($"system/users/{id}")).StatusCode);
        Assert.Equal(before, (await visitor.ReadAsync("system/users/search")).GetProperty("Total").GetInt32());
    }

    [Fact]
    public async Task A_user_of_the_seed_keeps_its_devices_when_changed()
    {
        await using var visitor = await Visitor.ComeAsync(Everything);
        await visitor.SendAsync("POST", "system/users/400001/update", new { Email = "other@example.com" });
        var user = await visitor.ReadAsync("system/users/400001");
        Assert.Equal("other@example.com", user.GetProperty("Email").GetString());
        Assert.Equal("1", user.GetProperty("EnrolledDevicesCount").GetString());
        var device = visitor.Host.Fleet.All.First();
        var row = await visitor.ReadAsync($"mdm/devices/{device.Id}");
        Assert.Equal("other@example.com", row.GetProperty("UserEmailAddress").GetString());
    }

    [Fact]
    public async Task Bulk_calls_tell_what_failed()
    {
        await using var visitor = await Visitor.ComeAsync(Everything);
        var id = await AddAsync(visitor, "ada.new");
        var result = await visitor.ReadAsync(
            "POST",
            "system/users/activate",
            new { BulkValues = new { Value = new[] { $"{id}", "1" } } }
        );
        var codes = result.GetProperty("Faults").GetProperty("Fault").EnumerateArray();
        Assert.Equal([6, 404], codes.Select(fault => fault.GetProperty("ErrorCode").GetInt32()));
    }

    [Fact]
    public async Task A_device_is_announced_once_and_shown_until_it_is_taken_back()
    {
        await using var visitor = await Visitor.ComeAsync(Everything);
        var device = new
        {
            FriendlyName = "Ada's phone",
            SerialNumber = "ADA0001",
            PlatformId = 5,
            Ownership = "C",
        };
        Assert.Equal(200, (int)(await visitor.PostAsync("system/users/400001/registerdevice", device)).StatusCode);
        Assert.Equal(400, (int)(await visitor.PostAsync("system/users/400001/registerdevice", device)).StatusCode);
        var enrolled = new { SerialNumber = visitor.Host.Fleet.All.First().SerialNumber };
        Assert.Equal(400, (int)(await visitor.PostAsync("system/users/400001/registerdevice", enrolled)).StatusCode);
        var rows = (await visitor.ReadAsync("system/users/registereddevices/search")).GetProperty(
            "RegisteredDeviceInfoList"
        );
        Assert.Equal("ADA0001", Assert.Single(rows.EnumerateArray()).GetProperty("SerialNumber").GetString());
    }

    [Fact]
    public async Task A_custom_user_group_takes_members_one_by_one()
    {
        await using var visitor = await Visitor.ComeAsync(Everything);
        var made = await visitor.ReadAsync(
            "POST",
            "system/usergroups/createcustomusergroup",
            new { GroupName = "Pilots" }
        );
        var id = made.GetProperty("Value").GetInt32();
        await visitor.SendAsync("POST", $"system/usergroups/{id}/user/400001/addusertogroup");
        await visitor.SendAsync("POST", $"system/usergroups/{id}/user/400002/addusertogroup");
        await visitor.SendAsync("POST", $"system/usergroups/{id}/user/400002/removeuserfromgroup");
        var users = await visitor.ReadAsync($"system/usergroups/{id}/users");
        Assert.Equal(1, users.GetProperty("Total").GetInt32());
    }

    [Fact]
    public async Task An_administrator_made_by_the_API_signs_in_with_its_role()
    {
        await using var visitor = await Visitor.ComeAsync(Everything);
        var top = visitor.Host.Groups.Customer;
        var body = new
        {
            UserName = "api.helper",
            Password = "Long-enough-1",
            FirstName = "Api",
            LastName = "Helper",
            Email = "api.helper@example.com",
            LocationGroupId = $"{top.Id}",
            Roles = new[] { new { Name = "Read Only", LocationGroupId = $"{top.Id}" } },
        };
        var id = (await visitor.ReadAsync("POST", "system/admins/addadminuser", body)).GetProperty("Value").GetInt32();
        Assert.Equal(200, await SignInAsync(visitor, "mdm/devices/search"));
        await visitor.SendAsync("DELETE", $"system/admins/{id}/delete");
        Assert.Equal(401, await SignInAsync(visitor, "mdm/devices/search"));
    }

    [Fact]
    public async Task A_group_made_by_the_API_is_found_below_its_parent_and_goes_when_empty()
    {
        await using var visitor = await Visitor.ComeAsync(Everything);
        var africa = visitor.Host.Groups.Find("nw-africa")!;
        var made = await visitor.ReadAsync("POST", $"system/groups/{africa.Id}", new { Name = "Depot" }, 2);
        var uuid = made.GetProperty("Uuid").GetGuid();
        var children = await visitor.ReadAsync($"system/groups/{africa.Id}/children");
        Assert.Contains(children.EnumerateArray(), row => row.GetProperty("Name").GetString() == "Depot");
        var id = await AddAsync(visitor, "ada.new");
        await visitor.SendAsync(
            "POST",
            $"system/users/{id}/changelocationgroup?targetLG={made.GetProperty("Id").GetInt32()}"
        );
        using var full = await visitor.SendAsync("DELETE", $"system/groups/{uuid}", null, 2);
        Assert.Equal(422, (int)full.StatusCode);
        await visitor.SendAsync("DELETE", $"system/users/{id}/delete");
        using var empty = await visitor.SendAsync("DELETE", $"system/groups/{uuid}", null, 2);
        Assert.Equal(200, (int)empty.StatusCode);
    }

    private static async Task<int> AddAsync(Visitor visitor, string name)
    {
        var body = new
        {
            UserName = name,
            FirstName = "Ada",
            LastName = "New",
            Email = name + "@example.com",
            Password = "Long-enough-1",
        };
        return (await visitor.ReadAsync("POST", "system/users/adduser", body)).GetProperty("Value").GetInt32();
    }

    private static async Task<int> SignInAsync(Visitor visitor, string path)
    {
        using var request = visitor.Request(path);
        request.Headers.Authorization = Visitor.Basic("api.helper", "Long-enough-1");
        return (int)(await visitor.SendAsync(request)).StatusCode;
    }
}
