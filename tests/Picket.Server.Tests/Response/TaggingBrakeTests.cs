using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Inventory;

namespace Picket.Server.Tests.Response;

public sealed class TaggingBrakeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Holds_a_run_that_would_change_too_many_devices_until_it_is_approved()
    {
        await using var scene = await TagScene.StartAsync();
        await scene.AcceptAsync();
        var before = scene.Actual();

        await scene.JudgeAsync(RiskLevel.High, await BetterAsync(scene, 12));
        var held = await scene.NewestAsync(run => run.State == RunState.Held);

        Assert.Equal(before, scene.Actual());
        Assert.Equal(12, held.Brake!.Changed);
        var enrolled = (await scene.DevicesAsync()).Count(row => row.EnrollmentStatus == "Enrolled");
        Assert.Equal(enrolled, held.Brake.Devices);
        Assert.NotEmpty(held.IncompleteReasons);
        var touched = await scene.Client.TagDifferences(scene.Integration, new() { Limit = 5 }).ToListAsync(Cancel);
        Assert.Equal(12, touched.Select(device => device.DeviceId).Distinct().Count());
        Assert.All(touched, device => Assert.Equal(["Picket: High"], device.Gets));
        Assert.All(touched, device => Assert.DoesNotContain(Assert.Single(device.Loses), device.Gets));

        // Nobody decides within a week: it is over, and what differs by then is shown anew.
        await using (var db = scene.Picket.OpenDatabase())
        {
            DateTimeOffset? lastWeek = TimeProvider.System.GetUtcNow().AddDays(-8);
            await db
                .TagRuns.Where(row => row.Id == held.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.StartedAt, lastWeek), Cancel);
        }

        var anew = await scene.NewestAsync(run => run.State == RunState.Held && run.Id != held.Id);
        Assert.Equal(RunState.Cancelled, (await scene.Client.TagRunAsync(held.Id, Cancel)).State);
        Assert.Equal(before, scene.Actual());
        var approved = await scene.Client.ApproveTagsAsync(anew.Id, Cancel);

        Assert.Empty(approved.IncompleteReasons);
        await scene.EndAsync(anew);
        await scene.SettledAsync();
    }

    [Fact]
    public async Task A_yes_is_for_the_devices_that_were_shown_as_they_were_shown()
    {
        await using var scene = await TagScene.StartAsync();
        await scene.AcceptAsync();
        var devices = (await BetterAsync(scene, 13)).ToList();
        var (shown, moved, late) = (devices.Take(11).ToList(), devices[11], devices[12]);
        await scene.JudgeAsync(RiskLevel.High, shown.Append(moved));
        var held = await scene.NewestAsync(run => run.State == RunState.Held);
        Assert.Equal((12, (int?)1), (held.Brake!.Changed, held.Showing));

        // One of those that were shown is to get another tag by now, and one comes up that nobody was shown.
        await scene.JudgeAsync(RiskLevel.Critical, [moved]);
        await scene.JudgeAsync(RiskLevel.High, [late]);
        var listed = scene.Client.TagDifferences(scene.Integration, new() { Run = held.Id, Limit = 5 });
        var kept = await listed.ToListAsync(Cancel);
        Assert.Equal(
            shown.Append(moved).Select(row => (Guid?)row.Id).ToHashSet(),
            kept.Select(row => row.DeviceId).ToHashSet()
        );
        Assert.Equal(12, kept.Count);
        Assert.All(kept, row => Assert.Equal(("Picket: High", 1), (Assert.Single(row.Gets), row.Loses.Count)));
        Assert.Empty(
            await scene
                .Client.TagDifferences(scene.Integration, new() { Run = held.Id, Gets = false })
                .ToListAsync(Cancel)
        );
        var other = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.Client.ApproveTagsAsync(held.Id, showing: 2, Cancel)
        );
        Assert.Equal("The run was shown anew", other.Problem.Title);
        await scene.Client.ApproveTagsAsync(held.Id, held.Showing, Cancel);
        var ended = await scene.EndAsync(held);

        Assert.True(ended.State == RunState.Completed, string.Join("\n", ended.IncompleteReasons));
        Assert.Equal((22, 2), (ended.Confirmed, ended.NotShown));
        await using var db = scene.Picket.OpenDatabase();
        var touched = await (
            from entry in db.Ledger
            join device in db.LedgerDevices on entry.Id equals device.EntryId
            where entry.TagRunId == held.Id
            select device.RemoteId
        )
            .Distinct()
            .ToListAsync(Cancel);
        Assert.Equal(shown.Select(row => row.RemoteId).Order(), touched.Order());

        // They come under the brakes in a run of their own, here as few as go by themselves.
        await scene.SettledAsync();
        await TagScene.UntilAsync(() => db.ShownDevices.CountAsync(Cancel), left => left <= 24);
    }

    [Fact]
    public async Task Holds_by_the_limits_of_the_integration_and_says_which()
    {
        await using var scene = await TagScene.StartAsync();
        await scene.AcceptAsync();
        await scene.ChangeAsync(
            new ChangeIntegration
            {
                TagBrake = new TagBrakeSettings
                {
                    Percent = 100,
                    Least = 1,
                    GroupPercent = 1,
                },
            }
        );
        var below = (await scene.DevicesAsync()).Where(row =>
            row.OrganizationGroupId != scene.Uem.OrganizationGroup.Id && row.Level is RiskLevel.Secure or RiskLevel.Low
        );
        var site = below.GroupBy(row => row.OrganizationGroupId).First(group => group.Count() > 1);

        await scene.JudgeAsync(RiskLevel.High, site.Take(2));

        var held = await scene.NewestAsync(run => run.State == RunState.Held);
        Assert.Contains("more than 1% of one organization group", Assert.Single(held.IncompleteReasons));
        Assert.Equal(2, held.Brake!.Changed);
        await scene.Client.DiscardTagsAsync(held.Id, Cancel);

        await scene.ChangeAsync(
            new ChangeIntegration
            {
                TagBrake = new TagBrakeSettings { Percent = 100, PerRun = 1 },
            }
        );
        await scene.ReadAsync();
        await scene.JudgeAsync(RiskLevel.High, site.Take(2));
        held = await scene.NewestAsync(run => run.State == RunState.Held);
        Assert.Contains("more than the 1 of one run", Assert.Single(held.IncompleteReasons));
        var shown = Assert.Single((await scene.Client.BrakesAsync(Cancel)).Integrations);
        Assert.Equal((1, 1, 1.0, (double?)null), (shown.PerRun, shown.Held, shown.Share, shown.GroupShare));
        await scene.Client.ApproveTagsAsync(held.Id, Cancel);
        await scene.EndAsync(held);
        await scene.SettledAsync();
    }

    [Fact]
    public async Task Does_not_ask_again_after_a_discarded_run_before_the_fleet_was_read_anew()
    {
        await using var scene = await TagScene.StartAsync();
        await scene.AcceptAsync();
        var before = scene.Actual();
        await scene.JudgeAsync(RiskLevel.High, await BetterAsync(scene, 12));
        var held = await scene.NewestAsync(run => run.State == RunState.Held);

        var discarded = await scene.Client.DiscardTagsAsync(held.Id, Cancel);

        Assert.Equal(RunState.Cancelled, discarded.State);
        Assert.Contains("12 devices was declined", Assert.Single(discarded.IncompleteReasons));
        await scene.JudgeAsync(RiskLevel.High, await BetterAsync(scene, 1)); // a look later
        await scene.ReadAsync();
        var next = await scene.NewestAsync(run => run.Id != held.Id && run.State == RunState.Held);
        Assert.Equal(next.Id, (await scene.RunsAsync())[0].Id);
        Assert.Equal(held.Id, (await scene.RunsAsync())[1].Id);
        Assert.Equal(before, scene.Actual());
    }

    [Fact]
    public async Task Counts_what_changed_within_the_hour_along()
    {
        await using var scene = await TagScene.StartAsync();
        await scene.AcceptAsync();
        await scene.JudgeAsync(RiskLevel.High, await BetterAsync(scene, 4));
        await scene.SettledAsync();

        await scene.JudgeAsync(RiskLevel.High, await BetterAsync(scene, 4));

        var held = await scene.NewestAsync(run => run.State == RunState.Held);
        Assert.Equal((4, 4), (held.Brake!.Changed, held.Brake.Recent));
    }

    [Fact]
    public async Task Holds_the_new_tags_of_a_changed_prefix_and_then_takes_the_old_ones_off()
    {
        await using var scene = await TagScene.StartAsync();
        await scene.AcceptAsync();

        await scene.ChangeAsync(new ChangeIntegration { TagPrefix = "Risk: " });
        var held = await scene.NewestAsync(run => run.State == RunState.Held);
        await scene.Client.ApproveTagsAsync(held.Id, Cancel);
        var run = await scene.EndAsync(held);

        Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
        Assert.Empty(scene.Actual());
        Assert.Equal(await scene.WantedAsync(prefix: "Risk: "), scene.Actual("Risk: "));
    }

    private static async Task<IEnumerable<DeviceRow>> BetterAsync(TagScene scene, int count)
    {
        var better = (await scene.DevicesAsync())
            .Where(row => row.Level is RiskLevel.Secure or RiskLevel.Low or RiskLevel.Medium)
            .Take(count)
            .ToList();
        Assert.Equal(count, better.Count);
        return better;
    }
}
