using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Picket.Api;

namespace Picket.Server.Tests.Notices;

/// <summary>Webhooks on their way to a receiver that checks them with Picket's own verifier.</summary>
public sealed class WebhookTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_test_arrives_signed_and_somebody_who_repeats_or_forges_it_is_refused()
    {
        await using var scene = await NoticeScene.StartAsync();
        var channel = await scene.AddAsync(scene.Webhook());

        var delivery = await scene.DeliveredAsync(await scene.TestAsync(channel));

        var came = Assert.Single(await scene.CameAsync("test"));
        Assert.Equal((WebhookCheck.Genuine, $"msg_{delivery.Id:N}"), (came.Check, came.Id));
        Assert.Equal(delivery.Title, (string?)came.Json["data"]!["title"]);
        Assert.Equal(
            delivery.CreatedAt.UtcDateTime,
            DateTimeOffset.Parse((string)came.Json["timestamp"]!, null).UtcDateTime,
            TimeSpan.FromMilliseconds(1)
        );
        Assert.Equal((1, "204 NoContent"), (delivery.Tries, delivery.LastAnswer));
        var (bytes, secrets, now) = (
            System.Text.Encoding.UTF8.GetBytes(came.Body),
            scene.Receiver.Secrets.ToArray(),
            TimeProvider.System.GetUtcNow()
        );
        Assert.Equal(WebhookCheck.TooOld, WebhookSignature.Verify(came.Headers, bytes, secrets, now.AddMinutes(6)));
        Assert.Equal(
            WebhookCheck.WrongSignature,
            WebhookSignature.Verify(came.Headers, bytes, [WebhookSignature.NewSecret()], now)
        );
        bytes[10] ^= 1;
        Assert.Equal(WebhookCheck.WrongSignature, WebhookSignature.Verify(came.Headers, bytes, secrets, now));
    }

    [Fact]
    public async Task While_the_receiver_is_down_it_waits_and_then_arrives_once_under_the_same_id()
    {
        await using var scene = await NoticeScene.StartAsync();
        var channel = await scene.AddAsync(scene.Webhook());
        scene.Receiver.Answer = Status(503, "all\u202e busy\n");

        var waiting = await scene.UntilAsync(await scene.TestAsync(channel), now => now.Tries == 1);
        scene.Receiver.Answer = null;
        var delivered = await scene.DeliveredAsync(waiting);

        Assert.Equal(NoticeDeliveryState.Waiting, waiting.State);
        Assert.Equal("503 ServiceUnavailable: all  busy", waiting.LastAnswer);
        Assert.Equal(2, delivered.Tries);
        var came = await scene.CameAsync("test", 2);
        Assert.Equal(came[0].Id, came[1].Id);
        Assert.Equal(came[0].Body, came[1].Body);
        Assert.All(came, each => Assert.Equal(WebhookCheck.Genuine, each.Check));
        await NoticeScene.SomeLooksAsync();
        Assert.Equal(2, scene.Of("test").Count);
    }

    [Fact]
    public async Task Where_the_answer_is_lost_it_comes_again_under_the_same_id()
    {
        await using var scene = await NoticeScene.StartAsync();
        var channel = await scene.AddAsync(scene.Webhook());
        scene.Receiver.Answer = http =>
        {
            http.Abort();
            scene.Receiver.Answer = null;
            return Task.CompletedTask;
        };

        await scene.DeliveredAsync(await scene.TestAsync(channel));

        var came = await scene.CameAsync("test", 2);
        Assert.Equal(2, came.Count);
        Assert.Single(came.Select(each => each.Id).Distinct());
    }

    [Fact]
    public async Task Killed_while_it_is_being_sent_it_is_sent_by_the_next_server()
    {
        await using var scene = await NoticeScene.StartAsync();
        var channel = await scene.AddAsync(scene.Webhook());
        await scene.Picket.StopServerAsync();
        NoticeDeliveryView queued;
        await using (var server = PicketProcess.Start(scene.Picket.DataFolder, "--Notices:TimeoutSeconds", "2"))
        {
            var client = await server.ReadyAsync(Cancel);
            var never = new TaskCompletionSource();
            scene.Receiver.Answer = _ => never.Task;
            queued = await client.TestNoticeChannelAsync(channel.Id, Cancel);
            await scene.CameAsync("test");
            await server.KillAsync();
            never.SetResult();
        }

        scene.Receiver.Answer = null;
        await scene.Picket.RestartAsync();

        await scene.DeliveredAsync(queued);
        Assert.Single((await scene.CameAsync("test", 2)).Select(came => came.Id).Distinct());
    }

    [Fact]
    public async Task Gone_switches_the_channel_off_until_somebody_switches_it_on_and_sends_again()
    {
        await using var scene = await NoticeScene.StartAsync();
        var channel = await scene.AddAsync(scene.Webhook());
        scene.Receiver.Answer = Status(410);

        var dead = await scene.UntilAsync(
            await scene.TestAsync(channel),
            now => now.State != NoticeDeliveryState.Waiting
        );

        Assert.Equal((NoticeDeliveryState.Dead, null), (dead.State, dead.NextTryAt));
        var off = await scene.Picket.Client.NoticeChannelAsync(channel.Id, Cancel);
        Assert.False(off.On);
        Assert.Contains("410 Gone", off.OffReason);
        Assert.Equal(1, off.Dead);
        await RefusedAsync(HttpStatusCode.Conflict, scene.Picket.Client.TestNoticeChannelAsync(channel.Id, Cancel));
        await RefusedAsync(HttpStatusCode.Conflict, scene.Picket.Client.ReplayNoticeAsync(dead.Id, Cancel));
        scene.Receiver.Answer = null;
        await scene.Picket.Client.ChangeNoticeChannelAsync(channel.Id, scene.Webhook(), Cancel);
        await scene.DeliveredAsync(await scene.Picket.Client.ReplayNoticeAsync(dead.Id, Cancel));

        Assert.Single((await scene.CameAsync("test", 2)).Select(came => came.Id).Distinct());
        await using var db = scene.Picket.OpenDatabase();
        var actions = await db
            .Audit.Where(row => row.Action.StartsWith("notice"))
            .OrderBy(row => row.Sequence)
            .Select(row => row.Action)
            .ToListAsync(Cancel);
        Assert.Equal(
            [
                "notice-channel.added",
                "notice-channel.tested",
                "notice-channel.switched-off",
                "notice-channel.changed",
                "notice.replayed",
            ],
            actions
        );
    }

    [Fact]
    public async Task Redirects_are_not_followed()
    {
        await using var scene = await NoticeScene.StartAsync();
        var channel = await scene.AddAsync(scene.Webhook());
        scene.Receiver.Answer = http =>
        {
            http.Response.Redirect("https://localhost/elsewhere", permanent: true, preserveMethod: true);
            return Task.CompletedTask;
        };

        var waiting = await scene.UntilAsync(await scene.TestAsync(channel), now => now.Tries == 1);

        Assert.Contains("redirects are not followed", waiting.LastAnswer);
        Assert.Single(scene.Of("test"));
    }

    [Fact]
    public async Task No_address_is_reached_that_the_door_keeps_closed_and_no_certificate_taken_that_nobody_vouches_for()
    {
        await using var scene = await NoticeScene.StartAsync();
        using var key = ECDsa.Create();
        var withKey = scene.Webhook("key") with { CaCertificatePem = key.ExportPkcs8PrivateKeyPem() };
        var mistake = await Assert.ThrowsAsync<PicketApiException>(() => scene.AddAsync(withKey));
        Assert.Contains("private key", Assert.Single(mistake.Problem.Errors!["caCertificatePem"]));
        var untrusted = await scene.AddAsync(scene.Webhook("untrusted") with { CaCertificatePem = null });
        var refused = await scene.UntilAsync(await scene.TestAsync(untrusted), now => now.Tries == 1);
        Assert.Contains("is not trusted", refused.LastAnswer);

        await using var closed = await NoticeScene.StartAsync(("Outbound:AllowLoopback", "false"));
        await using var sink = new MailSink();
        var webhook = await closed.AddAsync(closed.Webhook());
        var mail = await closed.AddAsync(NoticeScene.Mail(sink));

        foreach (var channel in new[] { webhook, mail })
        {
            var kept = await closed.UntilAsync(await closed.TestAsync(channel), now => now.Tries == 1);
            Assert.Contains("may not connect to", kept.LastAnswer);
        }

        Assert.Empty(scene.Receiver.All);
        Assert.Empty(closed.Receiver.All);
        Assert.Empty(sink.Commands);
    }

    [Fact]
    public async Task A_rotated_secret_signs_beside_the_old_one_and_another_address_gets_another_secret()
    {
        await using var scene = await NoticeScene.StartAsync();
        var channel = await scene.AddAsync(scene.Webhook());
        var old = scene.Receiver.Secrets.Single();

        var rotated = await scene.Picket.Client.RotateNoticeSecretAsync(channel.Id, Cancel);
        await scene.DeliveredAsync(await scene.TestAsync(channel));

        var came = Assert.Single(scene.Of("test"));
        Assert.Equal(WebhookCheck.Genuine, came.Check);
        var (bytes, now) = (System.Text.Encoding.UTF8.GetBytes(came.Body), TimeProvider.System.GetUtcNow());
        Assert.Equal(WebhookCheck.Genuine, WebhookSignature.Verify(came.Headers, bytes, [rotated.Secret!], now));
        Assert.Equal(24, (rotated.Channel.OldSecretUntil!.Value - now).TotalHours, 0.1);
        var same = await scene.Picket.Client.ChangeNoticeChannelAsync(channel.Id, scene.Webhook("renamed"), Cancel);
        Assert.Null(same.Secret);
        var moved = await scene.Picket.Client.ChangeNoticeChannelAsync(
            channel.Id,
            scene.Webhook() with
            {
                Address = scene.Receiver.Address + "/elsewhere",
            },
            Cancel
        );
        Assert.NotNull(moved.Secret);
        await scene.DeliveredAsync(await scene.TestAsync(channel));
        var last = scene.Of("test")[^1];
        bytes = System.Text.Encoding.UTF8.GetBytes(last.Body);
        Assert.Equal(WebhookCheck.Genuine, WebhookSignature.Verify(last.Headers, bytes, [moved.Secret], now));
        Assert.Equal(
            WebhookCheck.WrongSignature,
            WebhookSignature.Verify(last.Headers, bytes, [old, rotated.Secret!], now)
        );
    }

    [Fact]
    public async Task Secrets_stand_neither_in_the_database_nor_in_the_logs_nor_in_answers()
    {
        await using var scene = await NoticeScene.StartAsync();
        await using var sink = new MailSink { Password = "another one" };
        var channel = await scene.AddAsync(scene.Webhook());
        await scene.AddAsync(NoticeScene.Mail(sink));
        await scene.Picket.Client.RotateNoticeSecretAsync(channel.Id, Cancel);
        await scene.DeliveredAsync(await scene.TestAsync(channel));
        var mail = (await scene.Picket.Client.NoticeChannels().PageAsync(Cancel)).Items[1];
        await scene.UntilAsync(await scene.TestAsync(mail), now => now.Tries == 1);
        var answers =
            await scene.Picket.Http.GetStringAsync(Routes.NoticeChannels, Cancel)
            + await scene.Picket.Http.GetStringAsync(Routes.NoticeDeliveries, Cancel)
            + await scene.Picket.Http.GetStringAsync(Routes.Audit, Cancel);

        var secret = scene.Receiver.Secrets.Single()[WebhookSignature.SecretPrefix.Length..];
        await scene.Picket.StopServerAsync();
        SqliteConnection.ClearAllPools();
        var stored = string.Concat(
            Directory
                .EnumerateFiles(scene.Picket.DataFolder, "*", SearchOption.AllDirectories)
                .Select(file => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file)))
        );
        Assert.Contains("notice-channel.added", stored);
        foreach (var place in new[] { stored, scene.Picket.Logs.All, answers })
        {
            Assert.DoesNotContain(secret, place, StringComparison.Ordinal);
            Assert.DoesNotContain("hunter2hunter2", place, StringComparison.Ordinal);
        }
    }

    private static RequestDelegate Status(int status, string body = "") =>
        async http =>
        {
            http.Response.StatusCode = status;
            await http.Response.WriteAsync(body);
        };

    private static async Task RefusedAsync(HttpStatusCode status, Task asking) =>
        Assert.Equal(status, (await Assert.ThrowsAsync<PicketApiException>(() => asking)).Status);
}
