using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Commands;
using Picket.WorkspaceOne.Emulator.Tests.Facts;

namespace Picket.WorkspaceOne.Emulator.Tests.Life;

/// <summary>What other programs may do to the server: only when it was asked for, and only with its token.</summary>
public sealed class ControlApiTests
{
    [Fact]
    public async Task Is_not_there_unless_asked_for()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen with { Control = false });
        foreach (var path in new[] { "/_emulator/state", "/emulator/control/state" })
        {
            using var answer = await visitor.SendAsync(Control(visitor, path, HttpMethod.Get));
            Assert.Equal(404, (int)answer.StatusCode);
        }
    }

    [Fact]
    public async Task Wants_the_token_of_this_start()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        await using var other = await Visitor.ComeAsync(Scene.Frozen);
        Assert.NotEqual(other.Host.Credentials.ControlToken, visitor.Host.Credentials.ControlToken);
        using var stranger = Control(visitor, "/_emulator/saved", HttpMethod.Get);
        stranger.Headers.Authorization = new AuthenticationHeaderValue("Bearer", other.Host.Credentials.ControlToken);
        Assert.Equal(403, (int)(await visitor.SendAsync(stranger)).StatusCode);
        using var nobody = Control(visitor, "/_emulator/saved", HttpMethod.Get);
        nobody.Headers.Authorization = null;
        Assert.Equal(403, (int)(await visitor.SendAsync(nobody)).StatusCode);
    }

    [Fact]
    public async Task Makes_device_17_compromised_and_steps_the_clock()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen with { Devices = 200 });
        var place = visitor
            .Host.Fleet.All.ToList()
            .FindIndex(device => device is { IsEnrolled: true, Compromised: false });
        var made = await ControlAsync(visitor, "happen", new { device = place + 1, what = "compromised" });
        var id = made.GetProperty("id").GetInt32();
        Assert.True((await visitor.ReadAsync($"mdm/devices/{id}")).GetProperty("CompromisedStatus").GetBoolean());
        var clock = await ControlAsync(visitor, "clock/step", new { seconds = 60 });
        Assert.Equal(Scene.Noon.AddMinutes(1), clock.GetProperty("now").GetDateTimeOffset());
        var row = await visitor.ReadAsync($"mdm/devices/{id}");
        Assert.Equal("NonCompliant", row.GetProperty("ComplianceStatus").GetString());
    }

    [Fact]
    public async Task Lets_installs_fail_and_tells_what_an_app_was_configured_with()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        var device = visitor.Host.Reporting(Emulator.Fleet.DevicePlatform.Android);
        var app = await visitor.ReadAsync(
            "POST",
            "mam/apps/public",
            new { BundleId = "com.example.guard", Platform = 5 }
        );
        var group = (await visitor.ReadAsync("mdm/smartgroups/search?name=All Android")).GetProperty("SmartGroups")[0];
        var rule = new
        {
            priority = 0,
            distribution = new
            {
                smart_groups = new[] { group.GetProperty("SmartGroupUuid").GetGuid() },
                app_delivery_method = "AUTO",
            },
            application_configuration = new[]
            {
                new
                {
                    key = "DeviceId",
                    type = "STRING",
                    value = "id-{DeviceUid}",
                },
            },
        };
        var path = $"mam/apps/{app.GetProperty("Uuid").GetGuid()}/assignment-rules";
        await visitor.SendAsync("PUT", path, new { assignments = new[] { rule } }, 2);
        visitor.Host.WaitForCheckIn();

        using var asked = Control(visitor, $"/_emulator/app-configurations/{device.Id}", HttpMethod.Get);
        using var told = await visitor.SendAsync(asked);
        var values = (await told.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken))[0]
            .GetProperty("values");
        Assert.Equal($"id-{device.Udid}", values.GetProperty("DeviceId").GetString());

        using var fail = Control(visitor, "/_emulator/app-failures", HttpMethod.Put);
        fail.Content = JsonContent.Create(new { bundleId = "com.example.guard", devices = new[] { device.Id } });
        Assert.Equal(200, (int)(await visitor.SendAsync(fail)).StatusCode);
        using var again = Control(visitor, $"/_emulator/app-configurations/{device.Id}", HttpMethod.Get);
        using var nothing = await visitor.SendAsync(again);
        Assert.Equal(
            0,
            (
                await nothing.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)
            ).GetArrayLength()
        );
    }

    [Fact]
    public async Task Makes_all_of_it_happen()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        var device = visitor.Host.Reporting();
        await ControlAsync(
            visitor,
            "happen",
            new
            {
                device = device.Id,
                what = "installs",
                with = "org.example.spy",
            }
        );
        await ControlAsync(visitor, "happen", new { device = device.Uuid, what = "falls silent" });
        visitor.Host.Clock.Step(TimeSpan.FromDays(1));
        await ControlAsync(visitor, "happen", new { device = device.SerialNumber, what = "reports again" });
        await ControlAsync(
            visitor,
            "happen",
            new
            {
                device = device.Id,
                what = "moves",
                with = "nw-africa",
            }
        );
        var row = await visitor.ReadAsync($"mdm/devices/{device.Id}");
        Assert.Equal("Africa", row.GetProperty("LocationGroupName").GetString());
        Assert.StartsWith("2026-11-21T12:00:00", row.GetProperty("LastSeen").GetString());
        Assert.Contains("org.example.spy", (await visitor.ReadAsync($"mdm/devices/{device.Id}/apps")).ToString());

        await ControlAsync(visitor, "happen", new { device = device.Id, what = "unenrolls" });
        Assert.Equal("Unenrolled", await visitor.StatusAsync(device));
        await ControlAsync(visitor, "happen", new { device = device.Id, what = "enrolls" });
        Assert.Equal("Enrolled", await visitor.StatusAsync(device));
        await ControlAsync(visitor, "happen", new { device = device.Id, what = "deleted" });
        Assert.Equal(404, (int)(await visitor.GetAsync($"mdm/devices/{device.Id}")).StatusCode);
    }

    [Fact]
    public async Task Says_what_can_happen_when_asked_for_something_else()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        using var answer = await visitor.SendAsync(
            Control(visitor, "/_emulator/happen", HttpMethod.Post, new { device = 1, what = "explodes" })
        );
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains("compromised", (await Visitor.BodyAsync(answer)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_loaded_state_gives_the_same_answers()
    {
        await using var first = await Visitor.ComeAsync(Scene.Frozen with { Devices = 300 });
        await LiveABitAsync(first);
        var file = Path.GetTempFileName();
        try
        {
            var saved = await ControlAsync(first, "saved", null);
            await File.WriteAllTextAsync(file, saved.GetRawText(), TestContext.Current.CancellationToken);
            await using var second = await Visitor.ComeAsync(Scene.Frozen with { State = file, Devices = 7 });

            await SameAnswersAsync(first, second);
            foreach (var visitor in new[] { first, second })
            {
                visitor.Host.WaitForCheckIn();
            }

            await SameAnswersAsync(first, second);
            Assert.Contains(second.Host.Commands.All, command => command.State is CommandState.Done);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_state_of_another_fleet_is_refused()
    {
        await using var small = await Visitor.ComeAsync(Scene.Frozen);
        await using var large = await Visitor.ComeAsync(Scene.Frozen with { Devices = 61 });
        var saved = JsonSerializer.Deserialize<JsonElement>(large.Host.SaveState());
        using var answer = await small.SendAsync(Control(small, "/_emulator/saved", HttpMethod.Put, saved));
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains("61", (await Visitor.BodyAsync(answer)).GetProperty("error").GetString());
    }

    private static async Task LiveABitAsync(Visitor visitor)
    {
        var devices = visitor
            .Host.Fleet.All.Where(device => device is { IsEnrolled: true, SilentSince: null })
            .ToList();
        await visitor.PostAsync($"mdm/devices/{devices[0].Id}/commands?command=EnterpriseWipe", new { });
        await visitor.PostAsync($"mdm/devices/{devices[1].Id}/commands?command=Lock", new { });
        visitor.Host.Fleet.Change(
            devices[2].Id,
            had => had with { Compromised = true, AddedApps = ["org.example.spy"] }
        );
        visitor.Host.Fleet.Remove(devices[3]);
        visitor.Host.Fleet.MoveUser(
            (await visitor.ReadAsync($"mdm/devices/{devices[4].Id}")).GetProperty("UserName").GetString()!,
            visitor.Host.Groups.Find("nw-africa")!
        );
        var tag = visitor.Host.Tags.Create("Picket: high", 0);
        visitor.Host.Tags.Attach(tag, devices[5]);
        await visitor.PostAsync(
            "mdm/smartgroups",
            new
            {
                Name = "Phones of Africa",
                ManagedByOrganizationGroupId = visitor.Host.Groups.Find("nw-africa")!.Id,
                Platforms = new[] { "Apple" },
            }
        );
        await visitor.PostAsync(
            "system/users/adduser",
            new
            {
                UserName = "new.hire",
                FirstName = "New",
                LastName = "Hire",
                Email = "new.hire@example.com",
                Password = "Start-1234",
                LocationGroupId = visitor.Host.Groups.Customer.Id,
            }
        );
        await visitor.PostAsync(
            "system/eventnotifications",
            new { TargetName = "nobody", TargetUrl = "https://nobody.example/" }
        );
    }

    private static async Task SameAnswersAsync(Visitor first, Visitor second)
    {
        foreach (
            var path in new[]
            {
                "mdm/devices/search",
                "mdm/devices/extensivesearch",
                "mdm/tags/search",
                "system/eventnotifications/search",
                "system/groups/search",
                "system/users/search",
                "system/admins/search",
                "mdm/smartgroups/search",
                "mam/apps/search",
                "mam/apps/appgroups/search",
                "system/usergroups/search",
                "system/users/search?username=new.hire",
                $"mdm/devices/{first.Host.Reporting().Id}/apps",
                $"system/groups/{first.Host.Groups.Customer.Uuid}/device-wipes",
            }
        )
        {
            Assert.Equal((await first.ReadAsync(path)).ToString(), (await second.ReadAsync(path)).ToString());
        }
    }

    private static async Task<JsonElement> ControlAsync(Visitor visitor, string path, object? body)
    {
        using var request = Control(
            visitor,
            "/_emulator/" + path,
            body is null ? HttpMethod.Get : HttpMethod.Post,
            body
        );
        using var answer = await visitor.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private static HttpRequestMessage Control(Visitor visitor, string path, HttpMethod method, object? body = null)
    {
        var request = new HttpRequestMessage(method, new Uri(visitor.Host.Address, path))
        {
            Content = body is null ? null : JsonContent.Create(body),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", visitor.Host.Credentials.ControlToken);
        return request;
    }
}
