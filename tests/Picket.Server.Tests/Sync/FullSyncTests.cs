using System.Text;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Inventory;
using Picket.WorkspaceOne.Emulator;

namespace Picket.Server.Tests.Sync;

public sealed class FullSyncTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reads_the_whole_fleet_as_the_UEM_has_it_with_the_fewest_calls()
    {
        await using var scene = await SyncScene.StartAsync(new EmulatorOptions { Devices = 2000 });

        var run = await scene.RunAsync();

        Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
        Assert.Equal(scene.Truth(), await scene.PresentAsync());
        await AssertListingsAsync(scene);
        await AssertDetailsAsync(scene);
        AssertCalls(scene, run);
        // Law 8: fields that nobody reads are counted by name; their values are not even looked at.
        Assert.Contains(
            run.UnknownFields,
            field => field.Key.StartsWith("GET mdm/devices/search ", StringComparison.Ordinal) && field.Value > 0
        );
    }

    [Fact]
    public async Task Keeps_no_name_of_a_personal_app_and_no_phone_number()
    {
        await using var scene = await SyncScene.StartAsync(new EmulatorOptions { Devices = 150 });

        await scene.RunAsync();

        await using var db = scene.Picket.OpenDatabase();
        var personal = await (
            from device in db.Devices
            where device.Ownership == "E"
            join presence in db.DeviceApps on device.Id equals presence.DeviceId
            where !presence.Managed
            join app in db.Apps on presence.AppId equals app.Id
            select app
        ).ToListAsync(Cancel);
        Assert.NotEmpty(personal);
        Assert.All(personal, app => Assert.True(app.Hashed && app.Name is null && app.Identifier.StartsWith('#')));
        await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", Cancel);
        var stored = await ReadSharedAsync(Path.Combine(scene.Picket.DataFolder, "picket.db"));
        foreach (var device in scene.Uem.Fleet.All.Where(device => device.PhoneNumber.Length > 0))
        {
            Assert.DoesNotContain(device.PhoneNumber, stored, StringComparison.Ordinal);
            Assert.DoesNotContain(device.MacAddress, stored, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Leaves_out_the_excluded_groups_with_all_below_them()
    {
        await using var scene = await SyncScene.StartAsync(new EmulatorOptions { Devices = 200 });
        var excluded = scene.Uem.Groups.Find("Europe")!;
        await using var db = scene.Picket.OpenDatabase();
        (await db.Integrations.SingleAsync(Cancel)).ExcludedOrganizationGroups = [excluded.Id];
        await db.SaveChangesAsync(Cancel);
        var outside = scene.Uem.Fleet.All.Where(device => !scene.Uem.Groups.IsWithin(device.Group, excluded.Index));

        await scene.RunAsync();

        var present = (await scene.DevicesAsync()).Select(row => row.RemoteId);
        Assert.Equal(outside.Select(device => device.Id).Order(), present);
        Assert.True(present.Count() < 200);
    }

    private static async Task AssertListingsAsync(SyncScene scene)
    {
        await using var db = scene.Picket.OpenDatabase();
        Assert.Equal(
            scene.Uem.Groups.All.Select(group => group.Id).Order(),
            await db.OrganizationGroups.Select(row => row.RemoteId).Order().ToListAsync(Cancel)
        );
        Assert.NotEmpty(await db.Administrators.ToListAsync(Cancel));
        Assert.NotEmpty(await db.SmartGroups.ToListAsync(Cancel));
        Assert.True(await db.Users.CountAsync(Cancel) > 500);
        var groups = await db.UserGroups.ToListAsync(Cancel);
        Assert.NotEmpty(groups);
        Assert.Equal(groups.Sum(group => group.MemberCount), await db.UserGroupMembers.CountAsync(Cancel));
    }

    private static async Task AssertDetailsAsync(SyncScene scene)
    {
        var enrolled = scene.Uem.Fleet.All.Where(device => device.IsEnrolled).ToDictionary(device => device.Id);
        var rows = (await scene.DevicesAsync()).Where(row => enrolled.ContainsKey(row.RemoteId)).ToList();
        Assert.All(rows, row => Assert.Equal(DetailState.Known, row.SecurityState));
        Assert.All(rows, row => Assert.Equal(enrolled[row.RemoteId].Encrypted, row.Encrypted));
        Assert.All(rows, row => Assert.Equal(enrolled[row.RemoteId].Passcode, row.PasscodePresent));
        var corporate = rows.Where(row => row.Ownership is "C" or "S").ToList();
        Assert.True(corporate.Count(row => row.AppsState == DetailState.Known) >= 0.95 * corporate.Count);
    }

    private static void AssertCalls(SyncScene scene, RunView run)
    {
        var log = scene.Uem.RequestLog;
        Assert.Equal(4, log.Count("GET mdm/devices/search"));
        Assert.Equal((run.Counts["users"].Read + 499) / 500, log.Count("GET system/users/search"));
        Assert.True(log.Count("GET mdm/devices/{id}/security") <= run.Counts["details"].Read);
        Assert.Equal(log.Total, run.UemCalls);
        Assert.True(run.Bytes > 1000 * run.Counts["devices"].Read, "a row of the listing has more than 1,000 bytes");
    }

    private static async Task<string> ReadSharedAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(Cancel);
    }
}
