using System.Text.Json;
using System.Text.Json.Nodes;
using Picket.Api;
using Picket.Server.Tests.Response;
using Picket.Server.Tests.Storage;
using Picket.WorkspaceOne.Emulator.Apps;

namespace Picket.Server.Tests.Deployment;

/// <summary>From a draft to an app on the devices, ring by ring. The UEM's own truth decides.</summary>
public sealed class PublicationStoryTests(TestPostgres postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Publishes_to_the_canary_ring_and_then_to_all_and_takes_it_back(string kind)
    {
        await using var scene = await PublicationScene.StartAsync(
            kind == "postgres" ? new() { ["Storage:Postgres"] = await postgres.NewDatabaseAsync(Cancel) } : null
        );
        var byHand = await scene.WriteByHandAsync();
        var draft = await scene.MakeAsync();
        scene.Uem.RequestLog.Clear();

        var preview = await scene.Client.PreviewPublicationAsync(draft.Id, Cancel);

        Assert.Null(preview.Stop);
        Assert.Equal(["By hand"], preview.Foreign);
        Assert.Equal(["Picket: Guard Ring 1", "Picket: Guard Ring 2"], preview.Rings.Select(ring => ring.Assignment));
        Assert.Equal(scene.CanaryDevices.Count, preview.Rings[0].Devices);
        Assert.Equal(0, scene.Writes);
        Assert.True(JsonElement.DeepEquals(byHand, await scene.RulesAsync()));

        await scene.Client.StartPublicationAsync(draft.Id, Cancel);
        await scene.WatchingAsync(draft.Id);

        Assert.Equal(["By hand", "Picket: Guard Ring 1"], await scene.NamesAsync());
        var early = await TagScene.UntilAsync(
            () => scene.Client.PublicationFunnelAsync(draft.Id, Cancel),
            funnel => funnel.ReadAt is not null
        );
        Assert.Contains(early.Gaps, gap => gap.Gap == DeploymentGap.NoRing);
        Assert.Equal(early.Stages[0].Devices, early.Gaps.Sum(gap => gap.Devices));

        scene.Pass(TimeSpan.FromDays(1));
        await scene.WatchingAsync(draft.Id, 1);
        Assert.Equal(["By hand", "Picket: Guard Ring 1", "Picket: Guard Ring 2"], await scene.NamesAsync());
        scene.Pass(TimeSpan.FromDays(1));
        var done = await scene.BecomesAsync(draft.Id, PublicationState.Completed);

        Assert.All(done.Rings, ring => Assert.Equal(RingState.Done, ring.State));
        Assert.Equal(2, scene.Writes);
        Assert.Equal(["PublishApp Confirmed 1", "PublishApp Confirmed 1"], await scene.LedgerAsync(draft.Id));
        var funnel = await scene.Client.PublicationFunnelAsync(draft.Id, Cancel);
        Assert.NotNull(funnel.ReadAt);
        var installed = funnel.Gaps.Single(gap => gap.Stage == DeploymentStage.Installed);
        var behind = await scene.DevicesAsync(
            draft.Id,
            new PublicationDeviceFilter { Stage = DeploymentStage.Installed, Limit = 7 }
        );
        Assert.Equal(installed.Devices, behind.Count);
        Assert.All(behind, device => Assert.NotNull(device.DeviceId));

        await scene.Client.UndoPublicationAsync(draft.Id, cancellationToken: Cancel);
        await scene.BecomesAsync(draft.Id, PublicationState.Undone);

        Assert.True(JsonElement.DeepEquals(byHand, await scene.RulesAsync()));
        Assert.Equal("WithdrawApp Confirmed 1", (await scene.LedgerAsync(draft.Id))[^1]);
        await scene.Client.RemovePublicationAsync(draft.Id, Cancel);
        Assert.Empty(await scene.Client.Publications().ToListAsync(cancellationToken: Cancel));
    }

    [Fact]
    public async Task Pauses_by_itself_when_installs_fail_and_goes_on_when_it_is_mended()
    {
        await using var scene = await PublicationScene.StartAsync();
        scene.Uem.FailInstalls(
            new InstallFailures(PublicationScene.Bundle, 0, [.. scene.CanaryDevices.Take(4)], "No space")
        );
        var started = await scene.StartedAsync();
        await scene.WatchingAsync(started.Id);

        scene.Pass(TimeSpan.FromDays(1));
        var paused = await scene.BecomesAsync(started.Id, PublicationState.Paused);

        Assert.Contains("failed on", paused.Reason);
        Assert.Equal(["Picket: Guard Ring 1"], await scene.NamesAsync());
        var failed = await scene.DevicesAsync(started.Id, new PublicationDeviceFilter { Gap = DeploymentGap.Failed });
        Assert.Equal(scene.CanaryDevices.Take(4).Order(), failed.Select(device => device.UemId).Order());

        scene.Uem.FailInstalls(new InstallFailures(PublicationScene.Bundle, 0, [], ""));
        await scene.Client.ResumePublicationAsync(started.Id, cancellationToken: Cancel);
        await scene.WatchingAsync(started.Id, 1);
        Assert.Equal(2, (await scene.NamesAsync()).Count);
    }

    [Fact]
    public async Task An_administrators_change_of_what_is_ours_stops_it_until_a_person_decides()
    {
        await using var scene = await PublicationScene.StartAsync();
        var started = await scene.StartedAsync();
        await scene.WatchingAsync(started.Id);
        await scene.Client.PausePublicationAsync(started.Id, Cancel);
        var changed = await scene.WriteByHandAsync(rules =>
            rules["assignments"]![0]!["distribution"]!["app_delivery_method"] = "ON_DEMAND"
        );

        await scene.Client.ResumePublicationAsync(started.Id, new ResumePublication { NextRing = true }, Cancel);
        var stopped = await scene.BecomesAsync(started.Id, PublicationState.Paused);

        Assert.Contains("Somebody changed the assignment 'Picket: Guard Ring 1'", stopped.Reason);
        Assert.True(JsonElement.DeepEquals(changed, await scene.RulesAsync()));

        await scene.Client.ResumePublicationAsync(
            started.Id,
            new ResumePublication { Touched = TouchedByOthers.Leave },
            Cancel
        );
        var watching = await scene.WatchingAsync(started.Id, 1);
        Assert.Equal(RingState.Left, watching.Rings[0].State);
        var rows = (await scene.RulesAsync()).GetProperty("assignments");
        Assert.True(JsonElement.DeepEquals(changed.GetProperty("assignments")[0], rows[0]));
        Assert.Equal(2, rows.GetArrayLength());
    }

    [Fact]
    public async Task Writes_again_what_an_administrator_removed_when_a_person_says_so()
    {
        await using var scene = await PublicationScene.StartAsync();
        var started = await scene.StartedAsync();
        await scene.WatchingAsync(started.Id);
        await scene.Client.PausePublicationAsync(started.Id, Cancel);
        await scene.WriteByHandAsync(rules => rules["assignments"] = new JsonArray());

        await scene.Client.ResumePublicationAsync(
            started.Id,
            new ResumePublication { Touched = TouchedByOthers.Overwrite },
            Cancel
        );
        await scene.WatchingAsync(started.Id);

        Assert.Equal(["Picket: Guard Ring 1"], await scene.NamesAsync());
    }

    [Fact]
    public async Task Says_all_mistakes_of_a_draft_at_once()
    {
        await using var scene = await PublicationScene.StartAsync();
        var wish = PublicationScene.Wish(groups: ["Nowhere"]) with { Name = " x " };

        var refused = await Assert.ThrowsAsync<PicketApiException>(() => scene.MakeAsync(wish));

        Assert.Contains("no smart group 'Nowhere'", refused.Message);
        Assert.Contains("A name has", refused.Message);
        var unknown = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.MakeAsync(PublicationScene.Wish() with { BundleId = "com.example.nowhere" })
        );
        Assert.Contains("no such app", unknown.Message);
        var secret = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.MakeAsync(
                PublicationScene.Wish() with
                {
                    Configuration = [new ConfigurationKey { Key = "Password", Value = "hunter2" }],
                }
            )
        );
        Assert.Contains("looks like a secret", secret.Message);
    }

    [Fact]
    public async Task Writes_nothing_while_it_is_switched_off()
    {
        await using var scene = await PublicationScene.StartAsync(integration: row => row.DeploymentEnabled = false);
        var draft = await scene.MakeAsync();

        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.Client.StartPublicationAsync(draft.Id, Cancel)
        );

        Assert.Contains("Deploying apps is off", refused.Message);
        Assert.Equal(0, scene.Writes);
        Assert.False((await scene.Client.DeploymentAsync(scene.Integration, Cancel)).Enabled);
    }

    [Fact]
    public async Task Begins_no_ring_for_which_licences_are_lacking()
    {
        await using var scene = await PublicationScene.StartAsync();
        var listed = await scene.Console.Apps.PurchasedSearch(scene.Uem.OrganizationGroup.Id).ReadAllAsync(Cancel);
        var app = listed.Items[0];
        var left = (await scene.Console.PurchasedApps.GetAsync(app.Uuid!.Value, Cancel)).Licences!.Unallocated!.Value;
        var group = (await scene.Console.SmartGroups.Search().ReadAllAsync(Cancel)).Items.First(each =>
            each.Name == PublicationScene.Everybody
        );
        await scene.Console.PurchasedApps.AllocateAsync(app.Id, group.Id, left - 2, Cancel);
        var wish = PublicationScene.Wish(groups: ["All Apple Mobile"]) with
        {
            BundleId = null,
            AppUuid = app.Uuid,
            Configuration = [],
        };

        var started = await scene.StartedAsync(wish);
        var paused = await scene.BecomesAsync(started.Id, PublicationState.Paused);

        Assert.Contains("licences are lacking", paused.Reason);
        Assert.Empty(await scene.LedgerAsync(started.Id));
        var preview = await scene.Client.PreviewPublicationAsync(started.Id, Cancel);
        Assert.Equal(2, preview.Licences!.Free);
        Assert.NotNull(preview.Licences.Lack);
    }

    /// <summary>What others hold and what our rings hold count both, those of another publication of the app too.</summary>
    [Fact]
    public async Task Never_assigns_more_licences_than_are_free_once_others_hold_some()
    {
        await using var scene = await PublicationScene.StartAsync();
        var listed = await scene.Console.Apps.PurchasedSearch(scene.Uem.OrganizationGroup.Id).ReadAllAsync(Cancel);
        var app = listed.Items[0];
        var groups = (await scene.Console.SmartGroups.Search().ReadAllAsync(Cancel)).Items;
        var everybody = groups.First(each => each.Name == PublicationScene.Everybody);
        var apple = groups.First(each => each.Name == "All Apple Mobile");
        var devices = (await scene.Console.SmartGroups.DevicesAsync(apple.Id, Cancel)).Select(each => each.Id).ToList();
        await scene.Console.SmartGroups.CreateAsync(
            "Apple canary",
            scene.Uem.OrganizationGroup.Id,
            [.. devices.Take(4)],
            Cancel
        );
        await scene.Console.SmartGroups.CreateAsync(
            "Apple next",
            scene.Uem.OrganizationGroup.Id,
            [.. devices.Take(10)],
            Cancel
        );
        await scene.ReadFleetAsync();
        var left = (await scene.Console.PurchasedApps.GetAsync(app.Uuid!.Value, Cancel)).Licences!.Unallocated!.Value;
        await scene.Console.PurchasedApps.AllocateAsync(app.Id, everybody.Id, left - 8, Cancel);
        var wish = PublicationScene.Wish("Canary", "Apple canary") with
        {
            BundleId = null,
            AppUuid = app.Uuid,
            Configuration = [],
        };
        var first = await scene.StartedAsync(wish);
        await scene.UntilAsync(first.Id, view => view.Rings[0].BeganAt is not null);

        // Of 8, 4 are taken: 6 more are too many, and the canary's own devices need none again.
        var second = await scene.StartedAsync(
            wish with
            {
                Name = "Everybody",
                Rings = [new RingInput("Same", ["Apple canary"]), new RingInput("Next", ["Apple next"])],
            }
        );
        var preview = await scene.Client.PreviewPublicationAsync(second.Id, Cancel);
        scene.Pass(TimeSpan.FromDays(1));
        var paused = await scene.BecomesAsync(second.Id, PublicationState.Paused);

        Assert.Equal((4, 6), (preview.Licences!.Free, preview.Licences.Needed));
        Assert.Contains("2 licences are lacking", paused.Reason);
        var rules = await scene.Console.AppAssignments.ReadAsync(app.Uuid!.Value, Cancel);
        Assert.Contains("Picket: Everybody Same", rules.Assignments.Select(each => each.Name));
        Assert.DoesNotContain("Picket: Everybody Next", rules.Assignments.Select(each => each.Name));

        // What the UEM counts for a ring already is not taken off twice.
        var canary = (await scene.Console.SmartGroups.Search().ReadAllAsync(Cancel)).Items.First(each =>
            each.Name == "Apple canary"
        );
        await scene.Console.PurchasedApps.AllocateAsync(app.Id, canary.Id, 4, Cancel);
        Assert.Equal(4, (await scene.Client.PreviewPublicationAsync(second.Id, Cancel)).Licences!.Free);
    }
}
