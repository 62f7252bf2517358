using Microsoft.EntityFrameworkCore;
using Picket.Core.Risk;
using Picket.Server.Tests.Sync;
using Picket.WorkspaceOne.Emulator;

namespace Picket.Server.Tests.Risk;

public sealed class KilledJudgingTests
{
    /// <summary>Some batches of judging; the quota keeps the reading of details short.</summary>
    private static readonly EmulatorOptions Fleet = new() { Devices = 3200, DailyQuota = 900 };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Finds_the_same_and_tells_it_once_although_the_server_was_killed_while_judging()
    {
        await using var scene = await KillScene.StartAsync(Fleet);
        await scene.Sync.RunAsync();
        await scene.Sync.JudgedAsync();
        var expected = await scene.LookAsync(db => Inventories.OfAsync(db, Cancel));
        await scene.StopAsync();

        await KilledMidwayAsync(scene);
        await scene.Sync.Picket.RestartAsync();
        await scene.Sync.JudgedAsync();

        await using var after = scene.Sync.Picket.OpenDatabase();
        Inventories.AssertAlike(expected, await Inventories.OfAsync(after, Cancel));
        var told = await after.DeviceChanges.Where(change => change.Attribute == "level").ToListAsync(Cancel);
        Assert.NotEmpty(told);
        Assert.Equal(told.Count, told.Select(change => change.DeviceId).Distinct().Count());
    }

    private static async Task KilledMidwayAsync(KillScene scene)
    {
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await scene.LookAsync(db => ForgetAsync(db));
            await using (var server = scene.Process())
            {
                await KillScene.UntilAsync(async () => await JudgedAsync(scene) > 0);
                await server.KillAsync();
            }

            if (await JudgedAsync(scene) < Fleet.Devices)
            {
                return; // It may have been quicker than the kill; then once more.
            }
        }

        Assert.Fail("Judging was always over before the server could be killed.");
    }

    private static Task<int> JudgedAsync(KillScene scene) =>
        scene.LookAsync(db => db.Devices.CountAsync(row => row.JudgedAt != null, Cancel));

    /// <summary>As if the fleet had just been read and nobody had looked at it.</summary>
    private static async Task<int> ForgetAsync(Picket.Server.Storage.PicketDbContext db)
    {
        await db.Findings.ExecuteDeleteAsync(Cancel);
        await db.DeviceChanges.Where(change => change.Attribute == "level").ExecuteDeleteAsync(Cancel);
        return await db.Devices.ExecuteUpdateAsync(
            set =>
                set.SetProperty(row => row.Level, RiskLevel.Unknown)
                    .SetProperty(row => row.JudgedAt, (DateTimeOffset?)null)
                    .SetProperty(row => row.JudgingDue, true),
            Cancel
        );
    }
}
