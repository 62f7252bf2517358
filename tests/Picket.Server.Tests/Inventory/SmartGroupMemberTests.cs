using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Picket.Api;
using Picket.Server.Tests.Sync;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Inventory;

/// <summary>Which devices are in a smart group is the UEM's to say.</summary>
public sealed class SmartGroupMemberTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lists_the_devices_of_a_smart_group_with_one_call_however_many_pages_are_read()
    {
        await using var scene = await SyncScene.StartAsync();
        await scene.RunAsync();
        var group = (await scene.Picket.Client.SmartGroups().ToListAsync(Cancel)).MaxBy(each => each.Devices)!;
        var calls = scene.Uem.RequestLog.Count("GET mdm/smartgroups/{id}/devices");

        var devices = await scene.Picket.Client.SmartGroupDevices(group.Id, limit: 10).ToListAsync(Cancel);

        Assert.Equal(group.Devices, devices.Select(device => device.Id).Distinct().Count());
        Assert.Equal(calls + 1, scene.Uem.RequestLog.Count("GET mdm/smartgroups/{id}/devices"));
        Assert.Equal(group, await scene.Picket.Client.SmartGroupAsync(group.Id, Cancel));
    }

    [Fact]
    public async Task Says_how_many_of_its_devices_are_not_in_the_inventory()
    {
        await using var scene = await SyncScene.StartAsync();
        await scene.RunAsync();
        var group = (await scene.Picket.Client.SmartGroups().ToListAsync(Cancel)).MaxBy(each => each.Devices)!;
        await using (var db = scene.Picket.OpenDatabase())
        {
            db.Devices.First(row => row.GoneAt == null).GoneAt = InventorySeed.Day(1);
            await db.SaveChangesAsync(Cancel);
        }

        var page = await scene.Picket.Client.SmartGroupDevices(group.Id).PageAsync(Cancel);

        Assert.Equal(group.Devices - 1, page.Items.Count);
        Assert.StartsWith("1 device of this smart group is not in the inventory", page.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_so_when_the_uem_cannot_be_asked()
    {
        await using var scene = await SyncScene.StartAsync(settings: new() { ["Uem:MaxRetries"] = "0" });
        await scene.RunAsync();
        var group = (await scene.Picket.Client.SmartGroups().ToListAsync(Cancel))[0];
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "smartgroups",
                Action = FaultAction.Status,
                Status = 500,
            }
        );

        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.Picket.Client.SmartGroupDevices(group.Id).PageAsync(Cancel)
        );

        Assert.Equal(HttpStatusCode.BadGateway, refused.Status);
        Assert.Equal("The UEM could not be asked", refused.Problem.Title);
    }

    [Fact]
    public async Task Asks_nothing_of_a_uem_that_failed_a_moment_ago_nor_while_the_integration_is_paused()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var scene = await SyncScene.StartAsync(settings: new() { ["Uem:MaxRetries"] = "0" }, time: time);
        await scene.RunAsync();
        var group = (await scene.Picket.Client.SmartGroups().ToListAsync(Cancel))[0];
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "smartgroups",
                Action = FaultAction.Status,
                Status = 500,
            }
        );
        var before = Calls(scene);
        Assert.Equal(HttpStatusCode.BadGateway, await RefusedAsync(scene, group.Id));
        Assert.Equal(HttpStatusCode.BadGateway, await RefusedAsync(scene, group.Id));
        Assert.Equal(before + 1, Calls(scene));

        scene.Uem.Faults = new FaultScript();
        await SetAsync(scene, IntegrationState.Paused);
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.Conflict, await RefusedAsync(scene, group.Id));
        Assert.Equal(before + 1, Calls(scene));

        await SetAsync(scene, IntegrationState.Active);
        Assert.Equal(group.Devices, (await scene.Picket.Client.SmartGroupDevices(group.Id).ToListAsync(Cancel)).Count);
        Assert.Equal(before + 2, Calls(scene));
    }

    private static async Task SetAsync(SyncScene scene, IntegrationState state)
    {
        await using var db = scene.Picket.OpenDatabase();
        await db.Integrations.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, state), Cancel);
    }

    private static long Calls(SyncScene scene) => scene.Uem.RequestLog.Count("GET mdm/smartgroups/{id}/devices");

    private static async Task<HttpStatusCode> RefusedAsync(SyncScene scene, Guid group) =>
        (
            await Assert.ThrowsAsync<PicketApiException>(() =>
                scene.Picket.Client.SmartGroupDevices(group).PageAsync(Cancel)
            )
        ).Status;
}
