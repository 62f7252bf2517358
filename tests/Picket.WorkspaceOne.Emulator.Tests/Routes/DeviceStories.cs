using Picket.WorkspaceOne.Emulator.Tests.Facts;

namespace Picket.WorkspaceOne.Emulator.Tests.Routes;

public sealed class DeviceStories
{
    private static readonly EmulatorOptions Everything = new() { Devices = 60, Role = "Console Administrator" };

    [Fact]
    public async Task A_custom_attribute_is_written_searched_reported_and_removed()
    {
        await using var visitor = await Visitor.ComeAsync(Everything);
        var device = visitor.Host.Fleet.All.First();
        await SetAsync(visitor, device.Id, "high");
        await SetAsync(visitor, device.Id, "low");
        var found = await visitor.ReadAsync("mdm/devices/customattribute/search?customattributename=risk");
        Assert.Equal(
            "low",
            found.GetProperty("Devices")[0].GetProperty("CustomAttributes")[0].GetProperty("Value").GetString()
        );
        var report = await visitor.ReadAsync($"mdm/devices/customattribute/changereport?deviceid={device.Id}");
        var changes = report.GetProperty("DeviceCustomAttributeChanges")[0].GetProperty("CustomAttributeChanges");
        Assert.Equal(
            ["", "high"],
            changes.EnumerateArray().Select(change => change.GetProperty("OldValue").GetString())
        );
        var gone = new { CustomAttributes = new[] { new { Name = "risk", ApplicationGroup = "picket" } } };
        await visitor.SendAsync("DELETE", $"mdm/devices/{device.Id}/customattributes", gone);
        var none = await visitor.ReadAsync("mdm/devices/customattribute/search?customattributename=risk");
        Assert.Equal(0, none.GetProperty("Total").GetInt32());
    }

    [Theory]
    [InlineData(500, 200)]
    [InlineData(501, 400)]
    public async Task Custom_attributes_are_taken_for_500_devices_at_once(int count, int status)
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 510, Role = "Console Administrator" });
        var body = visitor
            .Host.Fleet.All.Take(count)
            .Select(device => new
            {
                serialNumber = device.SerialNumber,
                deviceCustomAttributes = new[]
                {
                    new
                    {
                        name = "risk",
                        value = "low",
                        applicationGroup = "picket",
                    },
                },
            });
        using var response = await visitor.SendAsync("PUT", "mdm/devices/customattributes", body);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_refused_call_writes_nothing()
    {
        await using var visitor = await Visitor.ComeAsync(Everything);
        var device = visitor.Host.Fleet.All.First();
        var body = new
        {
            CustomAttributes = new object[]
            {
                new
                {
                    name = "risk",
                    value = "low",
                    applicationGroup = "picket",
                },
                new { name = "broken" },
            },
        };
        using var response = await visitor.SendAsync("PUT", $"mdm/devices/{device.Id}/customattributes", body);
        Assert.Equal(422, (int)response.StatusCode);
        Assert.Equal(
            0,
            (await visitor.ReadAsync("mdm/devices/customattribute/search")).GetProperty("Total").GetInt32()
        );
    }

    [Theory]
    [InlineData("DELETE", "mdm/devices/{id}", 200)]
    [InlineData("DELETE", "mdm/devices?searchby=Serialnumber&id={serial}", 204)]
    public async Task A_deleted_device_is_gone(string method, string path, int status)
    {
        await using var visitor = await Visitor.ComeAsync(Everything);
        var device = visitor.Host.Fleet.All.First();
        var filled = path.Replace("{id}", $"{device.Id}").Replace("{serial}", device.SerialNumber);
        using var response = await visitor.SendAsync(method, filled);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(59, (await visitor.ReadAsync("mdm/devices/search")).GetProperty("Total").GetInt32());
    }

    [Fact]
    public async Task Many_devices_are_read_at_once_by_any_id()
    {
        await using var visitor = await Visitor.ComeAsync(Everything);
        var devices = visitor.Host.Fleet.All.Take(3).ToList();
        var values = new { BulkValues = new { Value = devices.Select(device => device.MacAddress).Append("none") } };
        var rows = (await visitor.ReadAsync("POST", "mdm/devices?searchby=Macaddress", values)).GetProperty("Devices");
        Assert.Equal(
            devices.Select(device => device.Uuid),
            rows.EnumerateArray().Select(row => row.GetProperty("Uuid").GetGuid())
        );
    }

    private static async Task SetAsync(Visitor visitor, int device, string value)
    {
        var body = new
        {
            CustomAttributes = new[]
            {
                new
                {
                    name = "risk",
                    value,
                    applicationGroup = "picket",
                },
            },
        };
        using var response = await visitor.SendAsync("PUT", $"mdm/devices/{device}/customattributes", body);
        Assert.Equal(200, (int)response.StatusCode);
    }
}
