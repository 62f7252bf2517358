using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.WorkspaceOne.Emulator.Tests;

/// <summary>What changes while the server runs, within the process and from another one.</summary>
public sealed class ControlTests
{
    [Fact]
    public async Task Refuses_control_without_the_token()
    {
        await using var visitor = await Visitor.ComeAsync();
        using var request = Control(visitor, "state", HttpMethod.Get, token: "guess");
        Assert.Equal(403, (int)(await visitor.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Changes_and_removes_devices_from_another_process()
    {
        await using var visitor = await Visitor.ComeAsync();
        var device = visitor.Host.Fleet.All.ElementAt(4);
        using var change = Control(
            visitor,
            $"devices/{device.Id}",
            HttpMethod.Post,
            new { compromised = true, addApps = new[] { "com.example.hiddenmonitor" } }
        );
        Assert.Equal(200, (int)(await visitor.SendAsync(change)).StatusCode);
        var row = await visitor.ReadAsync($"mdm/devices/{device.Id}");
        Assert.True(row.GetProperty("CompromisedStatus").GetBoolean());

        using var removal = Control(visitor, "devices/remove", HttpMethod.Post, new { ids = new[] { device.Id } });
        Assert.Equal(200, (int)(await visitor.SendAsync(removal)).StatusCode);
        Assert.Equal(404, (int)(await visitor.GetAsync($"mdm/devices/{device.Id}")).StatusCode);
        Assert.Equal(59, (await visitor.ReadAsync("mdm/devices/search")).GetProperty("Total").GetInt32());
    }

    [Fact]
    public async Task Sets_faults_and_switches_from_another_process()
    {
        await using var visitor = await Visitor.ComeAsync();
        using var faults = Control(
            visitor,
            "faults",
            HttpMethod.Put,
            new
            {
                rules = new[]
                {
                    new
                    {
                        action = "Status",
                        status = 500,
                        times = 1,
                    },
                },
            }
        );
        await visitor.SendAsync(faults);
        Assert.Equal(500, (int)(await visitor.GetAsync("system/info")).StatusCode);

        using var access = Control(visitor, "access", HttpMethod.Put, new { apiEnabled = false });
        await visitor.SendAsync(access);
        Assert.Equal(403, (int)(await visitor.GetAsync("system/info")).StatusCode);
    }

    [Fact]
    public async Task Says_what_is_wrong_with_a_control_call()
    {
        await using var visitor = await Visitor.ComeAsync();
        using var misspelt = Control(visitor, "access", HttpMethod.Put, new { apiEnabeld = false });
        using var response = await visitor.SendAsync(misspelt);
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains("apiEnabeld", (await Visitor.BodyAsync(response)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task Tells_the_calls_without_their_secrets()
    {
        await using var visitor = await Visitor.ComeAsync();
        await visitor.GetAsync("mdm/devices/search?page=0");
        using var request = Control(visitor, "requests", HttpMethod.Get);
        using var response = await visitor.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("mdm/devices/search", text);
        Assert.Contains(visitor.Host.Credentials.Account, text);
        Assert.DoesNotContain(visitor.Host.Credentials.Password, text);
        Assert.DoesNotContain(visitor.Host.Credentials.ApiKey, text);
        Assert.Equal(1, visitor.Host.RequestLog.Count("GET mdm/devices/search"));
    }

    [Fact]
    public async Task Shows_a_moved_user_s_device_in_the_new_group()
    {
        await using var visitor = await Visitor.ComeAsync();
        var device = visitor.Host.Fleet.All.First();
        var target = visitor.Host.Groups.Find("nw-africa")!;
        var row = await visitor.ReadAsync($"mdm/devices/{device.Id}");
        visitor.Host.Fleet.MoveUser(row.GetProperty("UserName").GetString()!, target);
        var moved = await visitor.ReadAsync($"mdm/devices/{device.Id}");
        Assert.Equal(target.Id, moved.GetProperty("LocationGroupId").GetProperty("Id").GetProperty("Value").GetInt32());
    }

    [Fact]
    public async Task Loses_a_group_with_all_that_is_in_it()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 400 });
        var region = visitor.Host.Groups.Find("nw-europe")!;
        visitor.Host.Fleet.RemoveGroup(region);
        Assert.Equal(29, (await visitor.ReadAsync("system/groups/search")).GetProperty("Total").GetInt32());
        Assert.Equal(400, (int)(await visitor.GetAsync($"mdm/devices/search?lgid={region.Id}")).StatusCode);
        Assert.InRange((await visitor.ReadAsync("mdm/devices/search")).GetProperty("Total").GetInt32(), 150, 300);
    }

    [Fact]
    public async Task Refuses_a_revoked_key_and_a_changed_password()
    {
        await using var visitor = await Visitor.ComeAsync();
        visitor.Host.Access.Account(visitor.Host.Credentials.Account).Password = "changed";
        Assert.Equal(401, (int)(await visitor.GetAsync("system/info")).StatusCode);
        visitor.Host.Access.RevokeKey(visitor.Host.Credentials.ApiKey);
        Assert.Equal(403, (int)(await visitor.GetAsync("system/info")).StatusCode);
    }

    [Fact]
    public async Task Deletes_on_the_route_whose_name_hides_it_and_counts_the_call()
    {
        await using var visitor = await Visitor.ComeAsync();
        var device = visitor.Host.Fleet.All.First();
        var body = new { BulkValues = new { Value = new[] { $"{device.Id}" } } };
        Assert.Equal(0, visitor.Host.RequestLog.Count("POST mdm/devices/bulk"));
        await visitor.PostAsync("mdm/devices/bulk?searchby=DeviceId", body);
        Assert.Null(visitor.Host.Fleet.ById(device.Id));
        Assert.Equal(1, visitor.Host.RequestLog.Count("POST mdm/devices/bulk"));
    }

    [Fact]
    public async Task Keeps_credentials_and_ca_in_the_data_folder()
    {
        var folder = Directory.CreateTempSubdirectory("picket-test-").FullName;
        try
        {
            var options = new EmulatorOptions { Devices = 5, Data = folder };
            EmulatorCredentialsAndCa first;
            await using (var visitor = await Visitor.ComeAsync(options))
            {
                first = new(visitor.Host.Credentials.Password, visitor.Host.CaCertificate.Thumbprint);
            }

            await using var again = await Visitor.ComeAsync(options);
            Assert.Equal(first, new(again.Host.Credentials.Password, again.Host.CaCertificate.Thumbprint));
            Assert.Equal(200, (int)(await again.GetAsync("system/info")).StatusCode);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Refuses_plain_http_beyond_loopback_and_unknown_roles()
    {
        var open = new EmulatorOptions { Http = true, Listen = "0.0.0.0" };
        var role = new EmulatorOptions { Role = "Nobody" };
        await Assert.ThrowsAsync<ArgumentException>(() => Visitor.ComeAsync(open));
        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => Visitor.ComeAsync(role));
        Assert.Contains(SeededRoles.Minimum, refusal.Message);
    }

    private sealed record EmulatorCredentialsAndCa(string Password, string Thumbprint);

    private static HttpRequestMessage Control(
        Visitor visitor,
        string path,
        HttpMethod method,
        object? body = null,
        string? token = null
    )
    {
        var request = visitor.Request("", 1, method, body);
        request.RequestUri = new Uri(visitor.Host.Address, "/emulator/control/" + path);
        request.Headers.Add("X-Emulator-Control", token ?? visitor.Host.Credentials.ControlToken);
        return request;
    }
}
