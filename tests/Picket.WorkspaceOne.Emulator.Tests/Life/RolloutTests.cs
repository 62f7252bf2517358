using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Apps;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Tests.Facts;

namespace Picket.WorkspaceOne.Emulator.Tests.Life;

/// <summary>Devices take what is assigned to them, in their own time.</summary>
public sealed class RolloutTests
{
    private const string Bundle = "com.example.guard";

    [Fact]
    public async Task A_device_takes_an_app_with_its_next_report_and_tells_of_it_everywhere()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        var device = visitor.Host.Reporting(DevicePlatform.Android);
        var (_, uuid) = await AddAsync(visitor);

        await AssignAsync(visitor, uuid, "All Android");

        var before = await RowAsync(visitor, uuid, device);
        Assert.Equal(
            ("Assigned", "NotInstalled", "InstallCommandReadyForDevice"),
            (Text(before, "assignment_status"), Text(before, "installed_status"), Text(before, "last_action_taken"))
        );
        Assert.DoesNotContain(Bundle, await AppsAsync(visitor, device));
        visitor.Host.WaitForCheckIn();
        var after = await RowAsync(visitor, uuid, device);
        Assert.Equal(
            ("Installed", "InstallCommandDispatched"),
            (Text(after, "installed_status"), Text(after, "last_action_taken"))
        );
        Assert.Contains(Bundle, await AppsAsync(visitor, device));
    }

    [Fact]
    public async Task Who_does_not_report_or_asks_for_it_only_on_demand_has_no_app()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen with { Devices = 200 });
        var silent = visitor.Host.Fleet.All.First(one =>
            one is { IsEnrolled: true, SilentSince: not null, PlatformId: 5 }
        );
        var (_, uuid) = await AddAsync(visitor);
        var (_, onDemand) = await AddAsync(visitor, "com.example.other");

        await AssignAsync(visitor, uuid, "All Android");
        await AssignAsync(visitor, onDemand, "All Android", "ON_DEMAND");
        visitor.Host.WaitForCheckIn();

        Assert.Equal("NotInstalled", Text(await RowAsync(visitor, uuid, silent), "installed_status"));
        var all = await visitor.ReadAsync($"mam/apps/{onDemand}/devices?isinstalled=true");
        Assert.Equal(0, all.GetProperty("TotalResults").GetInt32());
    }

    [Fact]
    public async Task Fails_where_it_is_told_to_and_goes_well_again()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen with { Devices = 200 });
        var (_, uuid) = await AddAsync(visitor);
        visitor.Host.FailInstalls(new InstallFailures(Bundle, 0.5, [], "Not enough space"));
        await AssignAsync(visitor, uuid, "All Android");
        visitor.Host.WaitForCheckIn();

        var rows = await RowsAsync(visitor, uuid);
        var failed = rows.Where(row => Text(row, "last_action_taken") == "Failed").ToList();
        var installed = rows.Count(row => Text(row, "installed_status") == "Installed");
        Assert.All(failed, row => Assert.Equal("Not enough space", Text(row, "latest_app_reason")));
        Assert.InRange((double)failed.Count / (failed.Count + installed), 0.3, 0.7);
        var saved = visitor.Host.SaveState();
        visitor.Host.FailInstalls(new InstallFailures(Bundle, 0, [], ""));
        Assert.Equal(failed.Count + installed, await InstalledAsync(visitor, uuid));
        visitor.Host.LoadState(saved);
        Assert.Equal(installed, await InstalledAsync(visitor, uuid));
    }

    [Fact]
    public async Task Is_gone_when_it_is_assigned_no_more_and_stays_where_the_list_only_grew()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        var device = visitor.Host.Reporting(DevicePlatform.Android);
        var (id, uuid) = await AddAsync(visitor);
        await AssignAsync(visitor, uuid, "All Android");
        visitor.Host.WaitForCheckIn();
        var path = $"mam/apps/{uuid}/assignment-rules";

        // Read and written back with something that nobody knows.
        var read = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(await visitor.ReadAsync(path, 2))!;
        read["application_msi_deployment_params"] = JsonSerializer.SerializeToElement(new { device_restart = 1 });
        Assert.Equal(202, (int)(await visitor.SendAsync("PUT", path, read, 2)).StatusCode);

        Assert.Equal("Installed", Text(await RowAsync(visitor, uuid, device), "installed_status"));
        var back = await visitor.ReadAsync(path, 2);
        Assert.Equal(1, back.GetProperty("application_msi_deployment_params").GetProperty("device_restart").GetInt32());
        await visitor.SendAsync("PUT", path, new { }, 2);
        Assert.DoesNotContain(Bundle, await AppsAsync(visitor, device));
        Assert.NotEqual(0, id);
    }

    [Fact]
    public async Task Somebody_who_takes_the_app_off_is_told_apart_from_who_never_had_it()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        var device = visitor.Host.Reporting(DevicePlatform.Android);
        var (_, uuid) = await AddAsync(visitor);
        await AssignAsync(visitor, uuid, "All Android");
        visitor.Host.WaitForCheckIn();

        visitor.Host.Fleet.Change(device.Id, had => had with { RemovedApps = [Bundle] });

        var row = await RowAsync(visitor, uuid, device);
        Assert.Equal(
            ("NotInstalled", "ManagedButUninstalled"),
            (Text(row, "installed_status"), Text(row, "last_action_taken"))
        );
    }

    [Fact]
    public async Task Licences_bound_how_many_devices_take_a_purchased_app()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen with { Devices = 300 });
        var row = (await visitor.ReadAsync("mam/apps/purchased/search")).GetProperty("Application")[0];
        var id = row.GetProperty("Id").GetProperty("Value").GetInt32();
        var uuid = row.GetProperty("Uuid").GetGuid();
        var before = await InstalledAsync(visitor, uuid);
        var give = new { Assignments = new[] { new { SmartGroupId = 30_014, Allocated = 5 } } };

        await visitor.PostAsync($"mam/apps/purchased/{id}/assignment", give);
        visitor.Host.WaitForCheckIn();

        Assert.InRange(await InstalledAsync(visitor, uuid) - before, 0, 5);
        var details = await visitor.ReadAsync($"mam/apps/purchased/{uuid}", 2);
        Assert.Equal(5, details.GetProperty("assignments")[0].GetProperty("allocated").GetInt32());
    }

    /// <summary>Who is in a group is answered in two ways: by listing all, and for one device.</summary>
    [Fact]
    public async Task Exactly_those_install_it_that_it_is_assigned_to_and_that_report()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen with { Devices = 300 });
        var androids = visitor.Host.Fleet.All.Where(one => one is { IsEnrolled: true, PlatformId: 5 }).ToList();
        var named = androids.Take(9).Select(one => new { Id = $"{one.Id}" }).ToArray();
        await GroupAsync(
            visitor,
            new
            {
                Name = "Named",
                CriteriaType = "UserDevice",
                DeviceAdditions = named,
            }
        );
        await GroupAsync(
            visitor,
            new
            {
                Name = "Ruled",
                Ownerships = new[] { "CorporateDedicated", "EmployeeOwned" },
                Platforms = new[] { "Android", "Apple" },
                DeviceExclusions = androids.Skip(20).Take(30).Select(one => new { Id = $"{one.Id}" }).ToArray(),
                DeviceAdditions = named,
            }
        );

        foreach (var group in new[] { "Named", "Ruled" })
        {
            var (_, uuid) = await AddAsync(visitor, $"com.example.{group}");
            await AssignAsync(visitor, uuid, group);
            visitor.Host.WaitForCheckIn();
            var rows = await RowsAsync(visitor, uuid);
            Assert.NotEmpty(rows);
            Assert.All(
                rows,
                row =>
                    Assert.Equal(
                        visitor.Host.Fleet.ById(row.GetProperty("device_id").GetInt32())!.SilentSince is null,
                        Text(row, "installed_status") == "Installed"
                    )
            );
        }
    }

    [Theory]
    [InlineData("", "STRING", "x", "Enter valid app config keys.")]
    [InlineData("Port", "INTEGER", "many", "Incorrect app config value provided for the given type.")]
    [InlineData("On", "BOOLEAN", "perhaps", "Incorrect app config value provided for the given type.")]
    public async Task Refuses_a_configuration_that_is_none(string key, string type, string value, string message)
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        var (_, uuid) = await AddAsync(visitor);
        var rule = await RuleAsync(visitor, "All Android", "AUTO", (key, type, value));

        var refused = await visitor.SendAsync(
            "PUT",
            $"mam/apps/{uuid}/assignment-rules",
            new { assignments = new[] { rule } },
            2
        );

        await Visitor.RefusedAsync(refused, 400, 6, message);
    }

    private static async Task GroupAsync(Visitor visitor, object group) =>
        Assert.Equal(201, (int)(await visitor.PostAsync("mdm/smartgroups", group)).StatusCode);

    private static async Task<(int Id, Guid Uuid)> AddAsync(Visitor visitor, string bundle = Bundle)
    {
        var body = new
        {
            ApplicationName = "Guard",
            BundleId = bundle,
            Platform = 5,
        };
        var made = await visitor.ReadAsync("POST", "mam/apps/public", body);
        return (made.GetProperty("Id").GetProperty("Value").GetInt32(), made.GetProperty("Uuid").GetGuid());
    }

    private static async Task AssignAsync(Visitor visitor, Guid app, string group, string delivery = "AUTO")
    {
        var rule = await RuleAsync(visitor, group, delivery, ("DeviceId", "STRING", "{DeviceUid}"));
        var put = await visitor.SendAsync(
            "PUT",
            $"mam/apps/{app}/assignment-rules",
            new { assignments = new[] { rule } },
            2
        );
        Assert.Equal(202, (int)put.StatusCode);
    }

    private static async Task<object> RuleAsync(
        Visitor visitor,
        string group,
        string delivery,
        (string Key, string Type, string Value) setting
    )
    {
        var found = (await visitor.ReadAsync($"mdm/smartgroups/search?name={group}")).GetProperty("SmartGroups")[0];
        return new
        {
            priority = 0,
            distribution = new
            {
                smart_groups = new[] { found.GetProperty("SmartGroupUuid").GetGuid() },
                app_delivery_method = delivery,
            },
            application_configuration = new[]
            {
                new
                {
                    key = setting.Key,
                    type = setting.Type,
                    value = setting.Value,
                },
            },
        };
    }

    private static async Task<List<JsonElement>> RowsAsync(Visitor visitor, Guid app) =>
        [.. (await visitor.ReadAsync($"mam/apps/{app}/devices")).GetProperty("devices").EnumerateArray()];

    private static async Task<JsonElement> RowAsync(Visitor visitor, Guid app, Device device) =>
        (await RowsAsync(visitor, app)).Single(row => row.GetProperty("device_id").GetInt32() == device.Id);

    private static async Task<int> InstalledAsync(Visitor visitor, Guid app) =>
        (await RowsAsync(visitor, app)).Count(row => Text(row, "installed_status") == "Installed");

    private static async Task<List<string?>> AppsAsync(Visitor visitor, Device device) =>
        [
            .. (await visitor.ReadAsync($"mdm/devices/{device.Uuid}/apps/search"))
                .GetProperty("app_items")
                .EnumerateArray()
                .Select(app => app.GetProperty("bundle_id").GetString()),
        ];

    private static string? Text(JsonElement row, string name) => row.GetProperty(name).GetString();
}
