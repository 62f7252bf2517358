namespace Picket.WorkspaceOne.Emulator.Tests;

public sealed class TagTests
{
    private static object Bulk(params object[] values) =>
        new { BulkValues = new { Value = values.Select(value => $"{value}") } };

    [Fact]
    public async Task Tags_many_and_tells_the_faults_of_some()
    {
        await using var visitor = await Visitor.ComeAsync();
        var tag = await CreateAsync(visitor, "Risk: High");
        var ids = visitor.Host.Fleet.All.Take(3).Select(device => device.Id).ToList();
        using var first = await visitor.PostAsync($"mdm/tags/{tag}/adddevices", Bulk(ids[0], ids[1]));
        var clean = await Visitor.BodyAsync(first);
        Assert.Equal(2, clean.GetProperty("AcceptedItems").GetInt32());
        Assert.False(clean.TryGetProperty("Faults", out _));

        using var second = await visitor.PostAsync($"mdm/tags/{tag}/adddevices", Bulk(ids[1], ids[2], 999_999_999));
        var mixed = await Visitor.BodyAsync(second);
        Assert.Equal(200, (int)second.StatusCode);
        Assert.Equal(1, mixed.GetProperty("AcceptedItems").GetInt32());
        var faults = mixed.GetProperty("Faults").GetProperty("Fault").EnumerateArray().ToList();
        Assert.Equal([400, 404], faults.Select(fault => fault.GetProperty("ErrorCode").GetInt32()));
        Assert.Equal($"{ids[1]}", faults[0].GetProperty("ItemValue").GetString());

        var carriers = await visitor.ReadAsync($"mdm/tags/{tag}/devices");
        Assert.Equal(
            ids,
            carriers.GetProperty("Device").EnumerateArray().Select(row => row.GetProperty("DeviceId").GetInt32())
        );
    }

    [Fact]
    public async Task Refuses_more_devices_than_the_bulk_limit()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 20, BulkLimit = 3 });
        var tag = await CreateAsync(visitor, "Low");
        await Visitor.RefusedAsync(
            await visitor.PostAsync($"mdm/tags/{tag}/adddevices", Bulk(1, 2, 3, 4)),
            400,
            6,
            "Devices provided is more than Bulk settings for this action."
        );
    }

    [Fact]
    public async Task Removes_what_it_added_and_deletes_only_what_nobody_carries()
    {
        await using var visitor = await Visitor.ComeAsync();
        var tag = await CreateAsync(visitor, "Low");
        var id = visitor.Host.Fleet.All.First().Id;
        await visitor.PostAsync($"mdm/tags/{tag}/adddevices", Bulk(id));
        using var early = await visitor.SendAsync(visitor.Request($"mdm/tags/{tag}", 1, HttpMethod.Delete));
        Assert.Equal(400, (int)early.StatusCode);
        await visitor.PostAsync($"mdm/tags/{tag}/removedevices", Bulk(id));
        using var late = await visitor.SendAsync(visitor.Request($"mdm/tags/{tag}", 1, HttpMethod.Delete));
        Assert.Equal(200, (int)late.StatusCode);
        await Visitor.RefusedAsync(await visitor.GetAsync($"mdm/tags/{tag}/devices"), 400, 6, "Invalid tag id");
    }

    [Fact]
    public async Task Serves_the_same_tags_by_uuid_in_newer_versions()
    {
        await using var visitor = await Visitor.ComeAsync();
        var group = visitor.Host.OrganizationGroup;
        var body = new { organization_group_uuid = group.Uuid, tag_name = "Medium" };
        using var made = await visitor.PostAsync("mdm/tags", body, 3);
        Assert.Equal(201, (int)made.StatusCode);
        var uuid = (await Visitor.BodyAsync(made)).GetProperty("tag_uuid").GetString();
        using var again = await visitor.PostAsync("mdm/tags", body, 3);
        await Visitor.RefusedAsync(again, 409, 1012, "Tag name: Medium already exists.");

        var device = visitor.Host.Fleet.All.First();
        using var tagged = await visitor.PostAsync($"mdm/tags/{uuid}/devices", Bulk(device.Uuid), 2);
        Assert.Equal(200, (int)tagged.StatusCode);
        var found = await visitor.ReadAsync($"mdm/tags/{uuid}/devices", 2);
        Assert.Equal(device.Id, found.GetProperty("devices")[0].GetProperty("device_id").GetInt32());
        var tags = await visitor.ReadAsync($"mdm/devices/{device.Uuid}/tags");
        Assert.Contains(
            tags.GetProperty("tags").EnumerateArray(),
            tag => tag.GetProperty("name").GetString() == "Medium"
        );
        var v1 = await visitor.ReadAsync($"mdm/tags/search?organizationgroupid={group.Id}&name=Medium");
        Assert.Equal(1, v1.GetProperty("Total").GetInt32());
    }

    private static async Task<int> CreateAsync(Visitor visitor, string name)
    {
        var group = visitor.Host.OrganizationGroup.Id;
        using var response = await visitor.PostAsync(
            "mdm/tags/addtag",
            new
            {
                TagName = name,
                TagAvatar = name,
                TagType = 1,
                LocationGroupId = group,
            }
        );
        return (await Visitor.BodyAsync(response)).GetProperty("Value").GetInt32();
    }
}
