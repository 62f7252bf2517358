using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Integrations;
using Picket.Server.Notices;
using Picket.Server.Tests.Inventory;
using Picket.Server.Tests.Response;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Notices;

/// <summary>In which order notices go, and what of them is told where writing fails.</summary>
public sealed class NoticeOrderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_waits_for_a_broken_channel_keeps_no_other_channel_waiting()
    {
        await using var scene = await NoticeScene.StartAsync();
        var broken = await scene.AddAsync(scene.Webhook("broken") with { Address = "https://127.0.0.1:1/hook" });
        var good = await scene.AddAsync(scene.Webhook("good"));
        var now = TimeProvider.System.GetUtcNow();
        await using (var db = scene.Picket.OpenDatabase())
        {
            // As many as one look takes, and more; all of them earlier.
            db.NoticeDeliveries.AddRange(Enumerable.Range(0, 300).Select(number => Waiting(broken.Id, number, now)));
            await db.SaveChangesAsync(Cancel);
        }

        await scene.DeliveredAsync(await scene.TestAsync(good));
    }

    [Fact]
    public async Task The_end_of_a_trouble_waits_until_its_beginning_was_told()
    {
        await using var scene = await NoticeScene.StartAsync();
        var integration = await SeedAsync(scene, IntegrationState.Unreachable);
        scene.Receiver.Answer = http =>
        {
            http.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        await scene.AddAsync(scene.Webhook());
        await NoticeScene.UntilAsync(
            () => Task.FromResult(scene.Receiver.All.Count),
            came => came > 0 // It was tried once, and waits.
        );
        await SetStateAsync(scene, integration, IntegrationState.Paused);
        await DeliveriesAsync(scene, 2);
        scene.Receiver.Answer = null;
        var before = scene.Receiver.All.Count;
        await NoticeScene.SomeLooksAsync();
        Assert.Equal(before, scene.Receiver.All.Count);

        await using (var db = scene.Picket.OpenDatabase())
        {
            var now = TimeProvider.System.GetUtcNow();
            await db
                .NoticeDeliveries.Where(row => row.NextTryAt != null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextTryAt, now), Cancel);
        }

        await scene.CameAsync("integration-failing.resolved");
        Assert.Equal(
            ["integration-failing.raised", "integration-failing.resolved"],
            scene.Receiver.All.Skip(before).Select(came => came.Type)
        );
    }

    [Fact]
    public async Task A_channel_that_was_off_when_a_trouble_ended_is_told_of_the_end_when_it_is_on_again()
    {
        await using var scene = await NoticeScene.StartAsync();
        var integration = await SeedAsync(scene, IntegrationState.Unreachable);
        var channel = await scene.AddAsync(scene.Webhook());
        await scene.AddAsync(scene.Webhook("other"));
        await scene.CameAsync("integration-failing.raised", 2);
        await scene.Picket.Client.ChangeNoticeChannelAsync(channel.Id, scene.Webhook() with { On = false }, Cancel);
        await SetStateAsync(scene, integration, IntegrationState.Paused);
        await scene.CameAsync("integration-failing.resolved");
        await NoticeScene.SomeLooksAsync();
        Assert.Single(scene.Of("integration-failing.resolved"));

        await scene.Picket.Client.ChangeNoticeChannelAsync(channel.Id, scene.Webhook() with { On = true }, Cancel);

        await scene.CameAsync("integration-failing.resolved", 2);
        await NoticeScene.SomeLooksAsync();
        Assert.Equal(2, scene.Of("integration-failing.resolved").Count);
    }

    [Fact]
    public async Task That_no_run_of_tags_ends_well_for_half_an_hour_is_told_and_a_refused_account_for_wipes()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var scene = await TagScene.StartAsync(
            settings: new() { ["Notices:LookEveryMilliseconds"] = "100" }
        );
        var saved = await scene.Client.CreateNoticeChannelAsync(
            new()
            {
                Name = "siem",
                Kind = NoticeChannelKind.Webhook,
                Address = receiver.Address,
                CaCertificatePem = receiver.CaPem,
                Kinds = [NoticeKind.IntegrationFailing, NoticeKind.CredentialRefused],
            },
            Cancel
        );
        receiver.Secrets.Add(saved.Secret!);
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/adddevices",
                Action = FaultAction.Status,
                Status = 400,
                ErrorCode = 1000,
            }
        );
        Assert.Equal(RunState.Incomplete, (await scene.AcceptAsync()).State);
        await NoticeScene.SomeLooksAsync();
        Assert.Empty(receiver.All); // Not for long yet.

        await using var db = scene.Picket.OpenDatabase();
        var before = TimeProvider.System.GetUtcNow().AddMinutes(-40);
        await db.TagRuns.ExecuteUpdateAsync(set => set.SetProperty(run => run.EndedAt, before), Cancel);
        var told = await CameAsync(receiver, "integration-failing.raised");
        Assert.Contains("no run has brought the tags", (string?)told.Json["data"]!["title"]);

        scene.Uem.Faults = FaultScript.Of();
        await scene.SettledAsync();
        await CameAsync(receiver, "integration-failing.resolved");

        await db.Integrations.ExecuteUpdateAsync(
            set =>
                set.SetProperty(row => row.WipesEnabled, true)
                    .SetProperty(row => row.WipeAccount, "wiper")
                    .SetProperty(row => row.WipeAccountRefused, "No."),
            Cancel
        );
        var refused = await CameAsync(receiver, "credential-refused.raised");
        Assert.Contains("set for wipes", (string?)refused.Json["data"]!["title"]);
        Assert.DoesNotContain("wiper", refused.Body);
    }

    private static async Task<WebhookReceiver.Came> CameAsync(WebhookReceiver receiver, string type) =>
        (
            await NoticeScene.UntilAsync(
                () => Task.FromResult(receiver.All.FirstOrDefault(came => came.Type == type)),
                came => came is not null
            )
        )!;

    private static async Task DeliveriesAsync(NoticeScene scene, int count)
    {
        await using var db = scene.Picket.OpenDatabase();
        await NoticeScene.UntilAsync(() => db.NoticeDeliveries.CountAsync(Cancel), now => now == count);
    }

    private static NoticeDeliveryRow Waiting(Guid channel, int number, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now.AddMinutes(-5)),
            ChannelId = channel,
            Key = $"earlier {number}",
            Type = "test",
            Title = "Earlier",
            Text = "Earlier",
            Data = "{}",
            CreatedAt = now,
            NextTryAt = now.AddMinutes(-5),
        };

    private static async Task<Guid> SeedAsync(NoticeScene scene, IntegrationState state)
    {
        var seed = new InventorySeed(scene.Picket.OpenDatabase);
        await seed.SaveAsync([
            new IntegrationRow
            {
                Id = seed.Integration,
                Name = "North",
                Address = "https://north.example/API",
                Account = "reader",
                ProtectedSecrets = "",
                OrganizationGroupId = 7,
                State = state,
                WritingEnabled = true,
                CreatedAt = TimeProvider.System.GetUtcNow(),
            },
        ]);
        return seed.Integration;
    }

    private static async Task SetStateAsync(NoticeScene scene, Guid integration, IntegrationState state)
    {
        await using var db = scene.Picket.OpenDatabase();
        await db
            .Integrations.Where(row => row.Id == integration)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, state), Cancel);
    }
}
