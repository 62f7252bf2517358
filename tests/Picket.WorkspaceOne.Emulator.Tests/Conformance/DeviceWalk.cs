using static Picket.WorkspaceOne.Emulator.Tests.Conformance.SystemWalk;

namespace Picket.WorkspaceOne.Emulator.Tests.Conformance;

/// <summary>Devices, their parts, custom attributes, compliance, profiles, smart groups and tags.</summary>
internal static class DeviceWalk
{
    public static async Task RunAsync(Walker walker)
    {
        await ListingsAsync(walker);
        await PartsAsync(walker);
        await CustomAttributesAsync(walker);
        await SmartGroupsAsync(walker);
        await TagsAsync(walker);
        await ProfilesAsync(walker);
        await DeletionAsync(walker);
    }

    private static async Task ListingsAsync(Walker walker)
    {
        var device = walker.Host.Fleet.All.First(one => one.IsEnrolled);
        var top = walker.Host.Groups.Customer;
        await walker.CallAsync(
            "GET mdm/devices/search",
            1,
            200,
            $"?lgid={top.Id}&pagesize=4&orderby=deviceid&sortorder=DESC"
        );
        await walker.CallAsync("GET mdm/devices/search", 2, 200, "?pagesize=4&compliance_status=Compliant");
        await walker.CallAsync("GET mdm/devices/search", 2, 204, "?page=99");
        await walker.CallAsync("GET mdm/devices/search", 2, 400, "?lgid=1");
        await walker.CallAsync("GET mdm/devices/search", 3, 200, $"?page_size=4&organization_group_uuid={top.Uuid}");
        await walker.CallAsync("GET mdm/devices/extensivesearch", 1, 200, "?pagesize=3&enrollmentstatus=Enrolled");
        await walker.CallAsync("GET mdm/devices/litesearch", 1, 200, "?pagesize=3");
        await walker.CallAsync("GET mdm/devices/{id}", 1, 200, device.Id);
        await walker.CallAsync("GET mdm/devices/{id}", 1, 404, 1);
        await walker.CallAsync("GET mdm/devices/{id}", 2, 200, device.Uuid);
        await walker.CallAsync("GET mdm/devices/{id}", 2, 404, Guid.Empty);
        await walker.CallAsync("GET mdm/devices/{id}", 3, 200, device.Uuid);
        await walker.CallAsync("GET mdm/devices", 1, 200, $"?searchby=Serialnumber&id={device.SerialNumber}");
        await walker.CallAsync("GET mdm/devices", 1, 422, "?searchby=Colour&id=red");
        await walker.SendAsync("POST mdm/devices/id", 1, 200, Bulk(device.Id));
        await walker.SendAsync("POST mdm/devices", 1, 200, Bulk(device.Udid), "?searchby=Udid");
        await walker.CallAsync("GET mdm/devices/devicecountinfo", 1, 200, $"?organizationgroupid={top.Id}");
        await walker.CallAsync("GET mdm/devices/devicecountinfo", 2, 200, $"?oguuid={top.Uuid}");
        await walker.CallAsync("GET mdm/devices/bulksettings", 1, 200);
        await walker.CallAsync(
            "GET mdm/devices/securityinfosearch",
            1,
            200,
            $"?organizationgroupid={top.Id}&user=nobody"
        );
        await walker.CallAsync("GET mdm/devices/networkinfosearch", 1, 200, "?pagesize=3");
        await walker.CallAsync("GET mdm/devices/networkinfosearch", 1, 204, "?page=99");
        var change = new { DeviceFriendlyName = "Walked", AssetNumber = "A-17" };
        await walker.SendAsync("PUT mdm/devices/{id}", 1, 204, change, device.Id);
        await walker.SendAsync("PUT mdm/devices", 1, 204, change, $"?searchby=DeviceId&id={device.Id}");
    }

