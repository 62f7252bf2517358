using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Inventory;
using Picket.Server.Storage;
using Picket.WorkspaceOne.Emulator;

namespace Picket.Server.Tests.Sync;

public sealed class QuietSyncTests
{
    private static readonly string[] Watched =
    [
        "devices",
        "device_changes",
        "apps",
        "device_apps",
        "users",
        "user_groups",
        "user_group_members",
        "organization_groups",
        "administrators",
        "smart_groups",
        "tags",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Writes_nothing_but_last_seen_when_nothing_lasting_changed()
    {
        await using var scene = await SyncScene.StartAsync(new EmulatorOptions { Devices = 600 });
        await scene.RunAsync();
        await using var db = scene.Picket.OpenDatabase();
        await scene.JudgedAsync();
        var before = await LastingAsync(scene);
        await WatchAsync(db);
        // Three of five devices of the emulated fleet report every ten seconds.
        await Task.Delay(TimeSpan.FromSeconds(10.5), TimeProvider.System, Cancel);

        var run = await scene.RunAsync();

        var written = await db
            .Database.SqlQueryRaw<string>("SELECT name || ' ' || what AS \"Value\" FROM written GROUP BY name, what")
            .ToListAsync(Cancel);
        Assert.Equal(RunState.Completed, run.State);
        Assert.Equal(["devices update"], written);
        Assert.Equal(before, await LastingAsync(scene));
        Assert.InRange(run.Counts["devices"].Touched, 200, 600);
        Assert.Equal(
            (0, 0, 0),
            (run.Counts["devices"].Added, run.Counts["devices"].Changed, run.Counts["devices"].Removed)
        );
    }

    [Fact]
    public async Task Keeps_what_changed_as_history_and_asks_for_a_judgement()
    {
        await using var scene = await SyncScene.StartAsync(new EmulatorOptions { Devices = 60 });
        await scene.RunAsync();
        await scene.JudgedAsync();
        var changed = scene.Uem.Fleet.All.First(device => device.IsEnrolled && device.Ownership == "C");
        scene.Uem.Fleet.Change(changed.Id, device => device with { OperatingSystem = "99.1" });

        var run = await scene.RunAsync();

        await scene.JudgedAsync();
        await using var db = scene.Picket.OpenDatabase();
        var history = await db.DeviceChanges.AsNoTracking().SingleAsync(change => change.Attribute != "level", Cancel);
        var device = await db.Devices.AsNoTracking().SingleAsync(row => row.RemoteId == changed.Id, Cancel);
        Assert.Equal((device.Id, "osVersion"), (history.DeviceId, history.Attribute));
        Assert.Equal((changed.OperatingSystem, "99.1"), (history.Before, history.After));
        Assert.True(device.JudgedAt > run.StartedAt);
        Assert.Equal(1, run.Counts["devices"].Changed);
    }

    [Fact]
    public async Task Reads_one_device_with_its_apps_and_closes_the_period_of_an_app_that_left()
    {
        await using var scene = await SyncScene.StartAsync(new EmulatorOptions { Devices = 30 });
        await scene.RunAsync();
        var target = scene.Uem.Fleet.All.First(device => device.IsEnrolled && device.Ownership == "C");
        scene.Uem.Fleet.Change(target.Id, device => device with { AddedApps = ["org.picket.added"] });
        var row = (await scene.DevicesAsync()).Single(device => device.RemoteId == target.Id);
        scene.Uem.RequestLog.Clear();

        var first = await scene.RunAsync(RunKind.Device, row.Id);
        scene.Uem.Fleet.Change(target.Id, device => device with { AddedApps = [] });
        await scene.RunAsync(RunKind.Device, row.Id);

        await using var db = scene.Picket.OpenDatabase();
        var presence = await (
            from app in db.Apps
            where app.Identifier == "org.picket.added"
            join period in db.DeviceApps on app.Id equals period.AppId
            select period
        ).SingleAsync(Cancel);
        Assert.Equal((row.Id, true), (presence.DeviceId, presence.GoneAt is not null));
        Assert.Empty(await db.DeviceChanges.Where(change => change.Attribute != "level").ToListAsync(Cancel));
        Assert.Equal(3, first.UemCalls);
        Assert.Equal(6, scene.Uem.RequestLog.Total);
    }

    [Fact]
    public async Task Reads_incrementally_what_reported_since_and_removes_nothing()
    {
        await using var scene = await SyncScene.StartAsync(new EmulatorOptions { Devices = 60 });
        await scene.RunAsync();
        scene.Uem.Fleet.RemoveShare(0.5);

        var run = await scene.RunAsync(RunKind.Incremental);

        Assert.Equal(RunState.Completed, run.State);
        Assert.All(await scene.DevicesAsync(), row => Assert.Null(row.GoneAt));
        Assert.True(run.Counts["devices"].Read < 60);
    }

    /// <summary>Times that a device moves by reporting.</summary>
    private static readonly string[] Moving =
    [
        nameof(DeviceRow.LastSeenAt),
        nameof(DeviceRow.ComplianceCheckedAt),
        nameof(DeviceRow.CompromisedCheckedAt),
    ];

    private static async Task<List<string>> LastingAsync(SyncScene scene) =>
        [
            .. (await scene.DevicesAsync()).Select(row =>
                string.Join(
                    '|',
                    typeof(DeviceRow)
                        .GetProperties()
                        .Where(property => !Moving.Contains(property.Name))
                        .Select(property =>
                            property.GetValue(row) is byte[] hash
                                ? Convert.ToHexString(hash)
                                : $"{property.GetValue(row)}"
                        )
                )
            ),
        ];

    private static async Task WatchAsync(PicketDbContext db)
    {
        await db.Database.ExecuteSqlRawAsync("CREATE TABLE written (name TEXT, what TEXT)", Cancel);
        foreach (var table in Watched)
        {
            foreach (var what in new[] { "insert", "update", "delete" })
            {
                await db.Database.ExecuteSqlRawAsync(Trigger(table, what), Cancel);
            }
        }
    }

    private static string Trigger(string table, string what) =>
        $"CREATE TRIGGER watch_{table}_{what} AFTER {what} ON {table} "
        + $"BEGIN INSERT INTO written VALUES ('{table}', '{what}'); END";
}
