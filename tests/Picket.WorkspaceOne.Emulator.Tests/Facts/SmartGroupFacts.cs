namespace Picket.WorkspaceOne.Emulator.Tests.Facts;

/// <summary>Section 2.10: smart groups.</summary>
public sealed class SmartGroupFacts
{
    [Fact]
    public async Task A_new_one_is_201_with_value_and_uuid()
    {
        await using var visitor = await Visitor.ComeAsync();
        using var response = await visitor.SendAsync("POST", "mdm/smartgroups", new { Name = "New" });
        Assert.Equal(201, (int)response.StatusCode);
        Assert.Equal(["Value", "uuid"], (await Visitor.BodyAsync(response)).Names());
    }

    [Fact]
    public async Task A_new_one_reads_back_with_empty_lists_and_any_ownership()
    {
        await using var visitor = await Visitor.ComeAsync();
        var id = await CreateAsync(visitor);
        var group = await visitor.ReadAsync($"mdm/smartgroups/{id}");
        var lists = group
            .EnumerateObject()
            .Where(member => member.Value.ValueKind == System.Text.Json.JsonValueKind.Array);
        Assert.All(
            lists.Where(list => list.Name != "Ownerships"),
            list => Assert.Equal(0, list.Value.GetArrayLength())
        );
        Assert.Equal("allownerships", group.GetProperty("Ownerships")[0].GetString());
        Assert.Equal("All", group.GetProperty("CriteriaType").GetString());
    }

    [Fact]
    public async Task Changing_and_deleting_are_204()
    {
        await using var visitor = await Visitor.ComeAsync();
        var id = await CreateAsync(visitor);
        using var changed = await visitor.SendAsync("PUT", $"mdm/smartgroups/{id}", new { Name = "Newer" });
        using var deleted = await visitor.SendAsync("DELETE", $"mdm/smartgroups/{id}");
        Assert.Equal(204, (int)changed.StatusCode);
        Assert.Equal(204, (int)deleted.StatusCode);
    }

    [Fact]
    public async Task A_missing_one_is_6_when_read_and_400_when_deleted()
    {
        await using var visitor = await Visitor.ComeAsync();
        const string text = "Smart Group not found with Id: 7 or User does not have access to it.";
        await Visitor.RefusedAsync(await visitor.GetAsync("mdm/smartgroups/7"), 400, 6, text);
        await Visitor.RefusedAsync(await visitor.SendAsync("DELETE", "mdm/smartgroups/7"), 400, 400, text);
    }

    [Fact]
    public async Task Members_have_ids_as_text()
    {
        await using var visitor = await Visitor.ComeAsync();
        var everybody = (await visitor.ReadAsync("mdm/smartgroups/search?name=All Devices")).GetProperty("SmartGroups")[
            0
        ];
        var id = everybody.GetProperty("SmartGroupID").GetInt32();
        var members = (await visitor.ReadAsync($"mdm/smartgroups/{id}/devices")).GetProperty("Devices");
        Assert.Equal(60, members.GetArrayLength());
        Assert.True(int.TryParse(members[0].GetProperty("Id").GetString(), out _));
        var group = await visitor.ReadAsync($"mdm/smartgroups/{id}");
        Assert.True(int.TryParse(group.GetProperty("OrganizationGroups")[0].GetProperty("Id").GetString(), out _));
    }

    private static async Task<int> CreateAsync(Visitor visitor) =>
        (await visitor.ReadAsync("POST", "mdm/smartgroups", new { Name = "New" })).GetProperty("Value").GetInt32();
}