    private static async Task PartsAsync(Walker walker)
    {
        var device = walker.Host.Fleet.All.First(one => one.IsEnrolled && one.PlatformId == 2);
        var query = $"?searchby=DeviceId&id={device.Id}";
        foreach (var part in new[] { "security", "compliance", "network", "user", "certificates", "profiles", "apps" })
        {
            await walker.CallAsync($"GET mdm/devices/{{id}}/{part}", 1, 200, device.Id);
            await walker.CallAsync($"GET mdm/devices/{part}", 1, 200, query);
            await walker.CallAsync($"GET mdm/devices/{part}", 1, 404, "?searchby=DeviceId&id=1");
            await walker.CallAsync($"GET mdm/devices/{part}", 1, 422, "?searchby=Colour&id=red");
        }

        await walker.CallAsync("GET mdm/devices/{id}/security", 1, 403, 1);
        var apps = await walker.CallAsync("GET mdm/devices/{id}/apps/search", 1, 200, device.Uuid, "?pagesize=3");
        await walker.CallAsync("GET mdm/devices/{id}/apps/search", 1, 404, Guid.Empty);
        var bundle = apps.GetProperty("app_items")[0].GetProperty("bundle_id").GetString();
        await walker.CallAsync("GET mdm/devices/{id}/apps", 1, 200, device.Uuid, $"?bundleid={bundle}");
        await walker.CallAsync("GET mdm/devices/{id}/apps", 1, 400, device.Uuid);
        await walker.CallAsync("GET mdm/devices/{id}/smartgroups", 1, 200, device.Id);
        await walker.CallAsync(
            "GET mdm/compliancepolicy/search",
            1,
            200,
            $"?organizationgroupid={walker.Host.Groups.Customer.Id}"
        );
        await walker.CallAsync("GET mdm/compliancepolicies", 1, 200, "?searchtext=Passcode");
    }

    private static async Task CustomAttributesAsync(Walker walker)
    {
        var device = walker.Host.Fleet.All.First(one => one.AssetNumber == "A-17");
        var one = new
        {
            CustomAttributes = new[]
            {
                new
                {
                    name = "risk",
                    value = "high",
                    applicationGroup = "picket",
                },
            },
        };
        await walker.SendAsync("PUT mdm/devices/{id}/customattributes", 1, 200, one, device.Id);
        await walker.SendAsync("PUT mdm/devices/{id}/customattributes", 1, 404, one, 1);
        await walker.SendAsync(
            "PUT mdm/devices/{id}/customattributes",
            1,
            422,
            new { CustomAttributes = new[] { new { name = "risk" } } },
            device.Id
        );
        await walker.SendAsync(
            "PUT mdm/devices/serialnumber/{serial}/customattributes",
            1,
            200,
            one,
            device.SerialNumber
        );
        await walker.SendAsync("PUT mdm/devices/assetnumber/{asset}/customattributes", 1, 200, one, "A-17");
        var many = new[]
        {
            new { serialNumber = device.SerialNumber, deviceCustomAttributes = one.CustomAttributes },
            new { serialNumber = "NONE", deviceCustomAttributes = one.CustomAttributes },
        };
        await walker.SendAsync("PUT mdm/devices/customattributes", 1, 200, many);
        await walker.SendAsync("PUT mdm/devices/customattributes", 1, 400, Array.Empty<object>());
        await walker.CallAsync("GET mdm/devices/customattribute/search", 1, 200, $"?deviceid={device.Id}");
        await walker.CallAsync("GET mdm/devices/customattribute/changereport", 1, 200, "?applicationgroup=picket");
        await walker.CallAsync("GET mdm/devices/litesearch", 1, 200, "?customattributes=risk");
        var gone = new { CustomAttributes = new[] { new { Name = "risk", ApplicationGroup = "picket" } } };
        await walker.SendAsync("DELETE mdm/devices/{id}/customattributes", 1, 200, gone, device.Id);
        await walker.SendAsync(
            "DELETE mdm/devices/serialnumber/{serial}/customattributes",
            1,
            200,
            gone,
            device.SerialNumber
        );
    }

