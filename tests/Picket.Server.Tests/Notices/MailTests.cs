using Microsoft.EntityFrameworkCore;
using Picket.Api;

namespace Picket.Server.Tests.Notices;

/// <summary>E-mail to a real mail server on loopback.</summary>
public sealed class MailTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Arrives_over_tls_alone_and_signs_in_first(bool implicitTls)
    {
        await using var scene = await NoticeScene.StartAsync(("Notices:ConsoleAddress", "https://picket.example.com/"));
        await using var sink = new MailSink { ImplicitTls = implicitTls, Password = "hunter2hunter2" };
        var channel = await scene.AddAsync(NoticeScene.Mail(sink));

        var delivery = await scene.DeliveredAsync(await scene.TestAsync(channel));

        var mail = Assert.Single(sink.Mails);
        Assert.Contains("Subject: [Picket] Test of channel security", mail);
        Assert.Contains("To: ada@example.com, grace@example.com", mail);
        Assert.Contains($"Message-Id: <{delivery.Id:N}@example.com>", mail, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("https://picket.example.com/notices", mail);
        Assert.DoesNotContain(sink.Plain, line => line.StartsWith("AUTH") || line.StartsWith("MAIL"));
        Assert.Contains(sink.Commands, line => line.StartsWith("AUTH"));
    }

    [Fact]
    public async Task Nothing_is_said_to_a_server_without_tls()
    {
        await using var scene = await NoticeScene.StartAsync();
        await using var sink = new MailSink { OffersStartTls = false };
        var channel = await scene.AddAsync(NoticeScene.Mail(sink));

        var dead = await scene.UntilAsync(await scene.TestAsync(channel), now => now.Tries == 1);

        Assert.Equal(NoticeDeliveryState.Dead, dead.State);
        Assert.Contains("STARTTLS", dead.LastAnswer);
        Assert.DoesNotContain(sink.Commands, line => line.StartsWith("AUTH") || line.StartsWith("MAIL"));
    }

    [Fact]
    public async Task A_refused_password_switches_the_channel_off_and_is_not_tried_again()
    {
        await using var scene = await NoticeScene.StartAsync();
        await using var sink = new MailSink { Password = "another one" };
        var channel = await scene.AddAsync(NoticeScene.Mail(sink));

        var dead = await scene.UntilAsync(await scene.TestAsync(channel), now => now.Tries == 1);

        Assert.Equal(NoticeDeliveryState.Dead, dead.State);
        var off = await scene.Picket.Client.NoticeChannelAsync(channel.Id, Cancel);
        Assert.False(off.On);
        Assert.Contains("refused the user or the password", off.OffReason);
        await NoticeScene.SomeLooksAsync();
        Assert.Single(sink.Commands, line => line.StartsWith("AUTH"));

        sink.Password = "hunter2hunter2";
        var elsewhere = NoticeScene.Mail(sink, password: null) with { CaCertificatePem = null };
        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.Picket.Client.ChangeNoticeChannelAsync(channel.Id, elsewhere, Cancel)
        );
        Assert.Contains("password", refused.Problem.Errors!.Keys);
        await scene.Picket.Client.ChangeNoticeChannelAsync(channel.Id, NoticeScene.Mail(sink), Cancel);
        await scene.DeliveredAsync(await scene.Picket.Client.ReplayNoticeAsync(dead.Id, Cancel));
        Assert.Single(sink.Mails);
    }

    [Fact]
    public async Task A_wrong_password_is_said_once_whatever_ways_there_are_to_say_it()
    {
        await using var scene = await NoticeScene.StartAsync();
        await using var sink = new MailSink { Password = "another one", Mechanisms = "LOGIN PLAIN CRAM-MD5" };
        var channel = await scene.AddAsync(NoticeScene.Mail(sink));

        await scene.UntilAsync(await scene.TestAsync(channel), now => now.Tries == 1);

        await NoticeScene.SomeLooksAsync();
        Assert.StartsWith("AUTH PLAIN", Assert.Single(sink.Commands, line => line.StartsWith("AUTH")));
    }

    [Fact]
    public async Task A_server_that_cannot_look_at_the_password_now_is_asked_again_later()
    {
        await using var scene = await NoticeScene.StartAsync();
        await using var sink = new MailSink { Password = "another one", Refusal = "454 the directory is away" };
        var channel = await scene.AddAsync(NoticeScene.Mail(sink));

        var waiting = await scene.UntilAsync(await scene.TestAsync(channel), now => now.Tries == 1);

        Assert.Equal(NoticeDeliveryState.Waiting, waiting.State);
        Assert.Contains("454", waiting.LastAnswer);
        Assert.True((await scene.Picket.Client.NoticeChannelAsync(channel.Id, Cancel)).On);
        sink.Password = null;
        await DueNowAsync(scene, waiting.Id);
        await scene.DeliveredAsync(waiting);
    }

    [Fact]
    public async Task A_recipient_who_is_refused_keeps_nobody_else_from_the_mail_and_is_named()
    {
        await using var scene = await NoticeScene.StartAsync();
        await using var sink = new MailSink { Strangers = { ["ada@example.com"] = "550 no such box" } };
        var channel = await scene.AddAsync(NoticeScene.Mail(sink));

        var delivered = await scene.DeliveredAsync(await scene.TestAsync(channel));

        Assert.Single(sink.Mails);
        Assert.Contains("not for ada@example.com (550)", delivered.LastAnswer);

        sink.Strangers["grace@example.com"] = "450 her box is full";
        var waiting = await scene.UntilAsync(await scene.TestAsync(channel), now => now.Tries == 1);
        Assert.Equal(NoticeDeliveryState.Waiting, waiting.State); // One of them may be taken later.
        Assert.Single(sink.Mails);
    }

    [Fact]
    public async Task After_a_lost_answer_the_next_try_has_the_same_message_id_and_there_are_few()
    {
        await using var scene = await NoticeScene.StartAsync();
        await using var sink = new MailSink { AfterData = "" };
        var channel = await scene.AddAsync(NoticeScene.Mail(sink, user: null, password: null));
        var waiting = await scene.UntilAsync(await scene.TestAsync(channel), now => now.Tries == 1);
        Assert.Equal(NoticeDeliveryState.Waiting, waiting.State);

        for (var tries = 2; tries <= 4; tries++)
        {
            var before = tries;
            await DueNowAsync(scene, waiting.Id);
            waiting = await scene.UntilAsync(waiting, now => now.Tries == before);
        }

        Assert.Equal(NoticeDeliveryState.Dead, waiting.State);
        Assert.Equal(4, sink.Mails.Count);
        Assert.Single(
            sink.Mails.Select(mail =>
                    mail.Split('\n').Single(line => line.StartsWith("Message-Id:", StringComparison.OrdinalIgnoreCase))
                )
                .Distinct()
        );
    }

    [Theory]
    [InlineData("picket@example.com\r\nBcc: all@example.com")]
    [InlineData("Ada <ada@example.com>")]
    [InlineData("ada")]
    [InlineData("ada@example.com,grace@example.com")]
    public async Task Nothing_is_smuggled_into_a_mail_by_an_address(string address)
    {
        await using var scene = await NoticeScene.StartAsync();
        await using var sink = new MailSink();
        var good = NoticeScene.Mail(sink);

        foreach (
            var (field, mail) in new[]
            {
                ("mail.from", good.Mail! with { From = address }),
                ("mail.recipients", good.Mail with { Recipients = [address] }),
            }
        )
        {
            var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
                scene.Picket.Client.CreateNoticeChannelAsync(good with { Mail = mail }, Cancel)
            );
            Assert.Contains(field, refused.Problem.Errors!.Keys);
        }
    }

    private static async Task DueNowAsync(NoticeScene scene, Guid delivery)
    {
        await using var db = scene.Picket.OpenDatabase();
        var now = TimeProvider.System.GetUtcNow();
        await db
            .NoticeDeliveries.Where(row => row.Id == delivery)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextTryAt, now), Cancel);
    }
}
