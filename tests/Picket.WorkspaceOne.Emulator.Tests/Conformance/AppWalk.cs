using static Picket.WorkspaceOne.Emulator.Tests.Conformance.SystemWalk;

namespace Picket.WorkspaceOne.Emulator.Tests.Conformance;

/// <summary>The app catalogue: searched, added, assigned, licensed, installed, grouped.</summary>
internal static class AppWalk
{
    public static async Task RunAsync(Walker walker)
    {
        await CatalogueAsync(walker);
        await InternalAsync(walker);
        await RulesAsync(walker);
        await PurchasedAsync(walker);
        await AppGroupsAsync(walker);
    }

    private static async Task CatalogueAsync(Walker walker)
    {
        var top = walker.Host.Groups.Customer;
        await walker.CallAsync("GET mam/apps/search", 1, 200, "?applicationtype=Public&pagesize=2");
        await walker.CallAsync("GET mam/apps/search", 1, 400, "?status=Nonsense");
        await walker.CallAsync("GET mam/apps/search", 2, 200, "?page_size=2");
        var made = await walker.SendAsync(
            "POST mam/apps/public",
            1,
            200,
            new
            {
                ApplicationName = "Walk",
                BundleId = "com.example.walk",
                Platform = 5,
                LocationGroupId = top.Id,
            }
        );
        await walker.SendAsync("POST mam/apps/public", 1, 400, new { ApplicationName = "Walk", Platform = 2 });
        var id = made.GetProperty("Id").GetProperty("Value").GetInt32();
        await walker.CallAsync("GET mam/apps/public/{id}", 1, 200, id);
        await walker.CallAsync("GET mam/apps/public/{id}", 1, 401, 1);
        await walker.SendAsync("PUT mam/apps/public/{id}", 1, 204, new { ApplicationName = "Walk on" }, id);
        await walker.CallAsync("POST mam/apps/public/{id}/deactivate", 1, 202, id);
        await walker.CallAsync("POST mam/apps/public/{id}/deactivate", 1, 403, id);
        await walker.CallAsync("POST mam/apps/public/{id}/activate", 1, 202, id);
        await walker.CallAsync("POST mam/apps/public/{id}/smartgroups/{group}", 1, 201, id, 30_017);
        await walker.CallAsync("POST mam/apps/public/{id}/smartgroups/{group}", 1, 400, id, 30_017);
        await walker.CallAsync("POST mam/apps/public/{id}/smartgroups/{group}", 1, 403, id, 1);
        var device = walker.Host.Fleet.All.First(one => one.IsEnrolled && one.PlatformId == 5);
        await walker.SendAsync("POST mam/apps/public/{id}/install", 1, 202, new { DeviceId = device.Id }, id);
        await walker.SendAsync("POST mam/apps/public/{id}/install", 1, 404, new { DeviceId = 1 }, id);
        await walker.CallAsync("GET mam/apps/public/{id}/devices", 1, 200, id, "?status=Installed");
        await walker.CallAsync("GET mam/apps/public/{id}/devices", 1, 400, id, "?status=Nonsense");
        var configuration = new { ApplicationId = id, deviceUuid = device.Uuid };
        await walker.SendAsync("POST mam/apps/public/SendApplicationConfiguration", 1, 200, configuration);
        await walker.SendAsync("POST mam/apps/public/{id}/uninstall", 1, 204, new { DeviceId = device.Id }, id);
        await walker.CallAsync("DELETE mam/apps/public/{id}/smartgroups/{group}", 1, 204, id, 30_017);
        await walker.CallAsync("DELETE mam/apps/public/{id}/smartgroups/{group}", 1, 400, id, 30_017);
        await walker.CallAsync("DELETE mam/apps/public/{id}", 1, 204, id);
        await walker.CallAsync("DELETE mam/apps/public/{id}", 1, 400, id);
    }

