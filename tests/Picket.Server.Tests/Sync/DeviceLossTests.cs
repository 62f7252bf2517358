using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Inventory;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Sync;

/// <summary>Absence is not proof: what a listing lacks is asked for before it leaves the inventory.</summary>
public sealed class DeviceLossTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keeps_a_device_that_went_by_between_two_pages()
    {
        await using var scene = await SyncScene.StartAsync(new EmulatorOptions { Devices = 600 });
        var fleet = scene.Uem.Fleet.All.ToList();
        scene.Uem.Fleet.Remove(fleet[^1]);
        await scene.RunAsync();
        // The first page is read when row 0 leaves and another comes: row 500 is now on the page that was read before.
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "devices/search",
                Query = "page=1",
                Action = FaultAction.Churn,
                Times = 1,
            }
        );

        var run = await scene.RunAsync();

        var passedOver = (await scene.DevicesAsync()).Single(row => row.RemoteId == fleet[500].Id);
        Assert.Equal([1], scene.Uem.FaultHits);
        Assert.Equal(1, scene.Uem.RequestLog.Count("GET mdm/devices/{id}"));
        Assert.Null(passedOver.GoneAt);
        Assert.Equal(0, run.Counts["devices"].Removed);
        Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
        Assert.Contains(run.Notes, note => note.Contains("1 device that the listing lacks", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keeps_missing_devices_that_cannot_be_asked_for()
    {
        await using var scene = await SyncScene.StartAsync(settings: new() { ["Uem:MaxRetries"] = "0" });
        await scene.RunAsync();
        var doomed = scene.Uem.Fleet.All.Take(2).ToList();
        doomed.ForEach(scene.Uem.Fleet.Remove);
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = $"devices/{doomed[0].Id}",
                Action = FaultAction.Status,
                Status = 500,
            }
        );

        var doubtful = await scene.RunAsync();
        var gone = await GoneAsync(scene);
        scene.Uem.Faults = new FaultScript();
        var proven = await scene.RunAsync();

        Assert.Equal(RunState.Incomplete, doubtful.State);
        Assert.Contains(doubtful.IncompleteReasons, reason => reason.Contains("500", StringComparison.Ordinal));
        Assert.Equal([doomed[1].Id], gone);
        Assert.True(proven.State == RunState.Completed, string.Join("\n", proven.IncompleteReasons));
        Assert.Equal(doomed.Select(device => device.Id), await GoneAsync(scene));
    }

    [Fact]
    public async Task Reads_the_members_of_the_smart_groups_and_lets_go_who_left_them()
    {
        await using var scene = await SyncScene.StartAsync(integration: row => row.SmartGroups = [Corporate]);
        var members = scene.Uem.Fleet.All.Where(device => device.Ownership == "C").ToList();
        await scene.RunAsync();
        var before = await PresentAsync(scene);
        scene.Uem.Fleet.Change(members[0].Id, device => device with { Ownership = "E" });

        var run = await scene.RunAsync();

        Assert.Equal(members.Select(device => device.Id), before);
        Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
        Assert.Equal(members.Skip(1).Select(device => device.Id), await PresentAsync(scene));
        Assert.Equal("left the scope", await LastPresenceAsync(scene, members[0].Id));
    }

    [Fact]
    public async Task Keeps_the_members_that_only_one_reading_of_a_smart_group_lacks()
    {
        await using var scene = await SyncScene.StartAsync(integration: row => row.SmartGroups = [Corporate]);
        await scene.RunAsync();
        var before = await PresentAsync(scene);
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = $"smartgroups/{Corporate}/devices",
                Action = FaultAction.Omit,
                Rows = 2,
                Times = 1,
            }
        );

        var run = await scene.RunAsync();

        Assert.Equal([1], scene.Uem.FaultHits);
        Assert.Equal(RunState.Incomplete, run.State);
        Assert.Contains(run.IncompleteReasons, reason => reason.Contains("smart group", StringComparison.Ordinal));
        Assert.Equal(before, await PresentAsync(scene));
    }

    [Fact]
    public async Task Holds_a_run_whose_smart_group_lost_all_its_members()
    {
        await using var scene = await SyncScene.StartAsync(integration: row => row.SmartGroups = [Corporate]);
        await scene.RunAsync();
        var before = await PresentAsync(scene);
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule { Path = $"smartgroups/{Corporate}/devices", Action = FaultAction.Nothing }
        );

        var run = await scene.RunAsync();

        Assert.Equal((RunState.Held, before.Count), (run.State, run.Hold?.Lost));
        Assert.Equal(before, await PresentAsync(scene));
    }

    [Fact]
    public async Task Says_of_a_device_that_moved_to_another_group_that_it_left_the_scope()
    {
        await using var scene = await SyncScene.StartAsync(new EmulatorOptions { Devices = 200 });
        var europe = scene.Uem.Groups.Find("Europe")!;
        await scene.NarrowAsync(europe);
        await scene.RunAsync();
        var mover = scene.Uem.Fleet.All.First(device => scene.Uem.Groups.IsWithin(device.Group, europe.Index));
        scene.Uem.Fleet.Change(mover.Id, device => device with { Group = scene.Uem.OrganizationGroup.Index });

        var run = await scene.RunAsync();

        Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
        Assert.DoesNotContain(mover.Id, await PresentAsync(scene));
        Assert.Equal("left the scope", await LastPresenceAsync(scene, mover.Id));
    }

    [Fact]
    public async Task Says_of_a_device_that_is_back_whether_it_was_gone_or_had_left_the_scope()
    {
        await using var scene = await SyncScene.StartAsync(new EmulatorOptions { Devices = 200 });
        var europe = scene.Uem.Groups.Find("Europe")!;
        await scene.NarrowAsync(europe);
        await scene.RunAsync();
        var inside = scene
            .Uem.Fleet.All.Where(device => scene.Uem.Groups.IsWithin(device.Group, europe.Index))
            .ToList();
        var (mover, lost) = (inside[0], inside[1]);
        scene.Uem.Fleet.Change(mover.Id, device => device with { Group = scene.Uem.OrganizationGroup.Index });
        scene.Uem.Fleet.Remove(lost);
        await scene.RunAsync();
        scene.Uem.Fleet.Change(mover.Id, device => device with { Group = mover.Group });
        scene.Uem.Fleet.Restore(lost.Index);

        var run = await scene.RunAsync();

        Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
        Assert.Equal(["in the fleet", "left the scope", "in the fleet"], await PresencesAsync(scene, mover.Id));
        Assert.Equal(["in the fleet", "gone", "in the fleet"], await PresencesAsync(scene, lost.Id));
    }

    /// <summary>The emulator's smart group "Corporate Dedicated".</summary>
    private const int Corporate = 30_026;

    private static async Task<List<int>> PresentAsync(SyncScene scene) =>
        [.. (await scene.DevicesAsync()).Where(row => row.GoneAt is null).Select(row => row.RemoteId)];

    private static async Task<List<int>> GoneAsync(SyncScene scene) =>
        [.. (await scene.DevicesAsync()).Where(row => row.GoneAt is not null).Select(row => row.RemoteId)];

    /// <summary>From the first change on: what was before it, and what after each.</summary>
    private static async Task<List<string?>> PresencesAsync(SyncScene scene, int remoteId)
    {
        await using var db = scene.Picket.OpenDatabase();
        var device = await db.Devices.SingleAsync(row => row.RemoteId == remoteId, Cancel);
        var changes = await db
            .DeviceChanges.Where(row => row.DeviceId == device.Id && row.Attribute == "presence")
            .OrderBy(row => row.Id)
            .ToListAsync(Cancel);
        return [changes[0].Before, .. changes.Skip(1).Select(change => change.Before), changes[^1].After];
    }

    private static async Task<string?> LastPresenceAsync(SyncScene scene, int remoteId)
    {
        await using var db = scene.Picket.OpenDatabase();
        var device = await db.Devices.SingleAsync(row => row.RemoteId == remoteId, Cancel);
        return await db
            .DeviceChanges.Where(row => row.DeviceId == device.Id && row.Attribute == "presence")
            .OrderByDescending(row => row.Id)
            .Select(row => row.After)
            .FirstOrDefaultAsync(Cancel);
    }
}
