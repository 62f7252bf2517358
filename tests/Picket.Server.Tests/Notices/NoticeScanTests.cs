using System.Net;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Core.Risk;
using Picket.Server.Integrations;
using Picket.Server.Tests.Inventory;
using Picket.Server.Tests.People;

namespace Picket.Server.Tests.Notices;

/// <summary>What is told: one notice for one trouble while it lasts, and another when it is over.</summary>
public sealed class NoticeScanTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trouble_is_told_once_while_it_lasts_also_after_a_restart_and_its_end_once()
    {
        await using var scene = await NoticeScene.StartAsync();
        var seed = await SeedAsync(scene, IntegrationState.Unreachable);
        await scene.AddAsync(scene.Webhook());

        var raised = Assert.Single(await scene.CameAsync("integration-failing.raised"));
        Assert.Equal("North: the UEM cannot be reached", (string?)raised.Json["data"]!["title"]);
        Assert.Equal(
            ("raised", $"{seed.Integration}", $"/integrations/{seed.Integration}", "Nobody answers."),
            (
                (string?)raised.Json["data"]!["state"],
                (string?)raised.Json["data"]!["integrationId"],
                (string?)raised.Json["data"]!["page"],
                (string?)raised.Json["data"]!["text"]
            )
        );
        await NoticeScene.SomeLooksAsync();
        await scene.Picket.RestartAsync();
        await NoticeScene.SomeLooksAsync();
        Assert.Single(scene.Of("integration-failing.raised"));
        Assert.Empty(scene.Of("integration-failing.resolved"));

        await SetStateAsync(scene, seed.Integration, IntegrationState.Paused);
        var resolved = Assert.Single(await scene.CameAsync("integration-failing.resolved"));
        Assert.Equal((string?)raised.Json["data"]!["noticeId"], (string?)resolved.Json["data"]!["noticeId"]);
        Assert.StartsWith("Resolved: North", (string?)resolved.Json["data"]!["title"]);

        await SetStateAsync(scene, seed.Integration, IntegrationState.Unreachable);
        await scene.CameAsync("integration-failing.raised", 2);
        await NoticeScene.SomeLooksAsync();
        Assert.Equal(2, scene.Of("integration-failing.raised").Count);
        Assert.All(scene.Receiver.All, came => Assert.Equal(WebhookCheck.Genuine, came.Check));
    }

    [Fact]
    public async Task A_channel_tells_what_it_subscribes_to_and_a_new_one_hears_of_what_lasts()
    {
        await using var scene = await NoticeScene.StartAsync();
        var seed = await SeedAsync(scene, IntegrationState.CredentialRefused);
        await scene.AddAsync(scene.Webhook("feeds") with { Kinds = [NoticeKind.FeedTrouble] });
        NoticeKind[] refused = [NoticeKind.CredentialRefused];
        await scene.AddAsync(
            scene.Webhook("south") with
            {
                IntegrationId = (await scene.Picket.CreateIntegrationAsync()).Id,
                Kinds = refused,
            }
        );
        await NoticeScene.SomeLooksAsync();
        Assert.Empty(scene.Receiver.All);

        await scene.AddAsync(scene.Webhook("all") with { Kinds = refused });

        var raised = await scene.CameAsync("credential-refused.raised");
        Assert.Equal($"{seed.Integration}", (string?)raised[0].Json["data"]!["integrationId"]);
        await NoticeScene.SomeLooksAsync();
        Assert.Single(scene.Receiver.All);
    }

    [Fact]
    public async Task A_sync_that_is_silent_for_long_a_held_run_and_a_spent_quota_are_told()
    {
        await using var scene = await NoticeScene.StartAsync();
        var seed = new InventorySeed(scene.Picket.OpenDatabase);
        var now = TimeProvider.System.GetUtcNow();
        var row = Integration(seed.Integration, IntegrationState.PermissionMissing, now.AddDays(-3));
        (row.QuotaLimit, row.QuotaRemaining, row.QuotaUsed, row.QuotaResetAt) = (1000, 400, 495, now.AddHours(5));
        await seed.SaveAsync([
            row,
            new Server.Sync.SyncRunRow
            {
                Id = Guid.CreateVersion7(),
                IntegrationId = seed.Integration,
                Kind = RunKind.Full,
                State = RunState.Held,
                StartedAt = now,
            },
            new Server.Response.AppGroupRunRow
            {
                Id = Guid.CreateVersion7(),
                IntegrationId = seed.Integration,
                State = RunState.Held,
                HeldChanges = 12,
                QueuedAt = now,
            },
            new Server.Commands.DeviceCommandRow
            {
                Id = Guid.CreateVersion7(),
                IntegrationId = seed.Integration,
                DeviceId = Guid.CreateVersion7(),
                RemoteId = 7,
                Kind = Core.Response.CommandKind.EnterpriseWipe,
                State = Core.Response.CommandState.Waiting,
                WantedBy = "person",
                WantedAt = now,
                ExpiresAt = now.AddDays(1),
            },
        ]);
        await scene.AddAsync(scene.Webhook());

        Assert.Contains("no sync run was complete", Title((await scene.CameAsync("sync-silent.raised"))[0]));
        var decisions = await scene.CameAsync("decision-waiting.raised", 3);
        Assert.Contains(decisions, told => Title(told).Contains("lists of denied apps", StringComparison.Ordinal));
        Assert.Contains(decisions, told => Title(told).Contains("a brake holds a sync run", StringComparison.Ordinal));
        Assert.Contains(decisions, told => Title(told).Contains("a wipe waits", StringComparison.Ordinal));
        Assert.Contains("of 500 calls are left", Title((await scene.CameAsync("quota-near.raised"))[0]));
        Assert.Single(await scene.CameAsync("integration-failing.raised"));

        // All writes are stopped, and stopped again while they are: one trouble until they are released.
        await scene.Picket.Client.StopWritesAsync("Profiles vanish at North.", Cancel);
        var stopped = Assert.Single(await scene.CameAsync("writes-stopped.raised"));
        Assert.StartsWith("All writes to every UEM are stopped since", Title(stopped));
        Assert.DoesNotContain("Profiles vanish", stopped.Body); // A notice leaves this server; the reason may name anybody.
        await scene.Picket.Client.StopWritesAsync("Still.", Cancel);
        await NoticeScene.SomeLooksAsync();
        Assert.Empty(scene.Of("writes-stopped.resolved"));
        await scene.Picket.Client.ReleaseWritesAsync(cancellationToken: Cancel);
        await scene.CameAsync("writes-stopped.resolved");
        Assert.Single(scene.Of("writes-stopped.raised"));
    }

    [Fact]
    public async Task Findings_of_a_round_come_as_one_notice_that_names_no_device_no_person_and_no_app()
    {
        await using var scene = await NoticeScene.StartAsync();
        await scene.Picket.StopWorkAsync("JudgingWorker"); // On a busy machine its first look comes late, and ends the judging.
        var seed = await SeedAsync(scene, IntegrationState.Paused);
        await scene.AddAsync(scene.Webhook());
        await NoticeScene.SomeLooksAsync();
        var devices = Enumerable
            .Range(1, 3)
            .Select(number => seed.Device($"phone {number}", ownership: "E", user: "emmy.noether"))
            .ToList();
        devices[0].JudgingDue = true;
        await seed.SaveAsync([
            .. devices,
            New(seed, devices[0], FindingKinds.AppKinds[0], RiskLevel.Critical),
            New(seed, devices[1], FindingKinds.OsExploited.Id, RiskLevel.High),
            New(seed, devices[2], FindingKinds.OsExploited.Id, RiskLevel.High),
            New(seed, devices[2], FindingKinds.AppKinds[1], RiskLevel.Medium),
        ]);
        await NoticeScene.SomeLooksAsync();
        Assert.Empty(scene.Of("findings.raised")); // One is still being judged.

        await using (var db = scene.Picket.OpenDatabase())
        {
            await db.Devices.ExecuteUpdateAsync(set => set.SetProperty(row => row.JudgingDue, false), Cancel);
        }

        var told = Assert.Single(await scene.CameAsync("findings.raised"));
        Assert.Equal("North: 3 new findings on 3 devices (1 Critical, 2 High)", Title(told));
        Assert.Equal(2, told.Json["data"]!["findings"]!.AsArray().Count);
        foreach (var name in new[] { "phone", "emmy", "com.example.secret", "SN-" })
        {
            Assert.DoesNotContain(name, told.Body, StringComparison.OrdinalIgnoreCase);
        }

        await NoticeScene.SomeLooksAsync();
        Assert.Single(scene.Of("findings.raised"));
    }

    [Fact]
    public async Task A_digest_says_that_all_is_quiet_and_comes_once_a_day()
    {
        await using var scene = await NoticeScene.StartAsync();
        await SeedAsync(scene, IntegrationState.Paused);
        var channel = await scene.AddAsync(scene.Webhook() with { DigestHour = 6 });
        await using (var db = scene.Picket.OpenDatabase())
        {
            var row = await db.NoticeChannels.SingleAsync(Cancel);
            Assert.Equal(6, row.NextDigestAt!.Value.Hour);
            row.NextDigestAt = TimeProvider.System.GetUtcNow();
            await db.SaveChangesAsync(Cancel);
        }

        var digest = Assert.Single(await scene.CameAsync("digest"));
        Assert.StartsWith("All quiet since", Title(digest));
        Assert.Equal(("quiet", 0), ((string?)digest.Json["data"]!["state"], (int)digest.Json["data"]!["syncs"]!));
        await NoticeScene.SomeLooksAsync();
        Assert.Single(scene.Of("digest"));
        Assert.NotNull((await scene.Picket.Client.NoticeChannelAsync(channel.Id, Cancel)).LastDeliveredAt);
    }

    [Fact]
    public async Task No_more_than_so_many_an_hour_go_through_a_channel_and_the_rest_waits()
    {
        await using var scene = await NoticeScene.StartAsync(("Notices:MostPerHour", "2"));
        var channel = await scene.AddAsync(scene.Webhook());
        await scene.DeliveredAsync(await scene.TestAsync(channel));
        await scene.DeliveredAsync(await scene.TestAsync(channel));

        var third = await scene.UntilAsync(await scene.TestAsync(channel), now => now.NextTryAt > now.CreatedAt);

        Assert.Equal((NoticeDeliveryState.Waiting, 0), (third.State, third.Tries));
        Assert.Equal(2, scene.Of("test").Count);
    }

    [Fact]
    public async Task Only_who_may_change_the_integration_has_a_channel_of_it_and_only_administrators_of_all_one_of_everything()
    {
        await using var scene = await NoticeScene.StartAsync();
        var integration = await scene.Picket.CreateIntegrationAsync();
        var everything = await scene.AddAsync(scene.Webhook("everything"));
        var own = await scene.AddAsync(scene.Webhook("own") with { IntegrationId = integration.Id });
        using var unlinked = await Colleague.JoinAsync(scene.Picket, new Grant(Role.Administrator, integration.Id));
        using var analyst = await Colleague.JoinAsync(scene.Picket, new Grant(Role.Analyst, null));
        using var service = await scene.Picket.NewHttpAsync(TokenScope.Write);

        // Who has the role sees the channel, and none of everything; to change it the UEM is asked first.
        var seen = await unlinked.Client.NoticeChannels().ToListAsync(Cancel);
        Assert.Equal([own.Id], seen.Select(channel => channel.Id));
        await RefusedAsync(HttpStatusCode.NotFound, unlinked.Client.NoticeChannelAsync(everything.Id, Cancel));
        await RefusedAsync(HttpStatusCode.NotFound, unlinked.Client.TestNoticeChannelAsync(everything.Id, Cancel));
        await RefusedAsync(HttpStatusCode.NotFound, unlinked.Client.RemoveNoticeChannelAsync(everything.Id, Cancel));
        await RefusedAsync(
            HttpStatusCode.BadRequest,
            unlinked.Client.CreateNoticeChannelAsync(scene.Webhook("x"), Cancel)
        );
        var draft = scene.Webhook("own") with { IntegrationId = integration.Id };
        foreach (
            var asking in new Func<Task>[]
            {
                () => unlinked.Client.CreateNoticeChannelAsync(draft with { Name = "mine" }, Cancel),
                () => unlinked.Client.ChangeNoticeChannelAsync(own.Id, draft, Cancel),
                () => unlinked.Client.RotateNoticeSecretAsync(own.Id, Cancel),
                () => unlinked.Client.TestNoticeChannelAsync(own.Id, Cancel),
                () => unlinked.Client.RemoveNoticeChannelAsync(own.Id, Cancel),
            }
        )
        {
            var refused = await RefusedAsync(HttpStatusCode.Forbidden, asking());
            Assert.Contains("not linked to a UEM administrator account", refused.Detail);
        }

        await RefusedAsync(HttpStatusCode.Forbidden, analyst.Client.NoticeChannels().PageAsync(Cancel));
        await RefusedAsync(HttpStatusCode.Forbidden, new PicketClient(service).NoticeChannels().PageAsync(Cancel));
        var test = await scene.TestAsync(own);
        await RefusedAsync(HttpStatusCode.Forbidden, unlinked.Client.ReplayNoticeAsync(test.Id, Cancel));
        await scene.DeliveredAsync(test);
    }

    [Fact]
    public async Task A_channel_that_is_removed_takes_its_deliveries_along_and_a_name_is_taken_once()
    {
        await using var scene = await NoticeScene.StartAsync();
        var channel = await scene.AddAsync(scene.Webhook());
        await scene.DeliveredAsync(await scene.TestAsync(channel));
        await RefusedAsync(
            HttpStatusCode.Conflict,
            scene.Picket.Client.CreateNoticeChannelAsync(scene.Webhook(), Cancel)
        );

        await scene.Picket.Client.RemoveNoticeChannelAsync(channel.Id, Cancel);

        Assert.Empty(await scene.Picket.Client.NoticeDeliveries().ToListAsync(Cancel));
        await RefusedAsync(HttpStatusCode.NotFound, scene.Picket.Client.NoticeChannelAsync(channel.Id, Cancel));
    }

    [Theory]
    [InlineData("http://example.com/hook")]
    [InlineData("https://user:secret@example.com/hook")]
    [InlineData("https://example.com/hook?key=secret")]
    [InlineData("hook")]
    [InlineData("")]
    public async Task An_address_is_https_and_holds_no_key(string address)
    {
        await using var scene = await NoticeScene.StartAsync();

        var refused = await RefusedAsync(
            HttpStatusCode.BadRequest,
            scene.Picket.Client.CreateNoticeChannelAsync(scene.Webhook() with { Address = address }, Cancel)
        );

        Assert.Contains("address", refused.Errors!.Keys);
    }

    private static string Title(WebhookReceiver.Came came) => (string)came.Json["data"]!["title"]!;

    private static async Task<Problem> RefusedAsync(HttpStatusCode status, Task asking)
    {
        var refused = await Assert.ThrowsAsync<PicketApiException>(() => asking);
        Assert.Equal(status, refused.Status);
        return refused.Problem;
    }

    private static async Task<InventorySeed> SeedAsync(NoticeScene scene, IntegrationState state)
    {
        var seed = new InventorySeed(scene.Picket.OpenDatabase);
        await seed.SaveAsync([Integration(seed.Integration, state, TimeProvider.System.GetUtcNow())]);
        return seed;
    }

    private static IntegrationRow Integration(Guid id, IntegrationState state, DateTimeOffset created) =>
        new()
        {
            Id = id,
            Name = "North",
            Address = "https://north.example/API",
            Account = "reader",
            ProtectedSecrets = "",
            OrganizationGroupId = 7,
            State = state,
            StateReason = "Nobody answers.",
            CreatedAt = created,
        };

    private static Server.Risk.FindingRow New(
        InventorySeed seed,
        Server.Inventory.DeviceRow device,
        string kind,
        RiskLevel level
    )
    {
        var now = TimeProvider.System.GetUtcNow();
        var finding = new Finding(
            kind,
            1,
            $"{kind}|com.example.secret",
            level,
            "com.example.secret is on it",
            "Do something.",
            [],
            FindingProof.Reported,
            new FindingEvidence([], MatchedValue: "com.example.secret")
        );
        return new()
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = seed.Integration,
            DeviceId = device.Id,
            Kind = kind,
            Key = finding.Key,
            Level = level,
            Standing = finding.Standing,
            Title = finding.Title,
            Detail = Server.Risk.FindingJson.Write(finding),
            FirstTrueAt = now,
            LastTrueAt = now,
        };
    }

    private static async Task SetStateAsync(NoticeScene scene, Guid integration, IntegrationState state)
    {
        await using var db = scene.Picket.OpenDatabase();
        await db
            .Integrations.Where(row => row.Id == integration)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, state), Cancel);
    }
}