    private static async Task InternalAsync(Walker walker)
    {
        var up = await walker.SendAsync(
            "POST mam/apps/internal/uploadchunk",
            1,
            200,
            new
            {
                ChunkData = "AAAA",
                ChunkSequenceNumber = 1,
                TotalApplicationSize = 6,
            }
        );
        var transaction = up.GetProperty("TranscationId").GetString();
        await walker.SendAsync(
            "POST mam/apps/internal/uploadchunk",
            1,
            200,
            new
            {
                ChunkData = "AAAA",
                ChunkSequenceNumber = 2,
                TransactionId = transaction,
            }
        );
        await walker.SendAsync(
            "POST mam/apps/internal/uploadchunk",
            1,
            400,
            new { ChunkData = "", ChunkSequenceNumber = 3 }
        );
        var made = await walker.SendAsync(
            "POST mam/apps/internal/begininstall",
            1,
            200,
            new
            {
                TransactionId = transaction,
                ApplicationName = "Walk Forms",
                BundleId = "com.example.walk.forms",
                FileName = "walk.apk",
                DeviceType = 5,
            }
        );
        await walker.SendAsync("POST mam/apps/internal/begininstall", 1, 400, new { ApplicationName = "" });
        var id = made.GetProperty("Id").GetProperty("Value").GetInt32();
        await walker.CallAsync("GET mam/apps/internal/{id}", 1, 200, id);
        await walker.CallAsync("GET mam/apps/internal/{id}", 1, 401, 1);
        await walker.CallAsync("GET mam/apps/internal/{id}", 2, 200, made.GetProperty("Uuid").GetGuid());
        await walker.SendAsync("PUT mam/apps/internal/{id}", 1, 204, new { ApplicationName = "Walk Forms 2" }, id);
        await walker.CallAsync("POST mam/apps/internal/{id}/deactivate", 1, 202, id);
        await walker.CallAsync("POST mam/apps/internal/{id}/activate", 1, 202, id);
        await walker.CallAsync("POST mam/apps/internal/{id}/retire", 1, 202, id);
        await walker.CallAsync("POST mam/apps/internal/{id}/retire", 1, 403, id);
        await walker.CallAsync("POST mam/apps/internal/{id}/unretire", 1, 202, id);
        await walker.CallAsync("POST mam/apps/internal/{id}/unretire", 1, 403, id);
        var assignment = new { SmartGroupIds = new[] { 30_017 }, DeploymentParameters = new { PushMode = "Auto" } };
        await walker.SendAsync("POST mam/apps/internal/{id}/assignments", 1, 201, assignment, id);
        await walker.SendAsync("POST mam/apps/internal/{id}/assignments", 1, 400, assignment, id);
        await walker.SendAsync("PUT mam/apps/internal/{id}/assignments", 1, 204, assignment, id);
        var device = walker.Host.Fleet.All.First(one => one.IsEnrolled && one.PlatformId == 5);
        await walker.SendAsync("POST mam/apps/internal/{id}/install", 1, 202, new { Udid = device.Udid }, id);
        await walker.CallAsync("GET mam/apps/internal/{id}/devices", 1, 200, id, "?status=Assigned");
        await walker.SendAsync("POST mam/apps/internal/{id}/uninstall", 1, 204, new { Udid = device.Udid }, id);
        await walker.SendAsync("DELETE mam/apps/internal/{id}/assignments", 1, 204, assignment, id);
        await walker.CallAsync("POST mam/apps/internal/{id}/smartgroups/{group}", 1, 201, id, 30_017);
        await walker.CallAsync("DELETE mam/apps/internal/{id}/smartgroups/{group}", 1, 204, id, 30_017);
        await walker.CallAsync("DELETE mam/apps/internal/{id}", 1, 204, id);
        await walker.CallAsync("DELETE mam/apps/internal/{id}", 1, 400, id);
    }

    private static async Task RulesAsync(Walker walker)
    {
        var found = await walker.CallAsync("GET mam/apps/search", 2, 200, "?applicationname=Hub");
        var app = found.GetProperty("applications")[0].GetProperty("uuid").GetGuid();
        var rules = await walker.CallAsync("GET mam/apps/{id}/assignment-rules", 2, 200, app);
        await walker.CallAsync("GET mam/apps/{id}/assignment-rules", 2, 404, Guid.Empty);
        await walker.SendAsync("PUT mam/apps/{id}/assignment-rules", 2, 202, rules, app);
        await walker.SendAsync(
            "PUT mam/apps/{id}/assignment-rules",
            2,
            400,
            new { assignments = new[] { new { priority = 7 } } },
            app
        );
        await walker.CallAsync("GET mam/apps/{id}/assignment-rule", 1, 200, app);
        await walker.SendAsync("PUT mam/apps/{id}/assignment-rule", 1, 202, rules, app);
        await walker.CallAsync("GET mam/apps/{id}/app-config-template", 1, 200, app);
        await walker.CallAsync("GET mam/apps/{id}/app-config-template", 2, 200, app);
        var query = $"?organizationgroupuuid={walker.Host.Groups.Customer.Uuid}&page=0&pagesize=3&isassigned=true";
        await walker.CallAsync("GET mam/apps/{id}/devices", 1, 200, app, query);
        await walker.CallAsync("GET mam/apps/{id}/devices", 1, 404, Guid.Empty, query);
    }

