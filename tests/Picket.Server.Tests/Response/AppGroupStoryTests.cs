using System.Net;
using Picket.Api;

namespace Picket.Server.Tests.Response;

/// <summary>Apps that findings name, on the UEM's lists of denied apps.</summary>
public sealed class AppGroupStoryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Listed_apps_reach_the_uem_after_a_preview_and_leave_it_with_their_cause()
    {
        await using var scene = await AppGroupScene.StartAsync();
        var (one, two, three, four) = (scene.Android[0], scene.Android[1], scene.Android[2], scene.Android[3]);
        var apple = scene.Apple[0];
        await scene.ListAsync(one, two, apple);

        // Nothing before somebody has seen it.
        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.Client.RunAppGroupsAsync(scene.Integration, Cancel)
        );
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        var preview = await scene.Client.PreviewAppGroupsAsync(scene.Integration, Cancel);
        Assert.Equal((3, 2), (preview.Changes, preview.Calls));
        var shown = preview.Groups.Single(group => group.Platform == AppGroupPlatform.Android);
        Assert.Equal([one, two], shown.Adds.Select(app => app.AppId).Order(StringComparer.Ordinal));
        Assert.All(shown.Adds, app => Assert.True(app.Devices > 0 && app.Reasons.Count > 0 && app.Level == Level.High));
        Assert.Empty(scene.Groups());

        var run = await scene.EndAsync(await scene.Client.AcceptAppGroupsAsync(scene.Integration, preview.Id, Cancel));
        Assert.True(run is { State: RunState.Completed, Confirmed: 3, Failed: 0 }, $"{run}");
        await scene.HoldsAsync(
            AppGroupScene.Of(AppGroupScene.AndroidName, one, two),
            AppGroupScene.Of(AppGroupScene.AppleName, apple)
        );
        Assert.Equal(
            ("Blacklist", "Android"),
            (scene.Group(AppGroupScene.AndroidName).Type, scene.Group(AppGroupScene.AndroidName).Platform)
        );

        // By itself from now on; what others add is left and told.
        scene.AddByHand(AppGroupScene.AndroidName, four);
        await scene.ListAsync(three);
        await scene.HoldsAsync(
            AppGroupScene.Of(AppGroupScene.AndroidName, one, two, three, four),
            AppGroupScene.Of(AppGroupScene.AppleName, apple)
        );
        await scene.UnlistAsync(one);
        await scene.UnlistAsync(apple); // The UEM keeps no empty group.
        await scene.HoldsAsync(AppGroupScene.Of(AppGroupScene.AndroidName, two, three, four));
        await scene.NewestAsync(last => last.State == RunState.Completed);
        var now = await scene.NowAsync();
        var android = now.Groups.Single(group => group.Platform == AppGroupPlatform.Android);
        Assert.True(now is { Enabled: true, WhyNot: null });
        Assert.Equal([four], android.Others);
        Assert.Equal(AppGroupState.Created, android.State);
        Assert.All(android.Apps, app => Assert.True(app.InGroup && app.Wanted));
        Assert.Equal(AppGroupState.Missing, now.Groups.Single(group => group.Platform == AppGroupPlatform.Apple).State);

        // All of it stands in the ledger, app by app.
        var writes = await scene.WritesAsync();
        Assert.Equal(
            ["AddToAppGroup", "CreateAppGroup", "CreateAppGroup", "DeleteAppGroup", "RemoveFromAppGroup"],
            writes.Select(write => write.Kind).Order()
        );
        var undone = await scene.Client.LedgerEntryAsync(
            writes.Single(write => write.Kind == "CreateAppGroup" && write.Subject.Contains("Apple")).Id,
            Cancel
        );
        Assert.Equal(LedgerState.Undone, undone.Write.State);
        Assert.Equal([new(apple, LedgerState.Undone)], undone.Apps);

        // Whoever removes the integration is told that they would stay.
        var stay = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.Client.RemoveIntegrationAsync(scene.Integration, cancellationToken: Cancel)
        );
        Assert.Contains("would stay denied", stay.Problem.Detail, StringComparison.Ordinal);

        var ended = await scene.EndAsync(await scene.Client.CleanUpAppGroupsAsync(scene.Integration, Cancel));
        Assert.Equal((RunState.Completed, 2), (ended.State, ended.Removes));
        await scene.HoldsAsync(AppGroupScene.Of(AppGroupScene.AndroidName, four));
        Assert.False((await scene.NowAsync()).Enabled);
    }

    [Fact]
    public async Task What_a_new_policy_changes_first_waits_for_a_person_however_little_it_is()
    {
        await using var scene = await AppGroupScene.StartAsync();
        var (one, two, three) = (scene.Android[0], scene.Android[1], scene.Android[2]);
        await scene.ListAsync(one);
        await scene.AcceptAsync();
        var inForce = await scene.Client.PolicyAsync(Cancel);
        var text =
            $"version: 1\npolicies:\n  - name: All\n    group: '*'\n    apps: {{denied: [{{id: {two}, reason: a test}}]}}\n";
        await scene.Client.ApplyPolicyAsync(new ApplyPolicy(text, inForce.Number), Cancel);

        var held = await scene.NewestAsync(run => run.State == RunState.Held);
        Assert.Contains("Version 1 of the policy is new", Assert.Single(held.IncompleteReasons));
        await scene.HoldsAsync(AppGroupScene.Of(AppGroupScene.AndroidName, one));

        await scene.Client.ApproveAppGroupsAsync(held.Id, Cancel);
        await scene.HoldsAsync(AppGroupScene.Of(AppGroupScene.AndroidName, one, two));
        await scene.NewestAsync(run => run.State == RunState.Completed);
        var write = (await scene.WritesAsync()).Single(each => each.AppGroupRunId == held.Id);
        Assert.Equal("NewPolicy", (await scene.Client.LedgerEntryAsync(write.Id, Cancel)).Trail!.HeldBy);

        // It is new no more.
        await scene.ListAsync(three);
        await scene.HoldsAsync(AppGroupScene.Of(AppGroupScene.AndroidName, one, two, three));
    }

    [Fact]
    public async Task A_group_of_others_is_never_touched_until_an_administrator_says_that_it_is_ours()
    {
        await using var scene = await AppGroupScene.StartAsync();
        var (ours, theirs) = (scene.Android[0], "com.example.theirs");
        var foreign = scene.MakeByHand(AppGroupScene.AndroidName, theirs);
        await scene.ListAsync(ours);

        var preview = await scene.Client.PreviewAppGroupsAsync(scene.Integration, Cancel);
        var change = preview.Groups.Single(group => group.Platform == AppGroupPlatform.Android);
        Assert.Equal(foreign.Id, change.ForeignUemId);
        Assert.Contains("before Picket", change.Trouble, StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.Client.AcceptAppGroupsAsync(scene.Integration, preview.Id, Cancel)
        );
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        var wrong = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.Client.AdoptAppGroupAsync(scene.Integration, foreign.Id + 1, Cancel)
        );
        Assert.Equal(HttpStatusCode.Conflict, wrong.Status);

        await scene.Client.AdoptAppGroupAsync(scene.Integration, foreign.Id, Cancel);
        var run = await scene.AcceptAsync();

        Assert.Equal(RunState.Completed, run.State);
        await scene.HoldsAsync(AppGroupScene.Of(AppGroupScene.AndroidName, ours, theirs));
        var now = (await scene.NowAsync()).Groups[0];
        Assert.Equal((AppGroupState.Adopted, foreign.Id), (now.State, now.UemId));
        Assert.Equal([theirs], now.Others);
        await scene.EndAsync(await scene.Client.CleanUpAppGroupsAsync(scene.Integration, Cancel));
        await scene.HoldsAsync(AppGroupScene.Of(AppGroupScene.AndroidName, theirs));
    }

    [Fact]
    public async Task What_was_changed_by_hand_is_put_right_after_the_next_reading_of_the_fleet()
    {
        await using var scene = await AppGroupScene.StartAsync();
        var (one, two, apple) = (scene.Android[0], scene.Android[1], scene.Apple[0]);
        await scene.ListAsync(one, two, apple);
        await scene.AcceptAsync();
        scene.RemoveByHand(AppGroupScene.AndroidName, one);
        var before = scene.Group(AppGroupScene.AppleName);
        scene.Uem.AppGroups.Delete(before);

        await scene.ReadAsync();

        await scene.HoldsAsync(
            AppGroupScene.Of(AppGroupScene.AndroidName, one, two),
            AppGroupScene.Of(AppGroupScene.AppleName, apple)
        );
        Assert.NotEqual(before.Id, scene.Group(AppGroupScene.AppleName).Id);

        // Somebody makes something else of it: nothing is written there, and it says so.
        scene.Uem.AppGroups.Change(scene.Group(AppGroupScene.AndroidName), had => had with { Type = "Whitelist" });
        await scene.ListAsync(scene.Android[2]);
        await scene.ReadAsync();
        var shortened = await scene.NewestAsync(run => run.State == RunState.Incomplete);
        Assert.Contains("no list of denied apps", shortened.IncompleteReasons[0], StringComparison.Ordinal);
        Assert.Contains(AppGroupScene.Of(AppGroupScene.AndroidName, one, two), scene.Groups());
        Assert.Equal(AppGroupState.Blocked, (await scene.NowAsync()).Groups[0].State);
    }
}