    private static async Task SmartGroupsAsync(Walker walker)
    {
        var top = walker.Host.Groups.Customer;
        var device = walker.Host.Fleet.All.First();
        await walker.CallAsync("GET mdm/smartgroups/search", 1, 200, $"?organizationgroupid={top.Id}&pagesize=2");
        await walker.CallAsync("GET mdm/smartgroups/search", 1, 204, "?name=none");
        var made = await walker.SendAsync(
            "POST mdm/smartgroups",
            1,
            201,
            new { Name = "Walkers", ManagedByOrganizationGroupId = $"{top.Id}" }
        );
        await walker.SendAsync("POST mdm/smartgroups", 1, 400, new { Name = "Walkers" });
        var (id, uuid) = (made.GetProperty("Value").GetInt32(), made.GetProperty("uuid").GetGuid());
        await walker.CallAsync("GET mdm/smartgroups/{id}", 1, 200, id);
        await walker.CallAsync("GET mdm/smartgroups/{id}", 1, 400, 1);
        await walker.CallAsync("GET mdm/smartgroups/{id}/devices", 1, 200, id);
        await walker.CallAsync("GET mdm/smartgroups/{id}/apps", 1, 200, 30_014);
        var only = new
        {
            Name = "Walkers",
            CriteriaType = "UserDevice",
            DeviceAdditions = new[] { new { Id = $"{device.Id}", Name = "one" } },
        };
        await walker.SendAsync("PUT mdm/smartgroups/{id}", 1, 204, only, id);
        await walker.SendAsync("PUT mdm/smartgroups/{id}", 1, 400, new { CriteriaType = "Nonsense" }, id);
        await walker.CallAsync("GET mdm/smartgroups/{id}", 1, 200, id);
        await walker.SendAsync(
            "POST mdm/smartgroups/{id}/update",
            1,
            200,
            new { Name = "Walkers", Platforms = new[] { "Android" } },
            id
        );
        await walker.SendAsync("PATCH mdm/smartgroups/{id}", 2, 200, new { platforms = new[] { "Apple" } }, uuid);
        await walker.SendAsync("PATCH mdm/smartgroups/{id}", 2, 404, new { platforms = new[] { "Apple" } }, Guid.Empty);
        var map = new
        {
            organization_group_uuid = top.Uuid,
            device_udids = new[] { device.Udid, "none" },
            smartgroup_filter_uuids = new[] { uuid },
        };
        await walker.SendAsync("POST mdm/devices/smartgroups", 1, 200, map);
        await walker.SendAsync("POST mdm/devices/smartgroups", 1, 422, new { organization_group_uuid = top.Uuid });
        await walker.CallAsync("DELETE mdm/smartgroups/{id}", 1, 204, id);
        await walker.CallAsync("DELETE mdm/smartgroups/{id}", 1, 400, id);
    }

