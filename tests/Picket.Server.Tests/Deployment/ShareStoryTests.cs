using System.Text.Json;
using System.Text.Json.Nodes;
using Picket.Api;
using Picket.Server.Tests.Response;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Deployment;

/// <summary>Rings of several smart groups, and rings for which Picket makes a smart group of a share of devices.</summary>
public sealed class ShareStoryTests
{
    private const string Made = "Picket: Guard Ring 1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static CreatePublication Shares(params RingInput[] rings) =>
        PublicationScene.Wish() with
        {
            Rings =
                rings.Length > 0
                    ? rings
                    :
                    [
                        new RingInput("Ring 1", [PublicationScene.Everybody], 30),
                        new RingInput("All", [PublicationScene.Everybody]),
                    ],
        };

    [Fact]
    public async Task A_ring_of_several_smart_groups_is_one_assignment_of_them_all()
    {
        await using var scene = await PublicationScene.StartAsync();
        await scene.Console.SmartGroups.CreateAsync(
            "Pilots",
            scene.Uem.OrganizationGroup.Id,
            [.. scene.CanaryDevices.Take(3)],
            Cancel
        );
        await scene.ReadFleetAsync();

        var started = await scene.StartedAsync(
            Shares(new RingInput("Ring 1", [PublicationScene.Canary, "Pilots", PublicationScene.Canary]))
        );
        var watching = await scene.WatchingAsync(started.Id);

        Assert.Equal([PublicationScene.Canary, "Pilots"], watching.Rings[0].SmartGroups.Select(group => group.Name));
        Assert.Equal(scene.CanaryDevices.Count, (await scene.DevicesAsync(started.Id)).Count);
        Assert.Equal(
            watching.Rings[0].SmartGroups.Select(group => group.Uuid).Order(),
            (await AssignedAsync(scene, 0)).Order()
        );
    }

    [Fact]
    public async Task A_share_gets_a_smart_group_of_its_own_that_the_undo_deletes()
    {
        await using var scene = await PublicationScene.StartAsync();
        var draft = await scene.MakeAsync(Shares());
        var preview = await scene.Client.PreviewPublicationAsync(draft.Id, Cancel);
        Assert.Equal([true, false], preview.Rings.Select(ring => ring.MakesGroup));
        Assert.InRange(preview.Rings[0].Devices!.Value, 1, preview.Rings[1].Devices!.Value);
        Assert.Empty(await GroupsAsync(scene));

        await scene.Client.StartPublicationAsync(draft.Id, Cancel);
        var watching = await scene.WatchingAsync(draft.Id);

        var group = Assert.Single(await GroupsAsync(scene));
        Assert.Equal(30, watching.Rings[0].SharePercent);
        Assert.Equal(
            new MadeSmartGroup(group.Uuid!.Value, Made, preview.Rings[0].Devices!.Value),
            watching.Rings[0].MadeGroup
        );
        Assert.Equal([group.Uuid!.Value], await AssignedAsync(scene, 0));
        var members = await scene.Console.SmartGroups.DevicesAsync(group.Id, Cancel);
        Assert.Equal(watching.Rings[0].MadeGroup!.Devices, members.Count);
        Assert.Equal(["CreateSmartGroup Confirmed 1", "PublishApp Confirmed 1"], await scene.LedgerAsync(draft.Id));

        await scene.Client.UndoPublicationAsync(draft.Id, cancellationToken: Cancel);
        var undone = await scene.BecomesAsync(draft.Id, PublicationState.Undone);

        Assert.Null(undone.Reason);
        Assert.Null(undone.Rings[0].MadeGroup);
        Assert.Empty(await GroupsAsync(scene));
        Assert.Equal(
            ["WithdrawApp Confirmed 1", "DeleteSmartGroup Confirmed 1"],
            (await scene.LedgerAsync(draft.Id)).TakeLast(2)
        );
    }

    /// <summary>Made or not: the name tells, and what is not clear is a person's to say.</summary>
    [Theory]
    [InlineData(FaultAction.LoseAnswer)]
    [InlineData(FaultAction.CrashAfter)]
    public async Task A_lost_answer_is_settled_by_looking_for_the_name(FaultAction fault)
    {
        await using var scene = await PublicationScene.StartAsync();
        scene.Uem.Faults = OnMaking(fault);

        var started = await scene.StartedAsync(Shares());
        await scene.WatchingAsync(started.Id);

        Assert.Single(await GroupsAsync(scene));
        Assert.Equal(["CreateSmartGroup Confirmed 1", "PublishApp Confirmed 1"], await scene.LedgerAsync(started.Id));
    }

