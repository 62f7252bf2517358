using System.Text.Json;

namespace Picket.WorkspaceOne.Emulator.Tests;

/// <summary>The quirks of the wire that clients must survive.</summary>
public sealed class WireTests
{
    [Theory]
    [InlineData("mdm/devices/search", 2, "v2", "1, 2, 3")]
    [InlineData("mdm/devices/search", 9, "v3", "1, 2, 3")]
    [InlineData("system/groups/570/children", 2, "v1", "1")]
    [InlineData("system/admins/search", 2, "v2", "1, 2")]
    public async Task Serves_the_highest_version_up_to_the_asked_one(string path, int asked, string served, string all)
    {
        await using var visitor = await Visitor.ComeAsync();
        using var response = await visitor.GetAsync(path, asked);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(served, response.Headers.GetValues("X-Api-Version").Single());
        Assert.Equal(all, response.Headers.GetValues("api-supported-versions").Single());
    }

    [Theory]
    [InlineData("application/json; version=2", "v2")]
    [InlineData("*/*", "v1")]
    [InlineData("application/json", "v1")]
    public async Task Reads_the_accept_header_as_clients_write_it(string accept, string served)
    {
        await using var visitor = await Visitor.ComeAsync();
        using var request = visitor.Request("mdm/devices/search");
        request.Headers.Remove("Accept");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await visitor.SendAsync(request);
        Assert.Equal(served, response.Headers.GetValues("X-Api-Version").Single());
    }

    [Theory]
    [InlineData("/api/mdm/devices/search")]
    [InlineData("/API/MDM/Devices/Search/")]
    [InlineData("/API/v2/mdm/devices/search")]
    public async Task Accepts_paths_in_any_case_and_form(string path)
    {
        await using var visitor = await Visitor.ComeAsync();
        using var request = visitor.Request("");
        request.RequestUri = new Uri(visitor.Host.Address, path + "?PageSize=3");
        var body = await Visitor.BodyAsync(await visitor.SendAsync(request));
        Assert.Equal(3, body.GetProperty("Devices").GetArrayLength());
    }

    [Fact]
    public async Task Writes_the_exact_json_type_and_the_day_s_quota()
    {
        await using var visitor = await Visitor.ComeAsync();
        using var response = await visitor.GetAsync("system/info");
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("250000", response.Headers.GetValues("x-ratelimit-limit").Single());
        Assert.Equal("249999", response.Headers.GetValues("x-ratelimit-remaining").Single());
        Assert.True(Guid.TryParse(response.Headers.GetValues("x-correlation-id").Single(), out _));
    }

    [Theory]
    [InlineData("nothing/here", 1)]
    [InlineData("mdm/devices/not-a-guid", 2)]
    [InlineData("mdm/devices/not-a-number", 1)]
    public async Task Answers_unknown_paths_and_ids_that_do_not_parse_with_a_page(string path, int version)
    {
        await using var visitor = await Visitor.ComeAsync();
        using var response = await visitor.GetAsync(path, version);
        Assert.Equal(404, (int)response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Says_nothing_in_the_way_of_each_route()
    {
        await using var visitor = await Visitor.ComeAsync();
        using var devices = await visitor.GetAsync("mdm/devices/search?page=9", 2);
        using var admins = await visitor.GetAsync("system/admins/search?page=9", 2);
        Assert.Equal(204, (int)devices.StatusCode);
        Assert.Null(devices.Content.Headers.ContentType);
        Assert.Equal(204, (int)admins.StatusCode);

        var groups = await visitor.ReadAsync("system/groups/search?page=9", 2);
        Assert.Equal(0, groups.GetProperty("OrganizationGroups").GetArrayLength());
        Assert.Equal(36, groups.GetProperty("TotalResults").GetInt32());
    }

    [Fact]
    public async Task Cuts_pages_to_500_and_repeats_the_total()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 1203 });
        var sizes = new List<int>();
        for (var page = 0; page < 3; page++)
        {
            var body = await visitor.ReadAsync($"mdm/devices/search?page={page}&pagesize=9999", 2);
            sizes.Add(body.GetProperty("Devices").GetArrayLength());
            Assert.Equal(1203, body.GetProperty("Total").GetInt32());
            Assert.Equal(500, body.GetProperty("PageSize").GetInt32());
        }

