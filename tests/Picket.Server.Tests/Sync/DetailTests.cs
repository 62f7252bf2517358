using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Inventory;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Faults;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.Server.Tests.Sync;

/// <summary>Apps and security details: for whom the day's calls are spent.</summary>
public sealed class DetailTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Leaves_a_device_alone_for_a_while_whose_details_fail()
    {
        await using var scene = await SyncScene.StartAsync(settings: new() { ["Uem:MaxRetries"] = "0" });
        var broken = Enrolled(scene);
        FailDetails(scene, broken, 500);
        var first = await scene.RunAsync();
        scene.Uem.RequestLog.Clear();

        var second = await scene.RunAsync();

        Assert.Equal(RunState.Incomplete, first.State);
        Assert.Contains(first.IncompleteReasons, reason => reason.Contains("1 of", StringComparison.Ordinal));
        Assert.True(second.State == RunState.Completed, string.Join("\n", second.IncompleteReasons));
        Assert.Equal(0, scene.Uem.RequestLog.Count("GET mdm/devices/{id}/security"));
        var row = await RowAsync(scene, broken);
        Assert.Equal(1, row.DetailFailures);
        Assert.True(row.DetailsNotBefore > row.DetailsTriedAt);
    }

    [Fact]
    public async Task Asks_no_more_for_apps_where_the_UEM_has_none_but_reads_the_security()
    {
        await using var scene = await SyncScene.StartAsync();
        var without = Enrolled(scene);
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = $"devices/{without.Uuid}/apps",
                Action = FaultAction.Status,
                Status = 501,
            }
        );
        var first = await scene.RunAsync();
        await DueAgainAsync(scene);
        scene.Uem.RequestLog.Clear();
        scene.Uem.Faults = new FaultScript();

        var second = await scene.RunAsync();

        Assert.True(first.State == RunState.Completed, string.Join("\n", first.IncompleteReasons));
        Assert.Equal(RunState.Completed, second.State);
        var row = await RowAsync(scene, without);
        Assert.Equal((DetailState.NotSupported, DetailState.Known), (row.AppsState, row.SecurityState));
        Assert.DoesNotContain(
            scene.Uem.RequestLog.Entries,
            call => call.Path.Contains($"{without.Uuid}/apps", StringComparison.OrdinalIgnoreCase)
        );
        Assert.Contains(
            scene.Uem.RequestLog.Entries,
            call => call.Path.EndsWith($"{without.Id}/security", StringComparison.OrdinalIgnoreCase)
        );
    }

    [Fact]
    public async Task Says_how_many_devices_fit_into_the_share_of_the_day()
    {
        await using var scene = await SyncScene.StartAsync(new EmulatorOptions { Devices = 200, DailyQuota = 150 });

        var run = await scene.RunAsync();

        Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
        var read = run.Counts["details"].Read;
        Assert.Contains(
            run.Notes,
            note => note.StartsWith("Details:", StringComparison.Ordinal) && note.Contains($"{read} ")
        );
    }

    [Fact]
    public async Task Ends_the_run_with_the_time_when_the_UEM_asks_to_come_back_in_an_hour()
    {
        await using var scene = await SyncScene.StartAsync(new EmulatorOptions { Devices = 200 });
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/security",
                Action = FaultAction.Status,
                Status = 429,
                RetryAfter = 3600,
                From = 10,
            }
        );

        var run = await scene.RunAsync();

        Assert.Equal(RunState.Incomplete, run.State);
        var reason = Assert.Single(run.IncompleteReasons);
        Assert.Contains("429", reason, StringComparison.Ordinal);
        Assert.Matches(@"\d{4}-\d\d-\d\d \d\d:\d\d", reason);
        // Those in flight may still be turned away, nobody after them.
        Assert.InRange(scene.Uem.FaultHits[0], 1, 8);
        Assert.DoesNotContain(await scene.DevicesAsync(), row => row.DetailFailures > 0);
    }

    [Fact]
    public async Task Asks_for_a_judgement_only_when_details_changed()
    {
        await using var scene = await SyncScene.StartAsync(new EmulatorOptions { Devices = 30 });
        await scene.RunAsync();
        await scene.JudgedAsync();
        var target = Enrolled(scene);
        var before = await RowAsync(scene, target);

        await scene.RunAsync(RunKind.Device, before.Id);
        var unchanged = await RowAsync(scene, target);
        scene.Uem.Fleet.Change(target.Id, device => device with { Passcode = !device.Passcode });
        await scene.RunAsync(RunKind.Device, before.Id);
        await scene.JudgedAsync();
        var changed = await RowAsync(scene, target);

        Assert.True(unchanged.SecurityReadAt > before.SecurityReadAt);
        Assert.Equal((before.JudgedAt, false), (unchanged.JudgedAt, unchanged.JudgingDue));
        Assert.True(changed.JudgedAt > before.JudgedAt);
    }

    [Fact]
    public async Task Asks_for_a_judgement_when_a_fact_had_grown_too_old()
    {
        await using var scene = await SyncScene.StartAsync(new EmulatorOptions { Devices = 30 });
        await scene.RunAsync();
        await scene.JudgedAsync();
        var target = Enrolled(scene);
        await using (var db = scene.Picket.OpenDatabase())
        {
            var old = TimeProvider.System.GetUtcNow().AddDays(-60);
            await db
                .Devices.Where(row => row.RemoteId == target.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.SecurityReadAt, old), Cancel);
        }

        var before = await RowAsync(scene, target);
        await scene.RunAsync(RunKind.Device, before.Id);
        await scene.JudgedAsync();

        Assert.True((await RowAsync(scene, target)).JudgedAt > before.JudgedAt);
    }

    private static Device Enrolled(SyncScene scene) =>
        scene.Uem.Fleet.All.First(device => device is { IsEnrolled: true, Ownership: "C" });

    private static void FailDetails(SyncScene scene, Device device, int status) =>
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = $"devices/{device.Id}/security",
                Action = FaultAction.Status,
                Status = status,
            }
        );

    /// <summary>As if the last reading of all details lay days back.</summary>
    private static async Task DueAgainAsync(SyncScene scene)
    {
        await using var db = scene.Picket.OpenDatabase();
        var then = TimeProvider.System.GetUtcNow().AddDays(-2);
        await db.Devices.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.DetailsTriedAt, then).SetProperty(row => row.DetailsNotBefore, then),
            Cancel
        );
    }

    private static async Task<DeviceRow> RowAsync(SyncScene scene, Device device) =>
        (await scene.DevicesAsync()).Single(row => row.RemoteId == device.Id);
}
