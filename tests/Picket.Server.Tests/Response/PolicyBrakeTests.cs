using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Inventory;
using Picket.Server.Tests.Storage;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Response;

/// <summary>What a policy says of the brake, and what is done with a new one.</summary>
public sealed class PolicyBrakeTests(TestPostgres postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_run_under_a_new_policy_waits_for_a_person_however_little_it_changes()
    {
        await using var scene = await TagScene.StartAsync(integration: row => row.TagBrakePercent = 100);
        await CompromiseAsync(scene, 1);
        await scene.AcceptAsync();
        var before = scene.Actual();

        await ApplyAsync(scene, "levels: {device.compromised: high}");

        var held = await scene.NewestAsync(run => run.State == RunState.Held);
        Assert.Equal((1, 1), (held.FirstUnderPolicy, held.Brake!.Changed));
        Assert.Contains("Version 1 of the policy is new", Assert.Single(held.IncompleteReasons));
        Assert.Equal(before, scene.Actual());

        await scene.Client.ApproveTagsAsync(held.Id, Cancel);
        await scene.EndAsync(held);
        await scene.SettledAsync();
        Assert.NotEqual(before, scene.Actual());

        // It is new no more.
        await CompromiseAsync(scene, 1);
        await scene.SettledAsync();
        Assert.All(await scene.RunsAsync(), run => Assert.NotEqual(RunState.Held, run.State));
    }

    [Fact]
    public async Task Of_a_first_run_that_was_stopped_half_way_the_rest_is_shown_once_more()
    {
        await using var scene = await TagScene.StartAsync(integration: row =>
            (row.TagBrakePercent, row.TagBatchSize) = (100, 2)
        );
        await CompromiseAsync(scene, 5);
        await scene.AcceptAsync();
        await ApplyAsync(scene, "levels: {device.compromised: high}");
        var held = await scene.NewestAsync(run => run.State == RunState.Held);
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/adddevices",
                Action = FaultAction.Slow,
                Milliseconds = 1500,
                Times = 1,
            }
        );
        await scene.Client.ApproveTagsAsync(held.Id, Cancel);
        await TagScene.UntilAsync(() => Task.FromResult(scene.Uem.FaultHits[0]), hits => hits > 0);

        await scene.Client.StopWritesAsync("A look around", Cancel);
        await scene.Client.ReleaseWritesAsync(cancellationToken: Cancel);

        var rest = await scene.NewestAsync(run => run.State == RunState.Held);
        Assert.Equal(1, rest.FirstUnderPolicy);
        Assert.InRange(rest.Brake!.Changed, 1, 5); // Whose old tag is on still counts, too.
        await scene.Client.ApproveTagsAsync(rest.Id, Cancel);
        await scene.SettledAsync();
        await scene.SeenPolicyAsync(1);
    }

    [Fact]
    public async Task A_word_under_one_policy_lets_nothing_go_under_the_next()
    {
        await using var scene = await TagScene.StartAsync(settings: new() { ["Response:RetryMilliseconds"] = "60000" });
        await scene.AcceptAsync();
        var devices = (await scene.DevicesAsync()).Where(row => row.Level is not (RiskLevel.Unknown or RiskLevel.High));
        await scene.JudgeAsync(RiskLevel.High, devices.Take(10));
        var held = await scene.NewestAsync(run => run.State == RunState.Held);
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/adddevices",
                Action = FaultAction.Status,
                Status = 400,
                ErrorCode = 1000,
            }
        );
        await scene.Client.ApproveTagsAsync(held.Id, held.Showing, Cancel);
        await scene.NewestAsync(run => run.State == RunState.Incomplete);

        // Another version, under which nothing differs: all are judged anew, and are what they were.
        await ApplyAsync(scene, "grace: {device.not-encrypted: 0d}");
        await scene.SeenPolicyAsync(1);
        scene.Uem.Faults = FaultScript.Of();
        var before = scene.Actual();
        await scene.JudgeAsync(RiskLevel.High, devices.Skip(10).Take(10));

        await scene.NewestAsync(run => run.Id != held.Id && run.State == RunState.Held);
        Assert.Equal(before, scene.Actual());
    }

    [Fact]
    public async Task A_policy_that_changes_nothing_holds_nothing_later()
    {
        await using var scene = await TagScene.StartAsync();
        await scene.AcceptAsync();
        await ApplyAsync(scene, "grace: {device.not-encrypted: 0d}");
        await TagScene.UntilAsync(() => scene.Client.OverviewAsync(Cancel), overview => overview.JudgingDue == 0);
        await scene.SeenPolicyAsync(1);

        await CompromiseAsync(scene, 1);
        await scene.SettledAsync();

        Assert.All(await scene.RunsAsync(), run => Assert.Null(run.FirstUnderPolicy));
    }

    [Fact]
    public async Task A_preview_is_accepted_under_the_policy_that_it_was_made_for_alone()
    {
        await using var scene = await TagScene.StartAsync();
        var preview = await scene.PreviewAsync();

        await ApplyAsync(scene, "levels: {device.compromised: high}");

        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.Client.AcceptTagsAsync(scene.Integration, preview.Id, Cancel)
        );
        Assert.Contains("another policy was applied", refused.Message, StringComparison.Ordinal);
        Assert.Equal(RunState.Completed, (await scene.AcceptAsync()).State);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_policy_brakes_its_own_devices_and_no_others(string kind)
    {
        await using var scene = await TagScene.StartAsync(
            settings: kind == "postgres"
                ? new() { ["Storage:Postgres"] = await postgres.NewDatabaseAsync(Cancel) }
                : [],
            integration: row => row.TagBrakePercent = 100
        );
        await ApplyAsync(scene, "brake: {percent: 0}", "when: {platform: [android]}");
        await scene.AcceptAsync();

        await scene.JudgeAsync(RiskLevel.High, [await AnyAsync(scene, android: false)]);
        await scene.SettledAsync();
        await scene.JudgeAsync(RiskLevel.High, [await AnyAsync(scene, android: true)]);

        var held = await scene.NewestAsync(run => run.State == RunState.Held);
        Assert.Contains(
            "under the policy \"Tried\" would change, more than its 0%",
            Assert.Single(held.IncompleteReasons)
        );
        Assert.Null(held.FirstUnderPolicy);
        Assert.Equal(1, held.Brake!.Changed);
    }

    private static async Task ApplyAsync(TagScene scene, string values, string when = "")
    {
        var inForce = await scene.Client.PolicyAsync(Cancel);
        var text = $"version: 1\npolicies:\n  - name: Tried\n    group: '*'\n    {when}\n    {values}\n";
        await scene.Client.ApplyPolicyAsync(new ApplyPolicy(text, inForce.Number), Cancel);
    }

    private static async Task CompromiseAsync(TagScene scene, int devices)
    {
        foreach (var device in (await scene.DevicesAsync()).Where(row => row.Level == RiskLevel.Secure).Take(devices))
        {
            scene.Uem.Fleet.Change(device.RemoteId, had => had with { Compromised = true });
            await scene.ReadAsync(device.Id);
        }
    }

    private static async Task<DeviceRow> AnyAsync(TagScene scene, bool android) =>
        (await scene.DevicesAsync()).First(row =>
            row.Platform == "Android" == android && row.Level is not (RiskLevel.Unknown or RiskLevel.High)
        );
}
