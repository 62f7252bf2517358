namespace Picket.WorkspaceOne.Emulator.Tests.Facts;

/// <summary>Section 1: addresses, versions, headers. Section 2.1: information.</summary>
public sealed class AddressFacts
{
    [Fact]
    public async Task Paths_match_in_any_case()
    {
        await using var visitor = await Visitor.ComeAsync();
        foreach (var path in new[] { "/API/system/info", "/api/system/info", "/Api/System/Info" })
        {
            using var request = visitor.Request("");
            request.RequestUri = new Uri(visitor.Host.Address, path);
            Assert.Equal(200, (int)(await visitor.SendAsync(request)).StatusCode);
        }
    }

    [Fact]
    public async Task Information_names_exactly_five_families()
    {
        await using var visitor = await Visitor.ComeAsync();
        var workspaces = (await visitor.ReadAsync("system/info")).GetProperty("Resources").GetProperty("Workspaces");
        Assert.Equal(
            ["mam", "mcm", "mdm", "mem", "system"],
            workspaces
                .EnumerateArray()
                .Select(workspace => workspace.GetProperty("Location").GetString()!.Split('/')[^1])
                .Order()
        );
    }

    [Fact]
    public async Task Information_has_the_recorded_members()
    {
        await using var visitor = await Visitor.ComeAsync();
        var info = await visitor.ReadAsync("system/info");
        Assert.Superset(
            new HashSet<string> { "ProductName", "ProductCopyright", "ProductVersion", "Version", "Resources" },
            info.Names().ToHashSet()
        );
        Assert.Equal(["Collections", "Workspaces"], info.GetProperty("Resources").Names());
    }

    [Fact]
    public async Task The_answer_tells_the_version_that_served_and_those_of_the_route()
    {
        await using var visitor = await Visitor.ComeAsync();
        using var response = await visitor.GetAsync("mdm/devices/search", 2);
        Assert.Equal("v2", response.Header("X-Api-Version"));
        Assert.Equal("1, 2, 3", response.Header("api-supported-versions"));
    }

    [Fact]
    public async Task A_version_above_the_highest_is_served_by_the_highest()
    {
        await using var visitor = await Visitor.ComeAsync();
        using var response = await visitor.GetAsync($"system/groups/{visitor.Host.Groups.Customer.Id}/children", 2);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("v1", response.Header("X-Api-Version"));
        Assert.Equal("1", response.Header("api-supported-versions"));
    }

    [Fact]
    public async Task Administrators_are_searched_in_two_versions()
    {
        await using var visitor = await Visitor.ComeAsync();
        using var response = await visitor.GetAsync("system/admins/search", 2);
        Assert.Equal("1, 2", response.Header("api-supported-versions"));
    }

    [Fact]
    public async Task One_path_takes_numbers_in_v1_and_uuids_in_v2_and_shows_a_page_for_others()
    {
        await using var visitor = await Visitor.ComeAsync();
        var device = visitor.Host.Fleet.All.First();
        Assert.Equal(200, (int)(await visitor.GetAsync($"mdm/devices/{device.Id}", 1)).StatusCode);
        Assert.Equal(200, (int)(await visitor.GetAsync($"mdm/devices/{device.Uuid}", 2)).StatusCode);
        using var page = await visitor.GetAsync("mdm/devices/not-a-guid", 2);
        Assert.Equal(404, (int)page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Every_answer_carries_the_recorded_headers()
    {
        await using var visitor = await Visitor.ComeAsync();
        foreach (var path in new[] { "system/info", "mdm/devices/search?page=99", "mdm/devices/1", "mdm/nothing" })
        {
            using var response = await visitor.GetAsync(path, 2);
            Assert.True(Guid.TryParse(response.Header("x-correlation-id"), out _), path);
            Assert.NotEmpty(response.Header("x-ratelimit-limit"));
            Assert.NotEmpty(response.Header("x-ratelimit-remaining"));
            Assert.NotEmpty(response.Header("x-ratelimit-reset"));
            Assert.NotEmpty(response.Header("Date"));
            Assert.Equal("nosniff", response.Header("x-content-type-options"));
        }
    }

    [Fact]
    public async Task Deprecated_routes_warn_and_name_what_replaces_them()
    {
        await using var visitor = await Visitor.ComeAsync();
        using var old = await visitor.GetAsync("mdm/tags/search", 1);
        Assert.Contains("version 2", old.Header("X-API-Warning"));
        using var groups = await visitor.GetAsync("system/groups/search", 1);
        Assert.Contains("system/groups/search, version 2", groups.Header("X-API-Warning"));
        using var current = await visitor.GetAsync("system/groups/search", 2);
        Assert.Empty(current.Header("X-API-Warning"));
    }
}
