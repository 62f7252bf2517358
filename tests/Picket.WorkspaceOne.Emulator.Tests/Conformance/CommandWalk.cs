using static Picket.WorkspaceOne.Emulator.Tests.Conformance.SystemWalk;

namespace Picket.WorkspaceOne.Emulator.Tests.Conformance;

/// <summary>Commands, messages, moves, the wipe lock and event notifications.</summary>
internal static class CommandWalk
{
    public static async Task RunAsync(Walker walker)
    {
        await CommandsAsync(walker);
        await MovesAsync(walker);
        await MessagesAsync(walker);
        await WipesAsync(walker);
        await NotificationsAsync(walker);
    }

    private static async Task CommandsAsync(Walker walker)
    {
        var device = walker.Host.Fleet.All.First(one => one.IsEnrolled && one.PlatformId == 2);
        await walker.CallAsync("POST mdm/devices/{id}/commands", 1, 202, device.Id, "?command=Lock");
        await walker.CallAsync("POST mdm/devices/{id}/commands", 1, 422, device.Id, "?command=Nonsense");
        await walker.CallAsync(
            "POST mdm/devices/commands",
            1,
            202,
            $"?command=DeviceQuery&searchby=DeviceId&id={device.Id}"
        );
        var udid = Bulk(device.Udid);
        await walker.SendAsync("POST mdm/devices/commands/bulk", 1, 200, udid, "?command=LockDevice&searchby=Udid");
        await walker.SendAsync(
            "POST mdm/devices/commands/bulk",
            1,
            404,
            Bulk("none"),
            "?command=LockDevice&searchby=Udid"
        );
        await walker.CallAsync("POST mdm/devices/{id}/commands/{command}", 1, 202, device.Id, "DeviceQuery");
        await walker.CallAsync("POST mdm/devices/{id}/commands/{command}", 2, 202, device.Uuid, "DeviceQuery");
        await walker.SendAsync(
            "POST mdm/devices/commands/{command}",
            2,
            202,
            new { device_uuids = new[] { device.Uuid } },
            "DeviceQuery"
        );
        await walker.CallAsync(
            "POST mdm/devices/commands/{command}/device/{searchBy}/{id}",
            2,
            202,
            "DeviceQuery",
            "Udid",
            device.Udid
        );
    }

    private static async Task MovesAsync(Walker walker)
    {
        var device = walker.Host.Fleet.All.First(one => one.IsEnrolled);
        var africa = walker.Host.Groups.Find("nw-africa")!;
        await walker.CallAsync(
            "PUT mdm/devices/{id}/commands/changeorganizationgroup/{og}",
            1,
            202,
            device.Id,
            africa.Id
        );
        await walker.CallAsync(
            "PUT mdm/devices/{id}/commands/change-organization-group/{og}",
            1,
            202,
            device.Uuid,
            africa.Uuid
        );
        var query = $"?searchby=DeviceId&id={device.Id}&ogid={africa.Id}";
        await walker.CallAsync("POST mdm/devices/commands/changeorganizationgroup", 1, 202, query);
    }

    private static async Task MessagesAsync(Walker walker)
    {
        var device = walker.Host.Fleet.All.First(one => one.IsEnrolled);
        var message = new
        {
            MessageBody = "Hello",
            Application = "com.example.hub",
            MessageType = "Push",
        };
        var query = $"?searchby=DeviceId&id={device.Id}";
        foreach (var kind in new[] { "push", "email", "sms", "message" })
        {
            await walker.SendAsync($"POST mdm/devices/{{id}}/messages/{kind}", 1, 202, message, device.Id);
            await walker.SendAsync($"POST mdm/devices/messages/{kind}", 1, 202, message, query);
        }

        await walker.SendAsync("POST mdm/devices/messages/{id}/message", 1, 202, message, device.Id);
        foreach (var kind in new[] { "bulkpush", "bulkemail", "bulksms" })
        {
            var body = new { BulkValues = new { Value = new[] { device.SerialNumber } }, MessageBody = "Hello" };
            await walker.SendAsync($"POST mdm/devices/messages/{kind}", 1, 202, body, "?searchby=Serialnumber");
        }
    }

    private static async Task WipesAsync(Walker walker)
    {
        var top = walker.Host.Groups.Customer;
        await walker.CallAsync("GET system/groups/{id}/device-wipe-lock", 1, 200, top.Uuid);
        await walker.CallAsync("PUT system/groups/{id}/device-wipe-lock", 1, 204, top.Uuid);
        var device = walker.Host.Fleet.All.Last(one => one.IsEnrolled && one.PlatformId == 2);
        await walker.CallAsync("POST mdm/devices/{id}/commands", 1, 202, device.Id, "?command=EnterpriseWipe");
        var wipes = await walker.CallAsync(
            "GET system/groups/{id}/device-wipes",
            1,
            200,
            top.Uuid,
            "?page=0&page_size=10"
        );
        var wipe = wipes.GetProperty("device_wipes")[0].GetProperty("uuid").GetGuid();
        await walker.SendAsync(
            "POST system/groups/{id}/device-wipes",
            1,
            400,
            Array.Empty<Guid>(),
            top.Uuid,
            "?action=REJECT"
        );
        await walker.SendAsync(
            "POST system/groups/{id}/device-wipes",
            1,
            404,
            new[] { Guid.Empty },
            top.Uuid,
            "?action=REJECT"
        );
        Assert.NotEqual(Guid.Empty, wipe);
    }

    private static async Task NotificationsAsync(Walker walker)
    {
        var top = walker.Host.Groups.Customer;
        const string root = "system/eventnotifications";
        foreach (
            var (path, create, version, byUuid) in new[]
            {
                (root, root, 1, false),
                (root, root, 2, true),
                ($"{root}/v1/eventnotifications", $"{root}/v1/eventnotifications", 1, false),
                ($"{root}/v2/eventnotifications", $"{root}/v2/eventnotifications", 1, true),
            }
        )
        {
            var body = new
            {
                TargetName = $"walk {path} {version}",
                TargetUrl = "https://receiver.example.com/events",
                Format = "Json",
                IsActive = true,
                organizationGroupId = top.Id,
                organizationGroupUuid = top.Uuid,
                DeviceEvents = new { Enrollment = true, CompromisedStatusChange = true },
            };
            var made = await walker.SendAsync($"POST {create}", version, 200, body);
            await walker.SendAsync($"POST {create}", version, 400, body);
            object id = byUuid ? made.GetProperty("uuid").GetGuid() : made.GetProperty("Value").GetInt32();
            await walker.CallAsync($"GET {path}/search", version, 200, "?pagesize=2");
            await walker.CallAsync($"GET {path}/{{id}}", version, 200, id);
            await walker.SendAsync($"PUT {path}/{{id}}", version, 204, body, id);
            await walker.CallAsync($"DELETE {path}/{{id}}", version, 200, id);
        }

        await walker.CallAsync($"GET {root}/get", 2, 200, $"?organizationgroupuuid={top.Uuid}");
    }
}
