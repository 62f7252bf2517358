using Picket.WorkspaceOne.Emulator.Tests.Facts;

namespace Picket.WorkspaceOne.Emulator.Tests.Routes;

public sealed class SmartGroupStories
{
    [Fact]
    public async Task A_group_by_tag_follows_the_tag()
    {
        await using var visitor = await Visitor.ComeAsync();
        var tag = visitor.Host.Tags.Create("At risk", visitor.Host.Groups.Customer.Index);
        var id = await CreateAsync(
            visitor,
            new { Name = "At risk", Tags = new[] { new { Id = $"{tag.Id}", Name = "At risk" } } }
        );
        Assert.Equal(204, (int)(await visitor.GetAsync($"mdm/smartgroups/{id}/devices")).StatusCode);
        var device = visitor.Host.Fleet.All.First();
        visitor.Host.Tags.Attach(tag, device);
        var members = (await visitor.ReadAsync($"mdm/smartgroups/{id}/devices")).GetProperty("Devices");
        Assert.Equal($"{device.Id}", members[0].GetProperty("Id").GetString());
        Assert.Equal(1, (await visitor.ReadAsync($"mdm/smartgroups/{id}")).GetProperty("Devices").GetInt32());
        var of = (await visitor.ReadAsync($"mdm/devices/{device.Id}/smartgroups")).GetProperty("SmartGroup");
        Assert.Contains(of.EnumerateArray(), group => group.GetProperty("SmartGroupName").GetString() == "At risk");
    }

    [Fact]
    public async Task Criteria_narrow_additions_add_and_exclusions_win()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 200 });
        var android = visitor.Host.Fleet.All.First(device => device.PlatformId == 5 && device.Ownership == "C");
        var apple = visitor.Host.Fleet.All.First(device => device.PlatformId == 2);
        var id = await CreateAsync(
            visitor,
            new
            {
                Name = "Mixed",
                Platforms = new[] { "Android" },
                Ownerships = new[] { "CorporateDedicated" },
                DeviceAdditions = new[] { new { Id = $"{apple.Id}", Name = "one" } },
                DeviceExclusions = new[] { new { Id = $"{android.Id}", Name = "other" } },
            }
        );
        var members = (await visitor.ReadAsync($"mdm/smartgroups/{id}/devices"))
            .GetProperty("Devices")
            .EnumerateArray()
            .Select(row => row.GetProperty("Id").GetString())
            .ToList();
        var expected = visitor
            .Host.Fleet.All.Where(device =>
                device.PlatformId == 5 && device.Ownership == "C" && device.Id != android.Id
            )
            .Append(apple)
            .Select(device => $"{device.Id}");
        Assert.Equal(expected.Order(), members.Order());
    }

    [Fact]
    public async Task A_group_in_use_is_not_deleted()
    {
        await using var visitor = await Visitor.ComeAsync();
        var ios = (await visitor.ReadAsync("mdm/smartgroups/search?name=All Apple Mobile")).GetProperty("SmartGroups")[
            0
        ];
        Assert.True(ios.GetProperty("Assignments").GetInt32() > 0);
        using var response = await visitor.SendAsync(
            "DELETE",
            $"mdm/smartgroups/{ios.GetProperty("SmartGroupID").GetInt32()}"
        );
        Assert.Equal(400, (int)response.StatusCode);
    }

    private static async Task<int> CreateAsync(Visitor visitor, object body) =>
        (await visitor.ReadAsync("POST", "mdm/smartgroups", body)).GetProperty("Value").GetInt32();
}
