using System.Text.RegularExpressions;

namespace Picket.WorkspaceOne.Emulator.Tests.Facts;

/// <summary>Section 2.0: conventions.</summary>
public sealed partial class ConventionFacts
{
    [Fact]
    public async Task A_page_holds_500_unless_asked_and_never_more()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 520 });
        foreach (var path in new[] { "mdm/devices/search", "mdm/devices/search?pagesize=9999" })
        {
            var page = await visitor.ReadAsync(path);
            Assert.Equal(500, page.GetProperty("PageSize").GetInt32());
            Assert.Equal(500, page.GetProperty("Devices").GetArrayLength());
        }
    }

    [Fact]
    public async Task Searches_tell_page_size_and_total_on_each_page()
    {
        await using var visitor = await Visitor.ComeAsync();
        var last = await visitor.ReadAsync("mdm/devices/search?page=2&pagesize=25");
        Assert.Equal(["Devices", "Page", "PageSize", "Total"], last.Names());
        Assert.Equal(10, last.GetProperty("Devices").GetArrayLength());
        Assert.Equal(60, last.GetProperty("Total").GetInt32());
    }

    [Theory]
    [InlineData("mdm/devices/search?page=99", 2)]
    [InlineData("system/admins/search?page=99", 2)]
    [InlineData("mam/apps/purchased/search?bundleid=none", 1)]
    [InlineData("mdm/profiles/search?organizationgroupid=577", 1)]
    public async Task Nothing_found_is_204_without_body_and_type(string path, int version)
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 60, Role = "Console Administrator" });
        using var response = await visitor.GetAsync(path, version);
        Assert.Equal(204, (int)response.StatusCode);
        Assert.Null(response.Content.Headers.ContentType);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_empty_fleet_is_204()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 0 });
        Assert.Equal(204, (int)(await visitor.GetAsync("mdm/devices/search", 2)).StatusCode);
    }

    [Fact]
    public async Task Ids_are_objects_with_a_value_and_references_may_lack_a_part()
    {
        await using var visitor = await Visitor.ComeAsync();
        var device = (await visitor.ReadAsync("mdm/devices/search")).GetProperty("Devices")[0];
        Assert.Equal(["Value"], device.GetProperty("Id").Names());
        Assert.Equal(["Id", "Name", "Uuid"], device.GetProperty("LocationGroupId").Names());
        Assert.Equal(["Id", "Name"], device.GetProperty("PlatformId").Names());
        Assert.Equal(["Id", "Name"], device.GetProperty("ModelId").Names());
        var children = await visitor.ReadAsync($"system/groups/{visitor.Host.Groups.Customer.Id}/children");
        Assert.Equal(["Id", "Uuid"], children[1].GetProperty("ParentLocationGroup").Names());
    }

    [Fact]
    public async Task A_location_group_is_text_a_reference_or_a_number()
    {
        await using var visitor = await Visitor.ComeAsync();
        var id = visitor.Host.Groups.Customer.Id;
        var admin = (await visitor.ReadAsync("system/admins/search")).GetProperty("Admins")[0];
        var app = (await visitor.ReadAsync("mam/apps/search")).GetProperty("Application")[0];
        var device = (await visitor.ReadAsync("mdm/devices/search")).GetProperty("Devices")[0];
        Assert.Equal($"{id}", admin.GetProperty("LocationGroupId").GetString());
        Assert.Equal(id, app.GetProperty("LocationGroupId").GetInt32());
        Assert.True(device.GetProperty("LocationGroupId").GetProperty("Id").GetProperty("Value").GetInt32() > 0);
    }

    [Fact]
    public async Task Null_fields_are_left_out()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 400 });
        var never = visitor.Host.Fleet.All.First(device => device.Compromised is null);
        Assert.DoesNotContain("CompromisedStatus", (await visitor.ReadAsync($"mdm/devices/{never.Id}")).Names());
        var asked = visitor.Host.Fleet.All.First(device => device.Compromised is false);
        Assert.False(
            (await visitor.ReadAsync($"mdm/devices/{asked.Id}")).GetProperty("CompromisedStatus").GetBoolean()
        );
    }

    [Fact]
    public async Task Unknown_texts_are_empty()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 400 });
        var device = visitor.Host.Fleet.All.First(one => one.Imei.Length == 0 && one.PlatformId != 5);
        var row = await visitor.ReadAsync($"mdm/devices/{device.Id}");
        foreach (var name in new[] { "Imei", "PhoneNumber", "AssetNumber", "WifiSsid" })
        {
            Assert.Equal("", row.GetProperty(name).GetString());
        }

        Assert.Empty(row.GetProperty("EasIds").Names());
        Assert.EndsWith("%", row.GetProperty("BatteryLevel").GetString());
        var android = visitor.Host.Fleet.All.First(one => one.PlatformId == 5);
        Assert.Equal(
            "<unknown ssid>",
            (await visitor.ReadAsync($"mdm/devices/{android.Id}")).GetProperty("WifiSsid").GetString()
        );
    }

    [Fact]
    public async Task Dates_have_milliseconds_and_no_zone_and_never_is_the_year_1()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 400 });
        var device = visitor.Host.Fleet.All.First(one => one.EnrollmentStatus == "Registered");
        var row = await visitor.ReadAsync($"mdm/devices/{device.Id}");
        Assert.Equal("0001-01-01T00:00:00.000", row.GetProperty("LastEnrolledOn").GetString());
        var other = await visitor.ReadAsync($"mdm/devices/{visitor.Host.Fleet.All.First(one => one.IsEnrolled).Id}");
        Assert.Matches(Zoneless(), other.GetProperty("LastSeen").GetString());
    }

    [Fact]
    public async Task Newer_routes_write_the_zone_of_dates()
    {
        await using var visitor = await Visitor.ComeAsync();
        var device = visitor.Host.Fleet.All.First();
        var details = await visitor.ReadAsync($"mdm/devices/{device.Uuid}", 2);
        Assert.EndsWith("Z", details.GetProperty("enrollmentInfo").GetProperty("enrollmentTimestamp").GetString());
        var app = (await visitor.ReadAsync("mam/apps/search", 2)).GetProperty("applications")[0].GetProperty("uuid");
        var rules = await visitor.ReadAsync($"mam/apps/{app.GetString()}/assignment-rules", 2);
        var distribution = rules.GetProperty("assignments")[0].GetProperty("distribution");
        Assert.EndsWith("Z", distribution.GetProperty("effective_date").GetString());
    }

    [Fact]
    public async Task Counts_of_groups_and_users_are_text()
    {
        await using var visitor = await Visitor.ComeAsync();
        var group = await visitor.ReadAsync($"system/groups/{visitor.Host.Groups.Customer.Id}");
        Assert.Equal("60", group.GetProperty("Devices").GetString());
        Assert.True(int.TryParse(group.GetProperty("Users").GetString(), out _));
        Assert.True(int.TryParse(group.GetProperty("Admins").GetString(), out _));
        var user = (await visitor.ReadAsync("system/users/search?pagesize=1")).GetProperty("Users")[0];
        Assert.True(int.TryParse(user.GetProperty("EnrolledDevicesCount").GetString(), out _));
    }

    [Fact]
    public async Task Enums_are_numbers_in_rows_and_names_in_details_of_version_2()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 60, Role = "Console Administrator" });
        var device = visitor.Host.Fleet.All.First(one => one.IsEnrolled && one.Ownership == "E");
        var row = await visitor.ReadAsync($"mdm/devices/{device.Id}");
        Assert.Equal(1, row.GetProperty("ManagedBy").GetInt32());
        Assert.Equal(0, row.GetProperty("DepTokenSource").GetInt32());
        var profiles = await visitor.ReadAsync($"mdm/devices/{device.Id}/profiles");
        Assert.True(profiles.GetProperty("DeviceProfiles")[0].GetProperty("Status").TryGetInt32(out _));
        var app = (await visitor.ReadAsync("mam/apps/search")).GetProperty("Application")[0];
        Assert.Equal(0, app.GetProperty("PushMode").GetInt32());
        Assert.True(app.GetProperty("Platform").TryGetInt32(out _));
        var details = (await visitor.ReadAsync($"mdm/devices/{device.Uuid}", 2)).GetProperty("enrollmentInfo");
        Assert.Equal("ENROLLED", details.GetProperty("enrollmentStatus").GetString());
        Assert.Equal("EMPLOYEE", details.GetProperty("ownership").GetString());
        Assert.Equal("MDM", details.GetProperty("managedBy").GetString());
    }

    [Fact]
    public async Task Ownership_is_a_letter_and_hardware_addresses_have_no_separators()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 400 });
        var rows = (await visitor.ReadAsync("mdm/devices/search")).GetProperty("Devices").EnumerateArray().ToList();
        Assert.Equal(
            ["C", "E", "S", "Undefined"],
            rows.Select(row => row.GetProperty("Ownership").GetString()).Distinct().Order()
        );
        Assert.All(rows, row => Assert.Matches("^[0-9A-Fa-f]{12}$", row.GetProperty("MacAddress").GetString()));
    }

    [Fact]
    public async Task Platform_numbers_are_2_and_5_and_10_and_12()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 400 });
        var rows = (await visitor.ReadAsync("mdm/devices/search")).GetProperty("Devices").EnumerateArray();
        var pairs = rows.Select(row =>
                (
                    row.GetProperty("PlatformId").GetProperty("Id").GetProperty("Value").GetInt32(),
                    row.GetProperty("Platform").GetString()
                )
            )
            .Distinct()
            .Order();
        Assert.Equal([(2, "Apple"), (5, "Android"), (10, "AppleOsX"), (12, "WinRT")], pairs);
    }

    [Fact]
    public async Task Capacity_is_in_bytes()
    {
        await using var visitor = await Visitor.ComeAsync();
        var device = visitor.Host.Fleet.All.First(one => one.PlatformId == 2);
        var row = await visitor.ReadAsync($"mdm/devices/{device.Id}");
        Assert.InRange(row.GetProperty("DeviceCapacity").GetDouble(), 8e9, 2e12);
    }

    [Fact]
    public async Task Casing_differs_by_version()
    {
        await using var visitor = await Visitor.ComeAsync();
        var v1 = (await visitor.ReadAsync("mdm/devices/search", 1)).GetProperty("Devices")[0];
        Assert.Contains("SerialNumber", v1.Names());
        var v3 = (await visitor.ReadAsync("mdm/devices/search", 3)).GetProperty("devices")[0];
        Assert.Superset(new HashSet<string> { "Id", "Uuid", "serial_number" }, v3.Names().ToHashSet());
        var admin = (await visitor.ReadAsync("system/admins/search", 2)).GetProperty("admins")[0];
        Assert.Superset(new HashSet<string> { "firstName", "LocationGroup" }, admin.Names().ToHashSet());
        var details = await visitor.ReadAsync($"mdm/devices/{visitor.Host.Fleet.All.First().Uuid}", 2);
        Assert.Superset(new HashSet<string> { "friendlyName", "Links", "OSBuildVersion" }, details.Names().ToHashSet());
    }

    [Fact]
    public async Task Errors_have_code_text_and_activity_in_lower_camel()
    {
        await using var visitor = await Visitor.ComeAsync();
        using var response = await visitor.GetAsync("mdm/devices/search?lgid=1");
        var body = await Visitor.BodyAsync(response);
        Assert.Equal(["errorCode", "message", "activityId"], body.Names());
        Assert.True(body.GetProperty("errorCode").TryGetInt32(out _));
        Assert.NotEmpty(body.GetProperty("message").GetString()!);
        Assert.True(body.GetProperty("activityId").TryGetGuid(out _));
    }

    [Theory]
    [InlineData("nothing/here", 1)]
    [InlineData("mdm/devices/abc", 1)]
    [InlineData("mdm/devices/12", 2)]
    [InlineData("system/groups/abc", 1)]
    public async Task Unknown_routes_and_ids_that_do_not_parse_get_a_page(string path, int version)
    {
        await using var visitor = await Visitor.ComeAsync();
        using var response = await visitor.GetAsync(path, version);
        Assert.Equal(404, (int)response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_crash_is_500_with_1000()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 5, Role = "Console Administrator" });
        using var response = await visitor.GetAsync($"mdm/scripts/{Guid.NewGuid()}");
        await Visitor.RefusedAsync(response, 500, 1000, "Internal Server Error");
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$")]
    private static partial Regex Zoneless();
}
