using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;

namespace Picket.Server.Tests.Response;

/// <summary>What the ledger says of how a write of tags came about.</summary>
public sealed class LedgerTrailTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_write_is_wanted_by_the_verdicts_held_by_a_brake_and_approved_by_a_person()
    {
        await using var scene = await TagScene.StartAsync();
        var first = await scene.AcceptAsync();
        var previewed = await TrailAsync(scene, first.Id);
        Assert.Equal(("verdicts", null), (previewed.WantedBy, previewed.HeldBy));
        Assert.NotNull(previewed.ApprovedBy);

        await scene.JudgeAsync(RiskLevel.High, (await scene.DevicesAsync()).Where(Secure).Take(1));
        await scene.SettledAsync();
        var free = await TrailAsync(scene, (await scene.NewestAsync(run => run.State == RunState.Completed)).Id);
        Assert.Equal(("verdicts", null, null), (free.WantedBy, free.HeldBy, free.ApprovedBy));

        await scene.JudgeAsync(RiskLevel.High, (await scene.DevicesAsync()).Where(Secure).Take(10));
        var held = await scene.NewestAsync(run => run.State == RunState.Held);
        await scene.Client.ApproveTagsAsync(held.Id, Cancel);
        await scene.SettledAsync();
        var approved = await TrailAsync(scene, held.Id);
        Assert.Equal(("verdicts", "TagBrake"), (approved.WantedBy, approved.HeldBy));
        Assert.Equal(previewed.ApprovedBy, approved.ApprovedBy);

        var text = "version: 1\npolicies:\n  - name: All\n    group: '*'\n";
        var inForce = await scene.Client.PolicyAsync(Cancel);
        await scene.Client.ApplyPolicyAsync(new ApplyPolicy(text, inForce.Number), Cancel);
        await scene.JudgeAsync(RiskLevel.Low, (await scene.DevicesAsync()).Where(Secure).Take(1));
        var asFirst = await scene.NewestAsync(run => run.State == RunState.Held);
        await scene.Client.ApproveTagsAsync(asFirst.Id, Cancel);
        await scene.SettledAsync();
        Assert.Equal("NewPolicy", (await TrailAsync(scene, asFirst.Id)).HeldBy);
    }

    private static bool Secure(Server.Inventory.DeviceRow row) => row.Level == RiskLevel.Secure;

    /// <summary>Of the run's first write that puts a tag on devices.</summary>
    private static async Task<LedgerTrail> TrailAsync(TagScene scene, Guid run)
    {
        var write = (await scene.WritesAsync("AddTag")).First(write => write.TagRunId == run);
        return (await scene.Client.LedgerEntryAsync(write.Id, Cancel)).Trail!;
    }
}
