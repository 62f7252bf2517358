using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Inventory;
using Picket.Server.Tests.Notices;
using Picket.Server.Tests.Response;
using Picket.Server.Tests.Storage;
using Picket.WorkspaceOne.Emulator.Tags;

namespace Picket.Server.Tests.Drift;

/// <summary>Somebody else changes tags in the UEM: it is seen, told, and repaired or left as the policy and people say.</summary>
public sealed class DriftStoryTests(TestPostgres postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Tags_changed_by_hand_are_put_back_told_once_and_asked_about_when_somebody_insists(string kind)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var scene = await TagScene.StartAsync(settings: await SettingsAsync(kind));
        var secure = (await scene.DevicesAsync()).Where(row => row.Level == RiskLevel.Secure).ToList();
        await scene.JudgeAsync(RiskLevel.Low, [secure[1]]);
        await scene.AcceptAsync();
        await ListenAsync(scene, receiver);
        var device = secure[0];

        for (var time = 1; time <= 3; time++)
        {
            TakeOff(scene, device, "Secure");
            PutOn(scene, device, "Low");
            await scene.RunAsync();
            await scene.SettledAsync();
        }

        var repaired = await scene.Client.Drift(new() { Lasting = false }).ToListAsync(Cancel);
        Assert.Equal(6, repaired.Count);
        Assert.All(
            repaired,
            drift => Assert.Equal((DriftState.Repaired, false, 1), (drift.State, drift.Asks, drift.Devices))
        );
        Assert.Equal(3, repaired.Count(drift => drift is { Kind: DriftKind.Lost, Tag: "Picket: Secure" }));
        Assert.Equal(3, repaired.Count(drift => drift is { Kind: DriftKind.Carried, Tag: "Picket: Low" }));
        await CameAsync(receiver, "took the tag \"Picket: Secure\" off 1 device");
        await CameAsync(receiver, "put the tag \"Picket: Low\" on 1 device");

        TakeOff(scene, device, "Secure");
        await scene.RunAsync();

        var asked = await scene.Client.Drift(new() { Lasting = true }).SingleAsync(Cancel);
        Assert.Equal(
            (DriftKind.Lost, true, true, true, true),
            (asked.Kind, asked.Asks, asked.Fought, asked.MayRepair, asked.MayAccept)
        );
        Assert.DoesNotContain($"{device.RemoteId} {TagScene.Prefix}Secure", scene.Actual());
        await CameAsync(receiver, "took the tag \"Picket: Secure\" off 1 device", 2);
        var its = await scene.Client.DriftDevices(asked.Id).SingleAsync(Cancel);
        Assert.Equal((device.Id, (long)device.RemoteId, DriftState.Open), (its.DeviceId, its.UemId, its.Became));

        var put = await scene.Client.RepairDriftAsync(asked.Id, Cancel);
        await scene.SettledAsync();

        Assert.Equal((DriftState.Open, false), (put.State, put.Asks));
        var over = await UntilOverAsync(scene, asked.Id);
        Assert.Equal(DriftState.Repaired, over.State);
        Assert.NotNull(over.DecidedBy);
        await CameAsync(receiver, "Resolved: ", 1, since: asked.Id);
        var again = await Assert.ThrowsAsync<PicketApiException>(() => scene.Client.RepairDriftAsync(asked.Id, Cancel));
        Assert.Equal(409, (int)again.Status);
    }

    [Fact]
    public async Task A_tag_of_a_set_that_somebody_took_off_is_left_and_the_tag_of_the_level_follows_all_the_same()
    {
        await using var scene = await TagScene.StartAsync();
        var device = (await scene.DevicesAsync()).First(row => row.Level == RiskLevel.Secure);
        var inForce = await scene.Client.PolicyAsync(Cancel);
        var text =
            "version: 1\ndrift: {devices: ask}\npolicies:\n  - {name: Everyone, group: '*'}\n"
            + "tags: [{set: Access, tags: [{tag: Acme Locked, level: [high, critical]}]}]\n";
        await scene.Client.ApplyPolicyAsync(new ApplyPolicy(text, inForce.Number), Cancel);
        scene.Uem.Fleet.Change(device.RemoteId, had => had with { Compromised = true });
        await scene.ReadAsync(device.Id);
        await scene.AcceptAsync();
        var locked = scene.Uem.Tags.All.Single(tag => tag.Name == "Acme Locked");
        Assert.Contains(device.RemoteId, scene.Carriers(locked));

        scene.Uem.Tags.Detach(locked, scene.Uem.Fleet.ById(device.RemoteId)!);
        await scene.RunAsync();

        var asked = await scene.Client.Drift(new() { Lasting = true }).SingleAsync(Cancel);
        Assert.Equal((DriftKind.Lost, "Acme Locked", true), (asked.Kind, asked.Tag, asked.Asks));
        Assert.DoesNotContain(device.RemoteId, scene.Carriers(locked));

        scene.Uem.Fleet.Change(device.RemoteId, had => had with { Compromised = false });
        await scene.ReadAsync(device.Id);
        await scene.SettledAsync();

        Assert.Contains($"{device.RemoteId} {TagScene.Prefix}Secure", scene.Actual());
        await scene.RunAsync();
        Assert.Equal(DriftState.Gone, (await UntilOverAsync(scene, asked.Id)).State);
    }

    [Fact]
    public async Task Where_the_policy_asks_a_device_stays_as_it_is_until_somebody_decides_or_its_verdict_changes()
    {
        await using var scene = await TagScene.StartAsync();
        await scene.AcceptAsync();
        await ApplyAsync(scene, "devices: ask");
        await scene.SeenPolicyAsync(1);
        var secure = (await scene.DevicesAsync()).Where(row => row.Level == RiskLevel.Secure).Take(3).ToList();
        TakeOff(scene, secure[0], "Secure");
        TakeOff(scene, secure[1], "Secure");

        await scene.RunAsync();
        var asked = await scene.Client.Drift().SingleAsync(Cancel);
        Assert.Equal((2, true, false), (asked.Lasting, asked.Asks, asked.Fought));

        // What is the database's own wish goes on meanwhile.
        await scene.JudgeAsync(RiskLevel.High, [secure[2]]);
        await TagScene.UntilAsync(
            () => Task.FromResult(scene.Actual()),
            tags => tags.Contains($"{secure[2].RemoteId} Picket: High")
        );
        Assert.DoesNotContain($"{secure[0].RemoteId} Picket: Secure", scene.Actual());

        var accepted = await scene.Client.AcceptDriftAsync(asked.Id, Cancel);
        await scene.RunAsync();

        Assert.Equal((DriftState.Accepted, (DateTimeOffset?)null), (accepted.State, accepted.EndedAt));
        Assert.DoesNotContain($"{secure[0].RemoteId} Picket: Secure", scene.Actual());

        await scene.JudgeAsync(RiskLevel.High, [secure[0]]);
        await TagScene.UntilAsync(
            () => Task.FromResult(scene.Actual()),
            tags => tags.Contains($"{secure[0].RemoteId} Picket: High")
        );
        await scene.Client.RepairDriftAsync(asked.Id, Cancel);
        await scene.SettledAsync();

        Assert.Equal(DriftState.Repaired, (await UntilOverAsync(scene, asked.Id)).State);
    }

    [Fact]
    public async Task A_change_that_grows_tenfold_is_told_anew_and_its_end_when_all_of_it_is_over()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var scene = await TagScene.StartAsync(
            settings: await SettingsAsync("sqlite"),
            integration: row => row.TagBrakePercent = 100
        );
        await scene.AcceptAsync();
        await ApplyAsync(scene, "devices: ask");
        await scene.SeenPolicyAsync(1);
        var devices = (await scene.DevicesAsync()).Where(row => row.Level != RiskLevel.Unknown).Take(12).ToList();
        await scene.JudgeAsync(RiskLevel.Secure, devices);
        await scene.SettledAsync();
        await ListenAsync(scene, receiver);

        TakeOff(scene, devices[0], "Secure");
        await scene.RunAsync();
        await CameAsync(receiver, "took the tag \"Picket: Secure\" off 1 device");
        devices.Skip(1).ToList().ForEach(device => TakeOff(scene, device, "Secure"));
        await scene.RunAsync();
        await CameAsync(receiver, "took the tag \"Picket: Secure\" off 12 devices");
        Assert.DoesNotContain(receiver.All, came => came.Type.EndsWith(".resolved", StringComparison.Ordinal));

        var asked = await scene.Client.Drift().SingleAsync(Cancel);
        await scene.Client.RepairDriftAsync(asked.Id, Cancel);
        await UntilOverAsync(scene, asked.Id);
        await CameAsync(receiver, "Resolved: ", 2, since: asked.Id);
    }

    [Fact]
    public async Task A_renamed_tag_waits_for_a_word_and_a_deleted_one_is_made_anew_and_stays_told()
    {
        await using var scene = await TagScene.StartAsync(integration: row => row.TagBrakePercent = 100);
        await scene.AcceptAsync();
        scene.Uem.Tags.Rename(Tag(scene, "Secure"), "Cleared");

        await scene.RunAsync();
        var renamed = await scene.Client.Drift().SingleAsync(Cancel);
        Assert.Equal((DriftKind.Renamed, "Cleared", true), (renamed.Kind, renamed.NewName, renamed.Asks));
        Assert.Contains(scene.Uem.Tags.All, tag => tag.Name == "Cleared");

        await scene.Client.RepairDriftAsync(renamed.Id, Cancel);
        Assert.Equal(DriftState.Repaired, (await UntilOverAsync(scene, renamed.Id)).State);
        Assert.Single(await scene.WritesAsync("RenameTag"));
        await scene.SettledAsync();

        var old = Tag(scene, "Secure");
        scene.Uem.Tags.Delete(old);
        await scene.RunAsync();
        await scene.SettledAsync();

        var deleted = await scene.Client.Drift(new() { Lasting = true }).SingleAsync(Cancel);
        Assert.Equal((DriftKind.Deleted, false, false), (deleted.Kind, deleted.Asks, deleted.MayRepair));
        Assert.NotEqual(old.Id, Tag(scene, "Secure").Id);
        Assert.NotNull((await scene.Client.AcceptDriftAsync(deleted.Id, Cancel)).EndedAt);

        await ApplyAsync(scene, "deleted: ask");
        await scene.SeenPolicyAsync(1);
        scene.Uem.Tags.Delete(Tag(scene, "Secure"));
        await scene.RunAsync();
        var asked = await scene.Client.Drift(new() { Lasting = true }).SingleAsync(Cancel);
        Assert.True(asked.Asks);
        Assert.DoesNotContain(scene.Uem.Tags.All, tag => tag.Name == "Picket: Secure");
        await scene.Client.RepairDriftAsync(asked.Id, Cancel);
        await scene.SettledAsync();
    }

    [Fact]
    public async Task A_tag_that_somebody_made_anew_in_place_of_ours_stops_the_run_and_is_told_as_deleted()
    {
        await using var scene = await TagScene.StartAsync();
        await scene.AcceptAsync();
        scene.Uem.Tags.Delete(Tag(scene, "Secure"));
        scene.Uem.Tags.Create($"{TagScene.Prefix}Secure", scene.Uem.OrganizationGroup.Index);

        var run = await scene.RunAsync();

        Assert.Equal(RunState.Incomplete, run.State);
        Assert.Contains(run.IncompleteReasons, line => line.Contains("before Picket", StringComparison.Ordinal));
        var drift = await scene.Client.Drift(new() { Lasting = true }).SingleAsync(Cancel);
        Assert.Equal((DriftKind.Deleted, "Picket: Secure"), (drift.Kind, drift.Tag));
        await scene.RunAsync();
        Assert.Equal(drift.Id, (await scene.Client.Drift().SingleAsync(Cancel)).Id);
    }

    private static Tag Tag(TagScene scene, string level) =>
        scene.Uem.Tags.All.Single(tag => tag.Name == $"{TagScene.Prefix}{level}");

    private static void TakeOff(TagScene scene, DeviceRow device, string level) =>
        Assert.True(
            scene.Uem.Tags.Detach(Tag(scene, level), scene.Uem.Fleet.All.Single(its => its.Id == device.RemoteId))
        );

    private static void PutOn(TagScene scene, DeviceRow device, string level) =>
        Assert.True(
            scene.Uem.Tags.Attach(Tag(scene, level), scene.Uem.Fleet.All.Single(its => its.Id == device.RemoteId))
        );

    private static async Task ApplyAsync(TagScene scene, string drift)
    {
        var text = $"version: 1\ndrift: {{{drift}}}\npolicies: []\n";
        var plan = await scene.Client.PlanPolicyAsync(text, cancellationToken: Cancel);
        await scene.Client.ApplyPolicyAsync(new ApplyPolicy(text, plan.BasedOn, "a test"), Cancel);
    }

    private static Task<DriftView> UntilOverAsync(TagScene scene, Guid drift) =>
        TagScene.UntilAsync(() => scene.Client.DriftAsync(drift, Cancel), view => view.EndedAt is not null);

    private static async Task ListenAsync(TagScene scene, WebhookReceiver receiver)
    {
        var saved = await scene.Client.CreateNoticeChannelAsync(
            new NoticeChannelDraft
            {
                Name = "siem",
                Kind = NoticeChannelKind.Webhook,
                Address = receiver.Address,
                CaCertificatePem = receiver.CaPem,
                Kinds = [NoticeKind.ChangedByOthers],
            },
            Cancel
        );
        receiver.Secrets.Add(saved.Secret!);
    }

    /// <summary>Exactly so many notices say so.</summary>
    private static async Task CameAsync(WebhookReceiver receiver, string what, int times = 1, Guid? since = null)
    {
        int Count() =>
            receiver.All.Count(came =>
                ((string)came.Json["data"]!["title"]!).Contains(what, StringComparison.Ordinal)
                && (
                    since is null
                        ? came.Type.EndsWith(".raised", StringComparison.Ordinal)
                        : ((string)came.Json["data"]!["page"]!).EndsWith($"{since}", StringComparison.Ordinal)
                )
            );

        await NoticeScene.UntilAsync(() => Task.FromResult(Count()), now => now >= times);
        await NoticeScene.SomeLooksAsync();
        Assert.Equal(times, Count());
    }

    private async Task<Dictionary<string, string?>> SettingsAsync(string kind)
    {
        var settings = new Dictionary<string, string?> { ["Notices:LookEveryMilliseconds"] = "100" };
        if (kind == "postgres")
        {
            settings["Storage:Postgres"] = await postgres.NewDatabaseAsync(Cancel);
        }

        return settings;
    }
}
