namespace Picket.WorkspaceOne.Emulator.Tests.Facts;

/// <summary>Section 2.2: organization groups.</summary>
public sealed class GroupFacts
{
    [Fact]
    public async Task Version_1_rows_have_neither_uuid_nor_level()
    {
        await using var visitor = await Visitor.ComeAsync();
        var row = (await visitor.ReadAsync("system/groups/search")).GetProperty("LocationGroups")[0];
        string[] recorded =
        [
            "Name",
            "GroupId",
            "LocationGroupType",
            "Country",
            "Locale",
            "CreatedOn",
            "Users",
            "Admins",
            "Devices",
            "Id",
            "IsCustomerTypeExistInParentHierarchy",
        ];
        Assert.Equal(recorded.Order(), row.Names().Order());
    }

    [Fact]
    public async Task Version_2_rows_have_a_plain_number_as_id()
    {
        await using var visitor = await Visitor.ComeAsync();
        var row = (await visitor.ReadAsync("system/groups/search", 2)).GetProperty("OrganizationGroups")[0];
        Assert.True(row.GetProperty("Id").TryGetInt32(out _));
        Assert.True(row.GetProperty("Uuid").TryGetGuid(out _));
        Assert.True(row.GetProperty("LgLevel").TryGetInt32(out _));
        Assert.Equal("English (United States)", row.GetProperty("Locale").GetString());
    }

    [Fact]
    public async Task The_search_of_version_2_links_over_http_with_the_size_spelled_out()
    {
        await using var visitor = await Visitor.ComeAsync();
        var page = await visitor.ReadAsync("system/groups/search?page=1", 2);
        var links = page.GetProperty("AdditionalInfo").GetProperty("Links").EnumerateArray().ToList();
        Assert.Equal(["self", "prev"], links.Select(link => link.GetProperty("Rel").GetString()));
        Assert.All(
            links,
            link =>
            {
                Assert.StartsWith("http://", link.GetProperty("Href").GetString());
                Assert.EndsWith("pagesize=500", link.GetProperty("Href").GetString());
            }
        );
    }

    [Fact]
    public async Task Past_the_end_of_version_2_the_list_is_empty_and_the_total_full()
    {
        await using var visitor = await Visitor.ComeAsync();
        var page = await visitor.ReadAsync("system/groups/search?page=9", 2);
        Assert.Equal(0, page.GetProperty("OrganizationGroups").GetArrayLength());
        Assert.Equal(36, page.GetProperty("TotalResults").GetInt32());
    }

    [Fact]
    public async Task A_single_group_has_level_0_and_a_uuid()
    {
        await using var visitor = await Visitor.ComeAsync();
        var sales = visitor.Host.Groups.Find("nw-europe-sales")!;
        var group = await visitor.ReadAsync($"system/groups/{sales.Id}");
        Assert.Equal(0, group.GetProperty("LgLevel").GetInt32());
        Assert.Equal(sales.Uuid, group.GetProperty("Uuid").GetGuid());
    }

    [Fact]
    public async Task Children_are_a_bare_array_that_begins_with_the_group_itself()
    {
        await using var visitor = await Visitor.ComeAsync();
        var europe = visitor.Host.Groups.Find("nw-europe")!;
        var rows = (await visitor.ReadAsync($"system/groups/{europe.Id}/children")).EnumerateArray().ToList();
        Assert.Equal(7, rows.Count);
        Assert.Equal(europe.Id, rows[0].GetProperty("Id").GetProperty("Value").GetInt32());
        Assert.Equal([0, 1], rows.Select(row => row.GetProperty("LgLevel").GetInt32()).Distinct());
        Assert.All(
            rows,
            row =>
            {
                Assert.True(
                    row.GetProperty("ParentLocationGroup").GetProperty("Id").GetProperty("Value").GetInt32() > 0
                );
                Assert.Equal("en-US", row.GetProperty("Locale").GetString());
            }
        );
    }

    [Fact]
    public async Task Parents_are_listed_though_no_specification_says_so()
    {
        await using var visitor = await Visitor.ComeAsync();
        var sales = visitor.Host.Groups.Find("nw-europe-sales")!;
        var items = (await visitor.ReadAsync($"system/groups/{sales.Uuid}/parents")).GetProperty("items");
        Assert.Contains(visitor.Host.Groups.Customer.Uuid, items.EnumerateArray().Select(item => item.GetGuid()));
    }

    [Fact]
    public async Task The_date_of_creation_is_American_text()
    {
        await using var visitor = await Visitor.ComeAsync();
        var group = await visitor.ReadAsync($"system/groups/{visitor.Host.Groups.Customer.Id}");
        Assert.Matches(@"^\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d\d:\d\d [AP]M$", group.GetProperty("CreatedOn").GetString());
    }

    [Fact]
    public async Task A_second_delete_is_400_with_the_recorded_text()
    {
        await using var visitor = await Visitor.ComeAsync();
        var top = visitor.Host.Groups.Customer;
        var made = await visitor.ReadAsync("POST", $"system/groups/{top.Id}", new { Name = "Depot" }, 2);
        var uuid = made.GetProperty("Uuid").GetGuid();
        using var first = await visitor.SendAsync("DELETE", $"system/groups/{uuid}", null, 2);
        Assert.Equal(200, (int)first.StatusCode);
        await Visitor.RefusedAsync(
            await visitor.SendAsync("DELETE", $"system/groups/{uuid}", null, 2),
            400,
            400,
            $"Resource's organization group: {uuid} not found or user does not have access to this organization group."
        );
    }
}
