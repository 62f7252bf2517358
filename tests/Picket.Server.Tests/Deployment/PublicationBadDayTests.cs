using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Tests.Response;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Deployment;

/// <summary>What goes wrong in the middle of a publication: nothing twice, nothing lost, and nothing of others touched.</summary>
public sealed class PublicationBadDayTests
{
    private static readonly string[] Eager =
    [
        "--Deployment:LookEveryMilliseconds",
        "50",
        "--Deployment:ReadEveryMilliseconds",
        "100",
        "--Deployment:RetryMilliseconds",
        "100",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static FaultScript OnWrite(FaultAction action, int milliseconds = 0) =>
        FaultScript.Of(
            new FaultRule
            {
                Path = "assignment-rules",
                Method = "PUT",
                Action = action,
                Milliseconds = milliseconds,
                Times = 1,
            }
        );

    [Theory]
    [InlineData(FaultAction.LoseAnswer, 1)]
    [InlineData(FaultAction.CrashAfter, 1)]
    [InlineData(FaultAction.Reset, 2)]
    public async Task A_lost_answer_is_settled_by_reading_back(FaultAction fault, int sends)
    {
        await using var scene = await PublicationScene.StartAsync();
        var byHand = await scene.WriteByHandAsync();
        scene.Uem.RequestLog.Clear();
        scene.Uem.Faults = OnWrite(fault);

        var started = await scene.StartedAsync();
        await scene.WatchingAsync(started.Id);

        Assert.Equal(["By hand", "Picket: Guard Ring 1"], await scene.NamesAsync());
        Assert.Equal([$"PublishApp Confirmed {sends}"], await scene.LedgerAsync(started.Id));
        await AssertUndoneAsync(scene, started.Id, byHand);
    }

    /// <summary>Killed before the list is acted on, and after: the mark tells that it was on its way.</summary>
    [Theory]
    [InlineData(FaultAction.Slow)]
    [InlineData(FaultAction.HoldAnswer)]
    public async Task Takes_it_up_where_it_was_killed_between_mark_and_answer(FaultAction held)
    {
        await using var scene = await PublicationScene.StartAsync();
        var byHand = await scene.WriteByHandAsync();
        var draft = await scene.MakeAsync();
        await scene.Picket.StopServerAsync();
        scene.Uem.Faults = OnWrite(held, 120_000);
        await using (var server = PicketProcess.Start(scene.Picket.DataFolder, Eager))
        {
            await (await server.ReadyAsync(Cancel)).StartPublicationAsync(draft.Id, Cancel);
            await TagScene.UntilAsync(() => Task.FromResult(scene.Uem.FaultHits[0]), hits => hits > 0);
            await server.KillAsync();
        }

        scene.Uem.Faults = new FaultScript();
        await scene.Picket.RestartAsync();
        await scene.WatchingAsync(draft.Id);

        Assert.Equal(["By hand", "Picket: Guard Ring 1"], await scene.NamesAsync());
        Assert.StartsWith("PublishApp Confirmed", Assert.Single(await scene.LedgerAsync(draft.Id)));
        await AssertUndoneAsync(scene, draft.Id, byHand);
    }

    [Fact]
    public async Task Why_it_is_paused_is_still_said_after_a_reading_that_failed()
    {
        await using var scene = await PublicationScene.StartAsync();
        var started = await scene.StartedAsync();
        await scene.WatchingAsync(started.Id);
        await scene.Client.PausePublicationAsync(started.Id, Cancel);
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/devices",
                Action = FaultAction.Status,
                Status = 503,
            }
        );
        await TagScene.UntilAsync(() => Task.FromResult(scene.Uem.FaultHits[0]), hits => hits > 1);

        var paused = await scene.Client.PublicationAsync(started.Id, Cancel);