    private static async Task TagsAsync(Walker walker)
    {
        var top = walker.Host.Groups.Customer;
        var device = walker.Host.Fleet.All.First();
        await walker.CallAsync("GET mdm/tags/search", 1, 200, $"?organizationgroupid={top.Id}");
        await walker.CallAsync("GET mdm/tags/search", 2, 200, $"?organization-group-uuid={top.Uuid}&page_size=2");
        await walker.CallAsync("GET mdm/tags/search", 2, 422);
        var made = await walker.SendAsync(
            "POST mdm/tags/addtag",
            1,
            200,
            new
            {
                TagName = "Walk",
                TagType = 1,
                LocationGroupId = top.Id,
            }
        );
        var id = made.GetProperty("Value").GetInt32();
        await walker.SendAsync("POST mdm/tags/{id}/adddevices", 1, 200, Bulk(device.Id, 1), id);
        await walker.SendAsync("POST mdm/tags/{id}/adddevices", 1, 400, Bulk(), id);
        await walker.CallAsync("GET mdm/tags/{id}/devices", 1, 200, id);
        await walker.CallAsync("DELETE mdm/tags/{id}", 1, 400, id);
        await walker.SendAsync("POST mdm/tags/{id}/removedevices", 1, 200, Bulk(device.Id), id);
        await walker.SendAsync("POST mdm/tags/{id}/update", 1, 200, new { TagName = "Walked" }, id);
        await walker.CallAsync("DELETE mdm/tags/{id}", 1, 200, id);
        var newer = await walker.SendAsync(
            "POST mdm/tags",
            3,
            201,
            new { organization_group_uuid = top.Uuid, tag_name = "New" }
        );
        await walker.SendAsync("POST mdm/tags", 3, 409, new { organization_group_uuid = top.Uuid, tag_name = "New" });
        var tag = newer.GetProperty("tag_uuid").GetGuid();
        await walker.SendAsync("POST mdm/tags/{id}/devices", 2, 200, Bulk(device.Uuid), tag);
        await walker.CallAsync("GET mdm/tags/{id}/devices", 2, 200, tag, "?page_size=5");
        await walker.CallAsync("GET mdm/devices/{id}/tags", 1, 200, device.Uuid);
        await walker.SendAsync("DELETE mdm/tags/{id}/devices", 2, 200, Bulk(device.Uuid), tag);
        await walker.CallAsync("POST mdm/devices/{id}/tags/{tag}", 1, 201, device.Uuid, tag);
        await walker.CallAsync("POST mdm/devices/{id}/tags/{tag}", 1, 400, device.Uuid, tag);
        await walker.CallAsync("DELETE mdm/devices/{id}/tags/{tag}", 1, 204, device.Uuid, tag);
        await walker.CallAsync("DELETE mdm/devices/{id}/tags/{tag}", 1, 400, device.Uuid, tag);
        await walker.SendAsync("PUT mdm/tags/{id}", 2, 204, new { tag_name = "Newer" }, tag);
        await walker.CallAsync("DELETE mdm/tags/{id}", 2, 200, tag);
        await walker.CallAsync("DELETE mdm/tags/{id}", 2, 404, tag);
    }

    private static async Task ProfilesAsync(Walker walker)
    {
        var top = walker.Host.Groups.Customer;
        await walker.CallAsync("GET mdm/profiles/search", 1, 200, $"?organizationgroupid={top.Id}");
        await walker.CallAsync(
            "GET mdm/profiles/search",
            1,
            204,
            $"?organizationgroupid={walker.Host.Groups.Find("nw-africa")!.Id}"
        );
        await walker.CallAsync("GET mdm/profiles/search", 2, 200, "?platform=Android");
        await walker.SendAsync("POST mdm/profiles/search", 3, 200, new { organization_group_uuid = top.Uuid });
        await walker.SendAsync(
            "POST mdm/profiles/search",
            3,
            422,
            new { organization_group_uuid = top.Uuid, page_size = 51 }
        );
        await walker.CallAsync("GET mdm/profiles/{id}", 2, 200, 1_301);
        await walker.CallAsync("DELETE mdm/profiles/{id}", 1, 200, 1_301);
        await walker.CallAsync("DELETE mdm/profiles/{id}", 1, 400, 1_301);
        await walker.CallAsync("GET mdm/profiles/{id}", 2, 400, 1_301);
        await walker.CallAsync("GET mdm/scripts/{id}", 1, 500, Guid.Empty);
    }

    private static async Task DeletionAsync(Walker walker)
    {
        var doomed = walker.Host.Fleet.All.TakeLast(3).ToList();
        await walker.CallAsync("DELETE mdm/devices/{id}", 1, 200, doomed[0].Id);
        await walker.CallAsync("DELETE mdm/devices/{id}", 1, 404, doomed[0].Id);
        await walker.CallAsync("DELETE mdm/devices", 1, 204, $"?searchby=DeviceId&id={doomed[1].Id}");
        await walker.CallAsync("DELETE mdm/devices", 1, 422, "?searchby=Colour&id=red");
        await walker.SendAsync("POST mdm/devices/bulk", 1, 200, Bulk(doomed[2].SerialNumber), "?searchby=Serialnumber");
    }
}