    private static async Task PurchasedAsync(Walker walker)
    {
        var top = walker.Host.Groups.Customer;
        var found = await walker.CallAsync("GET mam/apps/purchased/search", 1, 200);
        await walker.CallAsync("GET mam/apps/purchased/search", 1, 204, "?bundleid=none");
        var row = found.GetProperty("Application")[0];
        var (id, uuid) = (row.GetProperty("Id").GetProperty("Value").GetInt32(), row.GetProperty("Uuid").GetGuid());
        await walker.CallAsync("GET mam/apps/purchased/{id}", 1, 200, id);
        await walker.CallAsync("GET mam/apps/purchased/{id}", 1, 400, 1);
        await walker.CallAsync("GET mam/apps/purchased/{id}", 2, 200, uuid);
        await walker.CallAsync("GET mam/apps/purchased/{id}", 2, 404, Guid.Empty);
        var device = walker.Host.Fleet.All.First(one => one.IsEnrolled && one.PlatformId == 2);
        await walker.SendAsync("POST mam/apps/purchased/{id}/install", 1, 500, new { DeviceId = device.Id }, id);
        var give = new { Assignments = new[] { new { SmartGroupId = 30_014, Allocated = 40 } } };
        await walker.SendAsync("POST mam/apps/purchased/{id}/assignment", 1, 201, give, id);
        await walker.SendAsync("POST mam/apps/purchased/{id}/assignment", 1, 400, give, id);
        await walker.SendAsync("PUT mam/apps/purchased/{id}", 1, 200, give, id);
        await walker.SendAsync("POST mam/apps/purchased/{id}/install", 1, 200, new { DeviceId = device.Id }, id);
        await walker.CallAsync("GET mam/apps/purchased/{id}/devices", 1, 200, id, "?status=Assigned");
        await walker.SendAsync("POST mam/apps/purchased/{id}/uninstall", 1, 200, new { DeviceId = device.Id }, id);
        await walker.CallAsync("DELETE mam/apps/purchased/{id}/smartgroups/{group}", 1, 204, id, 30_014);
        await walker.CallAsync("DELETE mam/apps/purchased/{id}/smartgroups/{group}", 1, 400, id, 30_014);
        await walker.CallAsync("PUT mam/apps/purchased/VppSyncAssets/{id}", 1, 200, top.Id);
        await walker.CallAsync("GET mam/apps/purchased/GetVppSyncAssetsStatus/{id}", 1, 200, top.Id);
        await walker.CallAsync("PUT mam/apps/purchased/EnableDeviceAssignmentForVppApp/{id}", 1, 200, id);
        await walker.CallAsync("PUT mam/apps/purchased/EnableDeviceAssignmentForVppApp/{id}", 1, 422, id);
    }

    private static async Task AppGroupsAsync(Walker walker)
    {
        var one = new { Name = "Bad", BundleId = "com.example.bad" };
        var two = new { Name = "Worse", BundleId = "com.example.worse" };
        var body = new
        {
            Name = "Denied",
            AppGroupType = "Blacklist",
            Platform = "Android",
            Applications = new[] { one },
        };
        var made = await walker.SendAsync("POST mam/apps/appgroups", 1, 200, body);
        await walker.SendAsync("POST mam/apps/appgroups", 1, 400, new { Name = "Denied" });
        var id = made.GetProperty("ApplicationGroupID").GetString()!;
        await walker.CallAsync("GET mam/apps/appgroups/search", 1, 200, "?appgroupname=Denied");
        await walker.CallAsync("GET mam/apps/appgroups/{id}", 1, 200, id);
        await walker.CallAsync("GET mam/apps/appgroups/{id}", 1, 404, 1);
        await walker.SendAsync("PUT mam/apps/appgroups/{id}", 1, 200, new { Name = "Denied here" }, id);
        await walker.SendAsync(
            "POST mam/apps/appgroups/{id}/applications",
            1,
            200,
            new { Applications = new[] { two } },
            id
        );
        await walker.SendAsync(
            "POST mam/apps/appgroups/{id}/applications",
            1,
            400,
            new { Applications = new[] { two } },
            id
        );
        await walker.SendAsync(
            "DELETE mam/apps/appgroups/{id}/applications",
            1,
            200,
            new { Applications = new[] { two } },
            id
        );
        await walker.SendAsync(
            "DELETE mam/apps/appgroups/{id}/applications",
            1,
            404,
            new { Applications = new[] { two } },
            id
        );
        await walker.SendAsync("DELETE mam/apps/appgroups", 1, 200, Bulk(id, 1));
    }
}
