using Picket.WorkspaceOne.Emulator.Tests.Facts;

namespace Picket.WorkspaceOne.Emulator.Tests.Routes;

public sealed class AppStories
{
    [Fact]
    public async Task A_store_app_is_added_assigned_installed_and_told()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 60, Role = "Console Administrator" });
        var body = new
        {
            ApplicationName = "Guard",
            BundleId = "com.example.guard",
            Platform = 5,
        };
        var made = await visitor.ReadAsync("POST", "mam/apps/public", body);
        var (id, uuid) = (made.GetProperty("Id").GetProperty("Value").GetInt32(), made.GetProperty("Uuid").GetGuid());
        var device = visitor.Host.Fleet.All.First(one => one.IsEnrolled && one.PlatformId == 5);
        var install = new { DeviceId = device.Id };
        Assert.Equal(400, (int)(await visitor.PostAsync($"mam/apps/public/{id}/install", install)).StatusCode);

        var android = (await visitor.ReadAsync("mdm/smartgroups/search?name=All Android")).GetProperty("SmartGroups")[
            0
        ];
        var rule = new
        {
            priority = 0,
            distribution = new { smart_groups = new[] { android.GetProperty("SmartGroupUuid").GetGuid() } },
        };
        await visitor.SendAsync("PUT", $"mam/apps/{uuid}/assignment-rules", new { assignments = new[] { rule } }, 2);
        Assert.Equal(202, (int)(await visitor.PostAsync($"mam/apps/public/{id}/install", install)).StatusCode);
        var numbers = await visitor.ReadAsync($"mam/apps/public/{id}/devices?status=Installed");
        Assert.Equal(device.Id, Assert.Single(numbers.GetProperty("DeviceId").EnumerateArray()).GetInt32());
        var one = await visitor.ReadAsync($"mdm/devices/{device.Uuid}/apps?bundleid=com.example.guard");
        Assert.Equal("Installed", one.GetProperty("device_sample_info").GetProperty("installed_status").GetString());
        var assigned = await visitor.ReadAsync($"mam/apps/{uuid}/devices?page=0&pagesize=500&isnotinstalled=true");
        Assert.Equal(
            visitor.Host.Fleet.All.Count(other => other.IsEnrolled && other.PlatformId == 5) - 1,
            assigned.GetProperty("TotalResults").GetInt32()
        );
    }

    [Fact]
    public async Task Licences_are_given_until_they_are_gone()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 60, Role = "Console Administrator" });
        var row = (await visitor.ReadAsync("mam/apps/purchased/search")).GetProperty("Application")[0];
        var id = row.GetProperty("Id").GetProperty("Value").GetInt32();
        Assert.Equal(500, row.GetProperty("ManagedDistribution").GetProperty("Available").GetInt32());
        using var given = await visitor.PostAsync($"mam/apps/purchased/{id}/assignment", Give(30_014, 400));
        Assert.Equal(201, (int)given.StatusCode);
        await Visitor.RefusedAsync(
            await visitor.PostAsync($"mam/apps/purchased/{id}/assignment", Give(30_017, 101)),
            400,
            7114,
            "Cannot allocate more Licenses."
        );
        var read = await visitor.ReadAsync($"mam/apps/purchased/{id}");
        Assert.Equal(100, read.GetProperty("Licenses").GetProperty("Unallocated").GetInt32());
    }

    [Fact]
    public async Task Version_1_no_longer_shows_a_purchased_app_with_flexible_rules()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 60, Role = "Console Administrator" });
        var row = (await visitor.ReadAsync("mam/apps/purchased/search")).GetProperty("Application")[0];
        var group = (await visitor.ReadAsync("mdm/smartgroups/search")).GetProperty("SmartGroups")[1];
        var rule = new
        {
            priority = 0,
            distribution = new { smart_groups = new[] { group.GetProperty("SmartGroupUuid").GetGuid() } },
        };
        var uuid = row.GetProperty("Uuid").GetGuid();
        await visitor.SendAsync("PUT", $"mam/apps/{uuid}/assignment-rules", new { assignments = new[] { rule } }, 2);
        using var old = await visitor.GetAsync(
            $"mam/apps/purchased/{row.GetProperty("Id").GetProperty("Value").GetInt32()}"
        );
        Assert.Equal(501, (int)old.StatusCode);
        Assert.Equal(200, (int)(await visitor.GetAsync($"mam/apps/purchased/{uuid}", 2)).StatusCode);
    }

    [Fact]
    public async Task An_app_group_refuses_the_same_app_twice()
    {
        await using var visitor = await Visitor.ComeAsync();
        var app = new { Name = "Bad", BundleId = "com.example.bad" };
        var body = new
        {
            Name = "Denied",
            AppGroupType = "Blacklist",
            Platform = "Android",
            Applications = new[] { app },
        };
        var made = await visitor.ReadAsync("POST", "mam/apps/appgroups", body);
        await Visitor.RefusedAsync(
            await visitor.PostAsync(
                $"mam/apps/appgroups/{made.GetProperty("ApplicationGroupID").GetString()}/applications",
                new { Applications = new[] { app } }
            ),
            400,
            400,
            "The same application has been added multiple times in this app group."
        );
    }

    [Fact]
    public async Task An_app_group_keeps_its_last_app_until_it_is_deleted_as_a_whole()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Role = "Console Administrator" });
        var app = new { Name = "Bad", BundleId = "com.example.bad" };
        var body = new
        {
            Name = "Denied",
            AppGroupType = "Blacklist",
            Platform = "iOS",
            Applications = new[] { app },
        };
        var id = (await visitor.ReadAsync("POST", "mam/apps/appgroups", body))
            .GetProperty("ApplicationGroupID")
            .GetString()!;
        await Visitor.RefusedAsync(
            await visitor.SendAsync(
                "DELETE",
                $"mam/apps/appgroups/{id}/applications",
                new { Applications = new[] { app } }
            ),
            400,
            400,
            "Apps cannot be deleted because after deleting the apps, there should be a minimum of one app item in the App Group."
        );
        var bulk = new { BulkValues = new { Value = new[] { id } } };
        using (var deleted = await visitor.SendAsync("DELETE", "mam/apps/appgroups", bulk))
        {
            Assert.Equal(200, (int)deleted.StatusCode);
        }

        await Visitor.RefusedAsync(
            await visitor.GetAsync($"mam/apps/appgroups/{id}"),
            404,
            404,
            $"Application group with id : {id} not found"
        );
    }

    private static object Give(int group, int licences) =>
        new { Assignments = new[] { new { SmartGroupId = group, Allocated = licences } } };
}
