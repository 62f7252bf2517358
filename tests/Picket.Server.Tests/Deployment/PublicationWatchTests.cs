using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Tests.Response;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Deployment;

/// <summary>What a publication sees on its way and tells: worse verdicts, others who write, a switch that goes off.</summary>
public sealed class PublicationWatchTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pauses_when_verdicts_worsen_and_goes_on_once_a_person_has_seen_it()
    {
        await using var scene = await PublicationScene.StartAsync();
        var wish = PublicationScene.Wish();
        wish.Rules = new RingRuleSet
        {
            WatchMinutes = 0,
            InstalledPercent = 50,
            FailedPercent = 20,
            WorsenedPercent = 20,
        };
        var started = await scene.StartedAsync(wish);
        await scene.WatchingAsync(started.Id);

        await BreakAsync(scene, 3);
        var paused = await scene.BecomesAsync(started.Id, PublicationState.Paused);

        Assert.Contains("The verdict of 3 of 10 devices is worse than when the ring began", paused.Reason);
        Assert.Equal(3, paused.Rings[0].Worsened);
        Assert.Equal(["Picket: Guard Ring 1"], await scene.NamesAsync());

        await scene.Client.ResumePublicationAsync(started.Id, cancellationToken: Cancel);
        scene.Pass(TimeSpan.FromDays(1));
        await scene.WatchingAsync(started.Id, 1);
        Assert.Equal(2, (await scene.NamesAsync()).Count);
    }

    [Fact]
    public async Task Tells_what_somebody_else_wrote_at_the_same_time_and_leaves_it()
    {
        await using var scene = await PublicationScene.StartAsync();
        // Held when it reads back: between sending and that, an administrator writes.
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "assignment-rules",
                Method = "GET",
                From = 3,
                Times = 1,
                Action = FaultAction.Slow,
                Milliseconds = 2500,
            }
        );
        var started = await scene.StartedAsync();
        await TagScene.UntilAsync(() => Task.FromResult(scene.Uem.FaultHits[0]), hits => hits > 0);
        await scene.WriteByHandAsync();

        var watching = await scene.WatchingAsync(started.Id);

        Assert.Equal(["By hand"], watching.ForeignChange!.Added);
        Assert.Empty(watching.ForeignChange.Removed.Concat(watching.ForeignChange.Changed));
        Assert.False(watching.ForeignChange.Rest);
        Assert.Equal(["By hand", "Picket: Guard Ring 1"], await scene.NamesAsync());
        await using var db = scene.Picket.OpenDatabase();
        var entry = await db.Ledger.SingleAsync(row => row.PublicationId == started.Id, Cancel);
        Assert.Contains("added 'By hand'", entry.Error);
    }

    [Fact]
    public async Task The_switch_asks_the_UEM_and_switched_off_nothing_more_is_marked_or_sent()
    {
        await using var scene = await PublicationScene.StartAsync(integration: row => row.DeploymentEnabled = false);

        var on = await scene.Client.SetDeploymentAsync(scene.Integration, true, Cancel);

        Assert.True(on is { Enabled: true, WhyNot: null });
        Assert.Contains(scene.Uem.RequestLog.Entries, call => call.Path.Contains("mam/apps/purchased/search"));
        var started = await scene.StartedAsync();
        await scene.WatchingAsync(started.Id);
        var ledger = await scene.LedgerAsync(started.Id);
        scene.Uem.RequestLog.Clear();

        var off = await scene.Client.SetDeploymentAsync(scene.Integration, false, Cancel);
        scene.Pass(TimeSpan.FromDays(1));
        var stopped = await scene.BecomesAsync(started.Id, PublicationState.Paused);

        Assert.False(off.Enabled);
        Assert.Contains("is off", stopped.Reason);
        Assert.Equal(ledger, await scene.LedgerAsync(started.Id));
        Assert.Equal(0, scene.Writes);
    }

    [Fact]
    public async Task Lets_licences_go_to_devices_once_before_the_first_ring_and_says_that_there_is_no_way_back()
    {
        await using var scene = await PublicationScene.StartAsync();
        var listed = await scene.Console.Apps.PurchasedSearch(scene.Uem.OrganizationGroup.Id).ReadAllAsync(Cancel);
        var app = listed.Items[0];
        var wish = PublicationScene.Wish(groups: ["All Apple Mobile"]) with
        {
            BundleId = null,
            AppUuid = app.Uuid,
            Configuration = [],
            DeviceLicences = true,
        };
        var draft = await scene.MakeAsync(wish);
        var preview = await scene.Client.PreviewPublicationAsync(draft.Id, Cancel);
        Assert.Contains("no way back", Assert.Single(preview.NoWayBack));
        Assert.Null(preview.Licences!.Lack);

        await scene.Client.StartPublicationAsync(draft.Id, Cancel);
        await scene.BecomesAsync(draft.Id, PublicationState.Completed);

        Assert.Equal("Device", (await scene.Console.PurchasedApps.GetAsync(app.Uuid!.Value, Cancel)).Eligibility);
        Assert.Equal(["EnableDeviceLicences Confirmed 1", "PublishApp Confirmed 1"], await scene.LedgerAsync(draft.Id));
        Assert.Empty((await scene.Client.PreviewPublicationAsync(draft.Id, Cancel)).NoWayBack);
        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.MakeAsync(PublicationScene.Wish() with { DeviceLicences = true })
        );
        Assert.Contains("Only purchased apps have licences", refused.Message);
    }

    /// <summary>That nobody can say any more how a device is, is no good news.</summary>
    [Fact]
    public async Task Waits_while_the_verdicts_of_a_ring_are_not_known_any_more()
    {
        await using var scene = await PublicationScene.StartAsync();
        var wish = PublicationScene.Wish();
        wish.Rules = wish.Rules with { WorsenedPercent = 20 };
        var started = await scene.StartedAsync(wish);
        await scene.WatchingAsync(started.Id);
        await using (var db = scene.Picket.OpenDatabase())
        {
            await db
                .Devices.Where(row => scene.CanaryDevices.Contains(row.RemoteId))
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Level, RiskLevel.Unknown), Cancel);
        }

        scene.Pass(TimeSpan.FromDays(1));
        var waiting = await scene.UntilAsync(
            started.Id,
            view =>
                view.Reason?.Contains("not known", StringComparison.Ordinal) == true
                || view.Rings[1].BeganAt is not null
        );

        Assert.Null(waiting.Rings[1].BeganAt);
        Assert.Contains("devices is not known any more", waiting.Reason);
    }

    /// <summary>A ring is its devices, not those of them that the UEM says the app is assigned to.</summary>
    [Fact]
    public async Task Waits_for_devices_to_which_the_UEM_does_not_assign_the_app()
    {
        await using var scene = await PublicationScene.StartAsync();
        var wish = PublicationScene.Wish();
        wish.Rules = wish.Rules with { InstalledPercent = 90 };
        // An administrator keeps most of the ring's devices out: the UEM assigns the app to the others alone.
        var kept = await scene.Console.SmartGroups.CreateAsync(
            "Kept out",
            scene.Uem.OrganizationGroup.Id,
            [.. scene.CanaryDevices.Skip(2)],
            Cancel
        );
        await scene.WriteByHandAsync();
        var group = await scene.Console.SmartGroups.GetAsync(kept.Id!.Value, Cancel);
        await scene.WriteByHandAsync(rules =>
            rules["excluded_smart_groups"] = new System.Text.Json.Nodes.JsonArray($"{group.Uuid}")
        );

        var started = await scene.StartedAsync(wish);
        await scene.WatchingAsync(started.Id);
        scene.Pass(TimeSpan.FromDays(1));
        var waiting = await scene.UntilAsync(
            started.Id,
            view => view.Rings[0].Installed == 2 && (view.Reason is not null || view.Rings[1].BeganAt is not null)
        );

        Assert.Null(waiting.Rings[1].BeganAt);
        Assert.Contains("2 of 10 devices have the app", waiting.Reason);
    }

    /// <summary>So many devices of the canary ring, which were well, are found to be compromised.</summary>
    private static async Task BreakAsync(PublicationScene scene, int devices)
    {
        await using var db = scene.Picket.OpenDatabase();
        var canary = db.Devices.AsNoTracking().Where(row => scene.CanaryDevices.Contains(row.RemoteId));
        var well = await canary
            .Where(row => row.Level != RiskLevel.Unknown && row.Level < RiskLevel.Critical)
            .OrderBy(row => row.RemoteId)
            .Take(devices)
            .Select(row => row.RemoteId)
            .ToListAsync(Cancel);
        Assert.True(
            well.Count == devices,
            string.Join(", ", await canary.Select(row => $"{row.Level}").ToListAsync(Cancel))
        );
        well.ForEach(device => scene.Uem.Fleet.Change(device, had => had with { Compromised = true }));
        await scene.ReadFleetAsync();
        Assert.Equal(
            devices,
            await canary.CountAsync(row => well.Contains(row.RemoteId) && row.Level == RiskLevel.Critical, Cancel)
        );
    }
}
