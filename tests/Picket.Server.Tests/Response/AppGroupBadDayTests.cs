using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Response;

/// <summary>Lost answers, brakes, stops and missing rights on the way to the lists of denied apps.</summary>
public sealed class AppGroupBadDayTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lost_answers_make_no_second_group_and_lose_no_app()
    {
        await using var scene = await AppGroupScene.StartAsync();
        var (one, two) = (scene.Android[0], scene.Android[1]);
        await scene.ListAsync(one);
        Lose(scene, "POST", FaultAction.LoseAnswer);
        var made = await scene.AcceptAsync();

        Assert.True(made is { State: RunState.Completed, Confirmed: 1 }, string.Join(" ", made.IncompleteReasons));
        await scene.HoldsAsync(AppGroupScene.Of(AppGroupScene.AndroidName, one));

        Lose(scene, "POST", FaultAction.LoseAnswer);
        await scene.ListAsync(two);
        await scene.HoldsAsync(AppGroupScene.Of(AppGroupScene.AndroidName, one, two));
        Lose(scene, "DELETE", FaultAction.LoseAnswer);
        await scene.UnlistAsync(two);
        await scene.HoldsAsync(AppGroupScene.Of(AppGroupScene.AndroidName, one));

        // The server breaks over the making before it does anything, and again: it is tried anew until it is so.
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Action = FaultAction.CrashAfter,
                Path = "appgroups",
                Method = "DELETE",
                Times = 1,
            }
        );
        await scene.UnlistAsync(one);
        await scene.HoldsAsync();
        var done = await scene.NewestAsync(run => run.State == RunState.Completed);
        var writes = await scene.WritesAsync();
        Assert.All(
            writes,
            write => Assert.True(write.State is LedgerState.Confirmed or LedgerState.Undone, $"{write}")
        );
        Assert.Equal(0, done.Failed);
        Assert.Equal(1, writes.Count(write => write.Kind == "CreateAppGroup"));
        Assert.All((await scene.NowAsync()).Groups, group => Assert.Empty(group.Others));
    }

    [Fact]
    public async Task What_the_uem_adds_late_after_a_lost_answer_is_ours_and_leaves_with_its_cause()
    {
        await using var scene = await AppGroupScene.StartAsync();
        var (one, two) = (scene.Android[0], scene.Android[1]);
        await scene.ListAsync(one);
        await scene.AcceptAsync();
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Action = FaultAction.Reset,
                Path = "/applications",
                Method = "POST",
            }
        );
        await scene.ListAsync(two);
        await scene.NewestAsync(run => run is { State: RunState.Incomplete, Failed: 1 });

        scene.AddByHand(AppGroupScene.AndroidName, two); // As the UEM does what it had kept.
        scene.Uem.Faults = new FaultScript();
        await scene.NewestAsync(run => run.State == RunState.Completed);

        Assert.All((await scene.NowAsync()).Groups, group => Assert.Empty(group.Others));
        var add = (await scene.WritesAsync()).Where(write => write.Kind == "AddToAppGroup");
        Assert.Equal(1, add.Count(write => write.State == LedgerState.Confirmed));
        await scene.UnlistAsync(two);
        await scene.HoldsAsync(AppGroupScene.Of(AppGroupScene.AndroidName, one));
    }

    [Fact]
    public async Task A_group_that_the_uem_denies_once_and_does_not_list_once_is_not_made_again()
    {
        await using var scene = await AppGroupScene.StartAsync();
        var (one, two) = (scene.Android[0], scene.Android[1]);
        await scene.ListAsync(one);
        await scene.AcceptAsync();
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Action = FaultAction.Status,
                Status = 404,
                ErrorCode = 404,
                Path = $"appgroups/{scene.Group(AppGroupScene.AndroidName).Id}",
                Method = "GET",
                Times = 1,
            },
            new FaultRule
            {
                Action = FaultAction.Nothing,
                Path = "appgroups/search",
                Times = 1,
            }
        );

        await scene.ListAsync(two);

        await scene.HoldsAsync(AppGroupScene.Of(AppGroupScene.AndroidName, one, two));
        Assert.Equal(1, (await scene.WritesAsync()).Count(write => write.Kind == "CreateAppGroup"));
    }

    [Fact]
    public async Task The_brake_holds_many_apps_until_somebody_decides()
    {
        await using var scene = await AppGroupScene.StartAsync();
        await scene.ListAsync(scene.Android[0]);
        await scene.AcceptAsync();
        var kept = AppGroupScene.Of(AppGroupScene.AndroidName, scene.Android[0]);
        // They are judged one after the other: of more than none the first would go by itself.
        await scene.Client.SetAppGroupsAsync(scene.Integration, new SetAppGroups { MostChanges = 0 }, Cancel);

        await scene.ListAsync(scene.Android.Skip(1).Take(3));
        var held = await scene.NewestAsync(run => run.State == RunState.Held);
        Assert.Equal([kept], scene.Groups());
        Assert.Contains("more than the 0", held.IncompleteReasons[0], StringComparison.Ordinal);
        Assert.Equal(held.Id, (await scene.NowAsync()).Held?.Id);
        var waiting = Assert.Single((await scene.Client.ApprovalsAsync(Cancel)).Items);
        Assert.Equal(
            (ApprovalKind.AppGroupRun, held.Id, held.HeldChanges),
            (waiting.Kind, waiting.Id, (int?)waiting.Apps)
        );

        // After a week it is planned anew.
        await using (var db = scene.Picket.OpenDatabase())
        {
            DateTimeOffset? before = TimeProvider.System.GetUtcNow().AddDays(-8);
            await db
                .AppGroupRuns.Where(row => row.Id == held.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.StartedAt, before), Cancel);
        }

        var anew = await scene.NewestAsync(run => run.State == RunState.Held && run.Id != held.Id);
        Assert.Equal(RunState.Cancelled, (await scene.Client.AppGroupRunAsync(held.Id, Cancel)).State);
        await scene.Client.DiscardAppGroupsAsync(anew.Id, Cancel);
        await scene.ReadAsync(); // It asks again with a new reading.
        var again = await scene.NewestAsync(run => run.State == RunState.Held);
        Assert.NotEqual(anew.Id, again.Id);
        await scene.EndAsync(await scene.Client.ApproveAppGroupsAsync(again.Id, Cancel));
        await scene.HoldsAsync(AppGroupScene.Of(AppGroupScene.AndroidName, scene.Android.Take(4)));
    }

    [Fact]
    public async Task While_all_writes_are_stopped_nothing_goes_out_and_afterwards_it_goes_on()
    {
        await using var scene = await AppGroupScene.StartAsync();
        await scene.ListAsync(scene.Android[0]);
        await scene.AcceptAsync();
        var before = scene.Groups().ToList();
        await scene.Client.StopWritesAsync("Somebody looks", Cancel);

        var run = await scene.Client.RunAppGroupsAsync(scene.Integration, Cancel);
        await scene.ListAsync(scene.Android[1]);
        var waiting = await TagScene.UntilAsync(
            () => scene.Client.AppGroupRunAsync(run.Id, Cancel),
            view => view.IncompleteReasons.Count > 0
        );
        Assert.Equal(RunState.Queued, waiting.State);
        Assert.Equal(1, (await scene.Client.BrakesAsync(Cancel)).Waiting.AppGroupRuns);
        Assert.Equal(before, scene.Groups());

        await scene.Client.ReleaseWritesAsync(cancellationToken: Cancel);
        await scene.HoldsAsync(AppGroupScene.Of(AppGroupScene.AndroidName, scene.Android.Take(2)));
    }

    [Fact]
    public async Task A_missing_right_is_named_and_nothing_is_made()
    {
        await using var scene = await AppGroupScene.StartAsync();
        await scene.ListAsync(scene.Android[0]);
        scene.Uem.Access.Account(scene.Uem.Credentials.Account).Role = scene.Uem.Access.Role("Read Only");

        var run = await scene.AcceptAsync();

        Assert.Equal(RunState.Incomplete, run.State);
        Assert.Contains("API > REST > Apps (Edit)", run.IncompleteReasons[0], StringComparison.Ordinal);
        Assert.Empty(scene.Groups());
        Assert.Equal(LedgerState.Failed, Assert.Single(await scene.WritesAsync()).State);
        await scene.Client.SetAppGroupsAsync(scene.Integration, new SetAppGroups { Enabled = false }, Cancel);
    }

    private static void Lose(AppGroupScene scene, string method, FaultAction action) =>
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Action = action,
                Path = "appgroups",
                Method = method,
                Times = 1,
            }
        );
}