    [Fact]
    public async Task It_is_made_again_only_on_a_persons_word()
    {
        await using var scene = await PublicationScene.StartAsync();
        scene.Uem.Faults = OnMaking(FaultAction.Reset);

        var started = await scene.StartedAsync(Shares());
        var paused = await scene.BecomesAsync(started.Id, PublicationState.Paused);

        Assert.Contains($"Whether the smart group '{Made}' was made is not clear", paused.Reason);
        Assert.Empty(await scene.NamesAsync());
        await scene.Client.ResumePublicationAsync(started.Id, cancellationToken: Cancel);
        await scene.WatchingAsync(started.Id);
        Assert.Single(await GroupsAsync(scene));
        Assert.Equal(
            ["CreateSmartGroup Failed 1", "CreateSmartGroup Confirmed 1", "PublishApp Confirmed 1"],
            await scene.LedgerAsync(started.Id)
        );
    }

    /// <summary>Killed after the mark and before the deed: nobody can know that, so a person looks.</summary>
    [Fact]
    public async Task Killed_while_it_is_made_it_is_looked_for_and_not_made_again_by_itself()
    {
        await using var scene = await PublicationScene.StartAsync();
        var draft = await scene.MakeAsync(Shares());
        await scene.Picket.StopServerAsync();
        scene.Uem.Faults = OnMaking(FaultAction.Slow, 120_000);
        await using (
            var server = PicketProcess.Start(scene.Picket.DataFolder, "--Deployment:LookEveryMilliseconds", "50")
        )
        {
            await (await server.ReadyAsync(Cancel)).StartPublicationAsync(draft.Id, Cancel);
            await TagScene.UntilAsync(() => Task.FromResult(scene.Uem.FaultHits[0]), hits => hits > 0);
            await server.KillAsync();
        }

        scene.Uem.Faults = new FaultScript();
        await scene.Picket.RestartAsync();
        var paused = await scene.BecomesAsync(draft.Id, PublicationState.Paused);

        Assert.Contains("is not clear", paused.Reason);
        Assert.Empty(await GroupsAsync(scene));
        await scene.Client.ResumePublicationAsync(draft.Id, cancellationToken: Cancel);
        await scene.WatchingAsync(draft.Id);
        Assert.Single(await GroupsAsync(scene));
    }