        Assert.Equal([500, 500, 203], sizes);
    }

    [Fact]
    public async Task Leaves_out_what_is_null_and_writes_enums_as_numbers()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 500 });
        var rows = (await visitor.ReadAsync("mdm/devices/search", 2)).GetProperty("Devices").EnumerateArray().ToList();
        Assert.Contains(rows, row => !row.TryGetProperty("CompromisedStatus", out _));
        Assert.All(rows, row => Assert.Equal(1, row.GetProperty("ManagedBy").GetInt32()));
        Assert.All(
            rows,
            row => Assert.DoesNotContain(row.EnumerateObject(), field => field.Value.ValueKind == JsonValueKind.Null)
        );
        Assert.All(rows, row => Assert.False(row.GetProperty("PlatformId").TryGetProperty("Uuid", out _)));
        Assert.Contains(rows, row => row.GetProperty("LastSeen").GetString() == "0001-01-01T00:00:00.000");
        Assert.InRange(rows[0].EnumerateObject().Count(), 50, 70);
    }

    [Fact]
    public async Task Counts_levels_from_the_asked_group_and_never_omits_the_parent()
    {
        await using var visitor = await Visitor.ComeAsync();
        var region = visitor.Host.Groups.Find("nw-europe")!;
        var rows = (await visitor.ReadAsync($"system/groups/{region.Id}/children")).EnumerateArray().ToList();
        Assert.Equal(7, rows.Count);
        Assert.Equal(region.Id, rows[0].GetProperty("Id").GetProperty("Value").GetInt32());
        Assert.Equal([0, 1, 1, 1, 1, 1, 1], rows.Select(row => row.GetProperty("LgLevel").GetInt32()));
        Assert.All(
            rows,
            row => row.GetProperty("ParentLocationGroup").GetProperty("Id").GetProperty("Value").GetInt32()
        );
        Assert.All(rows, row => Assert.Equal(JsonValueKind.String, row.GetProperty("Devices").ValueKind));
    }

    [Fact]
    public async Task Pages_members_of_user_groups_from_one()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 4000 });
        var groups = (await visitor.ReadAsync("system/usergroups/search")).GetProperty("UserGroup");
        var group = groups.EnumerateArray().First(row => row.GetProperty("UserCount").GetInt32() > 100);
        var uuid = group.GetProperty("UserGroupUuid").GetString();
        var first = await visitor.ReadAsync($"system/user-groups/{uuid}/members");
        var second = await visitor.ReadAsync($"system/user-groups/{uuid}/members?page=2");
        Assert.Equal(1, first.GetProperty("PageNumber").GetInt32());
        Assert.Equal(100, first.GetProperty("UsersList").GetArrayLength());
        Assert.NotEqual(first.GetProperty("UsersList")[0].ToString(), second.GetProperty("UsersList")[0].ToString());
    }

    [Fact]
    public async Task Compresses_for_those_who_ask()
    {
        await using var visitor = await Visitor.ComeAsync();
        using var request = visitor.Request("mdm/devices/search", 2);
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        using var response = await visitor.SendAsync(request);
        Assert.Equal("gzip", response.Content.Headers.ContentEncoding.Single());
    }

    [Fact]
    public async Task Tells_the_hardware_identifier_in_v3_only()
    {
        await using var visitor = await Visitor.ComeAsync();
        var row = (await visitor.ReadAsync("mdm/devices/search?device_type=APPLE", 3)).GetProperty("devices")[0];
        Assert.Matches("^i(Phone|Pad)[0-9]+,[0-9]+$", row.GetProperty("model_identifier").GetString());
        Assert.Equal(JsonValueKind.Object, row.GetProperty("Id").ValueKind);
    }

    [Fact]
    public async Task Answers_a_missing_app_with_401_and_7000()
    {
        await using var visitor = await Visitor.ComeAsync();
        using var response = await visitor.GetAsync("mam/apps/internal/1");
        Assert.Equal(401, (int)response.StatusCode);
        Assert.Equal(7000, (await Visitor.BodyAsync(response)).GetProperty("errorCode").GetInt32());
    }

    [Fact]
    public async Task Finds_a_device_by_serial_number_under_any_spelling_of_the_query()
    {
        await using var visitor = await Visitor.ComeAsync();
        var device = visitor.Host.Fleet.All.ElementAt(7);
        var found = await visitor.ReadAsync($"mdm/devices?searchBy=Serialnumber&ID={device.SerialNumber}");
        Assert.Equal(device.Id, found.GetProperty("Id").GetProperty("Value").GetInt32());
    }

    [Fact]
    public async Task Marks_the_organizations_own_apps_as_assigned()
    {
        await using var visitor = await Visitor.ComeAsync();
        var device = visitor.Host.Fleet.All.First(candidate => candidate is { IsEnrolled: true, Ownership: "C" });
        var apps = await visitor.ReadAsync($"mdm/devices/{device.Uuid}/apps/search");
        var rows = apps.GetProperty("app_items").EnumerateArray().ToList();
        Assert.Equal(apps.GetProperty("TotalResults").GetInt32(), rows.Count);
        Assert.All(rows, row => Assert.Equal("Installed", row.GetProperty("installed_status").GetString()));
        var assigned = rows.Select(row => row.GetProperty("assignment_status").GetString()).Distinct().Order();
        Assert.Equal(["Assigned", "NotAssigned"], assigned);
    }

    [Fact]
    public async Task Lists_only_what_was_seen_since()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 1000 });
        var all = await visitor.ReadAsync("mdm/devices/search", 2);
        var recent = await visitor.ReadAsync("mdm/devices/search?seen_since=2026-11-10", 2);
        Assert.InRange(recent.GetProperty("Total").GetInt32(), 900, all.GetProperty("Total").GetInt32() - 20);
    }
}
