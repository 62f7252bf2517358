using Picket.Api;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Sync;

/// <summary>Whether the UEM can be reached is one thing, whether a run read everything is another.</summary>
public sealed class IntegrationHealthTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_active_again_after_an_outage_although_one_device_stays_unreadable()
    {
        await using var scene = await SyncScene.StartAsync(settings: new() { ["Uem:MaxRetries"] = "0" });
        scene.Uem.Faults = FaultScript.Of(new FaultRule { Action = FaultAction.Status });
        await scene.RunAsync();
        var outage = await scene.IntegrationAsync();
        FailOneDevice(scene);

        var run = await scene.RunAsync();

        Assert.Equal(IntegrationState.Unreachable, outage.State);
        Assert.Contains("could not be reached", outage.StateReason, StringComparison.Ordinal);
        Assert.Equal(RunState.Incomplete, run.State);
        var after = await scene.IntegrationAsync();
        Assert.Equal((IntegrationState.Active, null), (after.State, after.StateReason));
    }

    [Fact]
    public async Task Stays_active_when_one_listing_alone_breaks()
    {
        await using var scene = await SyncScene.StartAsync(settings: new() { ["Uem:MaxRetries"] = "0" });
        scene.Uem.Faults = FaultScript.Of(new FaultRule { Path = "users/search", Action = FaultAction.Status });

        var run = await scene.RunAsync();

        Assert.Equal(RunState.Incomplete, run.State);
        Assert.Equal(IntegrationState.Active, (await scene.IntegrationAsync()).State);
    }

    [Fact]
    public async Task Keeps_a_missing_right_in_mind_until_a_full_run_found_it_granted()
    {
        await using var scene = await SyncScene.StartAsync();
        await scene.RunAsync();
        var device = (await scene.DevicesAsync())[0];
        var role = scene.Uem.Access.Account(scene.Uem.Credentials.Account).Role;
        role.Revoke(new(WorkspaceOne.Emulator.Access.Rows.SmartGroups, WorkspaceOne.Emulator.Access.RightMode.Read));
        await scene.RunAsync();
        var missing = await scene.IntegrationAsync();
        role.Grant(new(WorkspaceOne.Emulator.Access.Rows.SmartGroups, WorkspaceOne.Emulator.Access.RightMode.Read));

        await scene.RunAsync(RunKind.Device, device.Id);
        var afterOne = await scene.IntegrationAsync();
        await scene.RunAsync();

        Assert.Equal(IntegrationState.PermissionMissing, missing.State);
        Assert.Equal(IntegrationState.PermissionMissing, afterOne.State);
        Assert.Equal(IntegrationState.Active, (await scene.IntegrationAsync()).State);
    }

    [Fact]
    public async Task Misses_nothing_with_the_rights_of_table_1_until_tags_are_to_be_written()
    {
        await using var scene = await SyncScene.StartAsync(new() { Devices = 60, Role = SeededRoles.Minimum });

        var reading = await scene.RunAsync();
        var active = await scene.IntegrationAsync();
        await scene.SetWritingAsync(enabled: true);
        var writing = await scene.RunAsync();

        Assert.True(reading.State == RunState.Completed, string.Join("\n", reading.IncompleteReasons));
        Assert.Contains(reading.Notes, note => note.Contains("\"Settings > Tags\" (Read)", StringComparison.Ordinal));
        Assert.Equal(IntegrationState.Active, active.State);
        Assert.Equal(RunState.Incomplete, writing.State);
        Assert.Contains("Settings > Tags", Assert.Single(writing.IncompleteReasons));
        Assert.Equal(IntegrationState.PermissionMissing, (await scene.IntegrationAsync()).State);
    }

    [Fact]
    public async Task Reads_from_the_last_whole_listing_of_devices_on_although_that_run_was_incomplete()
    {
        await using var scene = await SyncScene.StartAsync(settings: new() { ["Uem:MaxRetries"] = "0" });
        FailOneDevice(scene);
        var full = await scene.RunAsync();

        await scene.RunAsync(RunKind.Incremental);

        Assert.Equal(RunState.Incomplete, full.State);
        var listing = scene.Uem.RequestLog.Entries.Last(call =>
            call.Path.EndsWith("devices/search", StringComparison.Ordinal)
        );
        Assert.Contains("seen_since=", listing.Query, StringComparison.OrdinalIgnoreCase);
    }

    private static void FailOneDevice(SyncScene scene)
    {
        var device = scene.Uem.Fleet.All.First(device => device.IsEnrolled);
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule { Path = $"devices/{device.Id}/security", Action = FaultAction.Status }
        );
    }
}