        Assert.Equal((PublicationState.Paused, "A person paused it."), (paused.State, paused.Reason));
    }

    [Fact]
    public async Task A_change_of_others_between_the_two_readings_is_kept()
    {
        await using var scene = await PublicationScene.StartAsync();
        // Held at the second reading, right before sending.
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "assignment-rules",
                Method = "GET",
                From = 2,
                Times = 1,
                Action = FaultAction.Slow,
                Milliseconds = 1500,
            }
        );
        var started = await scene.StartedAsync();
        await TagScene.UntilAsync(() => Task.FromResult(scene.Uem.FaultHits[0]), hits => hits > 0);
        await scene.WriteByHandAsync();

        await scene.WatchingAsync(started.Id);

        Assert.Equal(["By hand", "Picket: Guard Ring 1"], await scene.NamesAsync());
        Assert.Equal(["PublishApp Confirmed 1"], await scene.LedgerAsync(started.Id));
    }

    [Fact]
    public async Task Stops_when_it_is_switched_off_before_the_next_ring()
    {
        await using var scene = await PublicationScene.StartAsync();
        var started = await scene.StartedAsync();
        await scene.WatchingAsync(started.Id);
        await using (var db = scene.Picket.OpenDatabase())
        {
            await db.Integrations.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.DeploymentEnabled, false),
                Cancel
            );
        }

        scene.Pass(TimeSpan.FromDays(1));
        var stopped = await scene.BecomesAsync(started.Id, PublicationState.Paused);

        Assert.Contains("is off", stopped.Reason);
        Assert.Equal(["Picket: Guard Ring 1"], await scene.NamesAsync());
    }

    [Fact]
    public async Task An_integration_is_not_removed_while_its_assignments_are_in_the_UEM()
    {
        await using var scene = await PublicationScene.StartAsync();
        var started = await scene.StartedAsync();
        await scene.WatchingAsync(started.Id);

        var running = await Assert.ThrowsAsync<PicketApiException>(RemoveAsync);
        await scene.Client.PausePublicationAsync(started.Id, Cancel);
        var assigned = await Assert.ThrowsAsync<PicketApiException>(RemoveAsync);

        Assert.Equal((409, 409), ((int)running.Status, (int)assigned.Status));
        Assert.Contains("would stay there", assigned.Problem.Detail);
        await scene.Client.UndoPublicationAsync(started.Id, cancellationToken: Cancel);
        await scene.BecomesAsync(started.Id, PublicationState.Undone);
        await RemoveAsync();
        Assert.Empty(await scene.NamesAsync());

        Task RemoveAsync() => scene.Client.RemoveIntegrationAsync(scene.Integration, false, Cancel);
    }

    /// <summary>The UEM says 202 to an undo, and shows the old list still.</summary>
    private static async Task UndoLateAsync(PublicationScene scene, Guid publication)
    {
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "assignment-rules",
                Method = "PUT",
                Action = FaultAction.Status,
                Status = 202,
                Times = 1,
            }
        );
        await scene.Client.UndoPublicationAsync(publication, cancellationToken: Cancel);
        await TagScene.UntilAsync(
            () => scene.LedgerAsync(publication),
            entries => entries.Contains("WithdrawApp Failed 1")
        );
    }

    [Fact]
    public async Task An_undo_that_the_UEM_applies_late_is_blamed_on_nobody()
    {
        await using var scene = await PublicationScene.StartAsync(new() { ["Deployment:RetryMilliseconds"] = "4000" });
        var byHand = await scene.WriteByHandAsync();
        var started = await scene.StartedAsync();
        await scene.WatchingAsync(started.Id);
        await UndoLateAsync(scene, started.Id);

        await scene.WriteByHandAsync(rules => rules["assignments"]!.AsArray().RemoveAt(1));
        var ended = await scene.UntilAsync(
            started.Id,
            view => view.State is PublicationState.Undone or PublicationState.Paused
        );

        Assert.True(ended.State == PublicationState.Undone, ended.Reason);
        Assert.True(JsonElement.DeepEquals(byHand, await scene.RulesAsync()));
    }

    /// <summary>While an undo waits, what somebody makes of the assignment is still theirs to keep.</summary>
    [Fact]
    public async Task A_change_of_others_while_an_undo_waits_is_still_noticed()
    {
        await using var scene = await PublicationScene.StartAsync(new() { ["Deployment:RetryMilliseconds"] = "4000" });
        var started = await scene.StartedAsync();
        await scene.WatchingAsync(started.Id);
        await UndoLateAsync(scene, started.Id);

        await scene.WriteByHandAsync(rules =>
            rules["assignments"]![0]!["distribution"]!["app_delivery_method"] = "ON_DEMAND"
        );
        var paused = await scene.BecomesAsync(started.Id, PublicationState.Paused);

        Assert.Contains("Somebody changed the assignment", paused.Reason);
        Assert.Single(await scene.NamesAsync());
    }

    private static async Task AssertUndoneAsync(PublicationScene scene, Guid publication, JsonElement before)
    {
        await scene.Client.UndoPublicationAsync(publication, cancellationToken: Cancel);
        await scene.BecomesAsync(publication, PublicationState.Undone);
        Assert.True(JsonElement.DeepEquals(before, await scene.RulesAsync()));
    }
}