    [Fact]
    public async Task An_integration_is_not_removed_while_a_group_that_Picket_made_is_in_the_UEM()
    {
        await using var scene = await PublicationScene.StartAsync();
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "assignment-rules",
                Method = "PUT",
                Action = FaultAction.Status,
                Status = 400,
            }
        );
        var started = await scene.StartedAsync(Shares());
        var paused = await scene.BecomesAsync(started.Id, PublicationState.Paused);
        Assert.NotNull(paused.Rings[0].MadeGroup);
        Assert.Empty(await scene.NamesAsync());
        scene.Uem.Faults = new FaultScript();

        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.Client.RemoveIntegrationAsync(scene.Integration, false, Cancel)
        );

        Assert.Contains("1 smart groups", refused.Problem.Detail);
        await scene.Client.UndoPublicationAsync(started.Id, cancellationToken: Cancel);
        await scene.BecomesAsync(started.Id, PublicationState.Undone);
        Assert.Empty(await GroupsAsync(scene));
        await scene.Client.RemoveIntegrationAsync(scene.Integration, false, Cancel);
    }

    [Fact]
    public async Task The_missing_right_pauses_with_its_row_and_the_next_ring_can_begin_without_the_share()
    {
        await using var scene = await PublicationScene.StartAsync();
        var role = scene.Uem.Access.Account(scene.Uem.Credentials.Account).Role!;
        role.Revoke(new Right(Rows.SmartGroups, RightMode.Edit));

        var started = await scene.StartedAsync(Shares());
        var paused = await scene.BecomesAsync(started.Id, PublicationState.Paused);

        Assert.Contains("REST > Smart Groups (Edit)", paused.Reason);
        Assert.Empty(await scene.NamesAsync());
        await scene.Client.ResumePublicationAsync(started.Id, new ResumePublication { NextRing = true }, Cancel);
        await scene.WatchingAsync(started.Id, 1);
        Assert.Equal(["Picket: Guard All"], await scene.NamesAsync());
    }

    [Fact]
    public async Task A_smart_group_that_others_use_stays_and_the_undo_says_so()
    {
        await using var scene = await PublicationScene.StartAsync();
        var started = await scene.StartedAsync(Shares());
        var watching = await scene.WatchingAsync(started.Id);
        await scene.WriteByHandAsync(rules =>
            rules["assignments"]!
                .AsArray()
                .Add(
                    JsonNode.Parse(
                        $$$"""
                        {"priority":1,"distribution":{"name":"By hand",
                          "smart_groups":["{{{watching.Rings[0].MadeGroup!.Uuid}}}"]}}
                        """
                    )
                )
        );

        await scene.Client.UndoPublicationAsync(started.Id, cancellationToken: Cancel);
        var undone = await scene.BecomesAsync(started.Id, PublicationState.Undone);

        Assert.Contains($"'{Made}' stays in the UEM: the UEM refused to delete it", undone.Reason);
        Assert.Single(await GroupsAsync(scene));
        Assert.Equal(["By hand"], await scene.NamesAsync());

        await scene.WriteByHandAsync(rules => rules["assignments"] = new JsonArray());
        await scene.Client.UndoPublicationAsync(started.Id, cancellationToken: Cancel);
        await scene.UntilAsync(started.Id, view => view is { State: PublicationState.Undone, Reason: null });
        Assert.Empty(await GroupsAsync(scene));
    }

    [Fact]
    public async Task An_undo_that_stopped_halfway_is_gone_on_with_and_nothing_is_published_again()
    {
        await using var scene = await PublicationScene.StartAsync();
        var role = scene.Uem.Access.Account(scene.Uem.Credentials.Account).Role!;
        var started = await scene.StartedAsync(Shares());
        await scene.WatchingAsync(started.Id);
        role.Revoke(new Right(Rows.SmartGroups, RightMode.Edit));

        await scene.Client.UndoPublicationAsync(started.Id, cancellationToken: Cancel);
        var paused = await scene.BecomesAsync(started.Id, PublicationState.Paused);
        Assert.True(paused.TakingBack);
        Assert.Contains("REST > Smart Groups (Edit)", paused.Reason);
        Assert.Empty(await scene.NamesAsync());

        role.Grant(new Right(Rows.SmartGroups, RightMode.Edit));
        await scene.Client.ResumePublicationAsync(started.Id, cancellationToken: Cancel);
        await scene.BecomesAsync(started.Id, PublicationState.Undone);

        Assert.Empty(await scene.NamesAsync());
        Assert.Empty(await GroupsAsync(scene));
    }

    [Fact]
    public async Task An_undo_says_what_is_not_clear_about_a_group_whose_making_was_never_settled()
    {
        await using var scene = await PublicationScene.StartAsync();
        scene.Uem.Faults = OnMaking(FaultAction.Reset);
        var started = await scene.StartedAsync(Shares());
        await scene.BecomesAsync(started.Id, PublicationState.Paused);

        await scene.Client.UndoPublicationAsync(started.Id, cancellationToken: Cancel);
        var undone = await scene.BecomesAsync(started.Id, PublicationState.Undone);

        Assert.Contains($"Whether the smart group '{Made}' was made is not clear", undone.Reason);
        Assert.Equal(["CreateSmartGroup Failed 1"], await scene.LedgerAsync(started.Id));
    }

    [Fact]
    public async Task A_smart_group_of_that_name_that_is_not_ours_pauses_it()
    {
        await using var scene = await PublicationScene.StartAsync();
        await scene.Console.SmartGroups.CreateAsync(
            Made,
            scene.Uem.OrganizationGroup.Id,
            [scene.CanaryDevices[0]],
            Cancel
        );

        var started = await scene.StartedAsync(Shares());
        var paused = await scene.BecomesAsync(started.Id, PublicationState.Paused);

        Assert.Contains("that this publication did not make", paused.Reason);
        Assert.Empty(await scene.LedgerAsync(started.Id));
        await scene.Client.UndoPublicationAsync(started.Id, cancellationToken: Cancel);
        await scene.BecomesAsync(started.Id, PublicationState.Undone);
        Assert.Single(await GroupsAsync(scene));
    }

    [Fact]
    public async Task Says_what_is_wrong_with_shares()
    {
        await using var scene = await PublicationScene.StartAsync();

        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.MakeAsync(
                Shares(
                    new RingInput("None", []),
                    new RingInput("Too much", [PublicationScene.Canary], 100),
                    new RingInput("Half", [PublicationScene.Everybody], 50),
                    new RingInput("Less", [PublicationScene.Everybody], 20)
                )
            )
        );

        Assert.Contains("1 to 10 groups", refused.Message);
        Assert.Contains("1 to 99 percent", refused.Message);
        Assert.Contains("the later one has no larger share", refused.Message);
    }

    private static FaultScript OnMaking(FaultAction action, int milliseconds = 0) =>
        FaultScript.Of(
            new FaultRule
            {
                Path = "mdm/smartgroups",
                Method = "POST",
                Action = action,
                Milliseconds = milliseconds,
                Times = 1,
            }
        );

    private static async Task<List<UemSmartGroup>> GroupsAsync(PublicationScene scene)
    {
        var found = await scene.Console.SmartGroups.Search(name: "Picket: ").ReadAllAsync(Cancel);
        return [.. found.Items];
    }

    private static async Task<List<Guid>> AssignedAsync(PublicationScene scene, int row) =>
        [
            .. (await scene.RulesAsync())
                .GetProperty("assignments")[row]
                .GetProperty("distribution")
                .GetProperty("smart_groups")
                .EnumerateArray()
                .Select(group => group.GetGuid()),
        ];
}
