using System.Net.Sockets;
using System.Security.Authentication;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;
using Picket.Api;
using Picket.Server.Hosting;

namespace Picket.Server.Notices;

/// <summary>
/// One e-mail, over a connection that the one door opened, with TLS always. The Message-ID is the same in each try: a mail
/// whose answer was lost is known again by whoever gets it twice.
/// </summary>
internal sealed class MailSender(OutboundConnector connector, NoticeSecretBox box, IOptions<NoticeOptions> options)
{
    private const int FirstPermanent = 500;

    public async Task<NoticeAnswer> SendAsync(
        NoticeChannelRow channel,
        NoticeDeliveryRow delivery,
        CancellationToken cancellation
    )
    {
        var password = channel.MailUser is null ? null : box.TryOpen(channel)?.Current;
        if (channel.MailUser is not null && password is null)
        {
            return new(
                "The password cannot be read: the key ring is gone, or the way was changed in the database. Enter it anew.",
                Final: true
            );
        }

        try
        {
            using var client = await connector.ConnectMailAsync(
                channel.MailServer!,
                channel.MailPort,
                channel.MailSecurity == MailSecurity.Implicit,
                PinnedAuthorities.Of(channel.CaCertificatePem),
                cancellation
            );
            if (password is not null)
            {
                await client.SignInAsync(channel.MailUser!, password, cancellation);
            }

            using var message = Message(channel, delivery);
            var said = await client.SendAsync(message, cancellation);
            await EndAsync(client, cancellation);
            return new(Taken(said ?? "", client.Refused), Delivered: true);
        }
        catch (MailKit.Security.AuthenticationException)
        {
            return new(
                $"{channel.MailServer} refused the user or the password.",
                Final: true,
                Off: $"{channel.MailServer} refused the user or the password. Nobody signs in with it again, lest the account is locked. Enter it anew."
            );
        }
        catch (SmtpCommandException refused)
        {
            return new(
                $"{channel.MailServer} answered {(int)refused.StatusCode}: {NoticeAnswer.Cut(refused.Message, NoticeAnswer.MostOfBody)}",
                Final: (int)refused.StatusCode >= FirstPermanent
            );
        }
        catch (SslHandshakeException untrusted)
        {
            return NoticeAnswer.Unreachable(
                channel.MailServer!,
                new System.Security.Authentication.AuthenticationException("", untrusted)
            );
        }
        catch (NotSupportedException)
        {
            return new(
                $"{channel.MailServer} offers neither STARTTLS nor a way to sign in that fits the channel. Nothing was sent.",
                Final: true
            );
        }
        catch (Exception failure) when (failure is IOException or SocketException or ProtocolException)
        {
            return NoticeAnswer.Unreachable(channel.MailServer!, failure);
        }
    }

    /// <summary>Who was refused stands first: of a long answer the end is cut.</summary>
    private static string Taken(string said, IReadOnlyList<(string Address, SmtpResponse Answer)> refused)
    {
        var not = string.Join(", ", refused.Select(each => $"{each.Address} ({(int)each.Answer.StatusCode})"));
        var taken = refused.Count == 0 ? "Taken" : $"Taken, but not for {not}";
        return $"{taken}: {NoticeAnswer.Cut(said, NoticeAnswer.MostOfBody)}";
    }

    /// <summary>The mail was taken already: how the server ends the talk changes nothing.</summary>
    private static async Task EndAsync(MailClient client, CancellationToken cancellation)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellation);
        }
        catch (Exception broken)
            when (broken
                    is IOException
                        or ProtocolException
                        or CommandException
                        or SocketException
                        or OperationCanceledException
            ) { }
    }

    private MimeMessage Message(NoticeChannelRow channel, NoticeDeliveryRow delivery)
    {
        var from = MailboxAddress.Parse(channel.MailFrom!);
        var message = new MimeMessage
        {
            Subject = $"[Picket] {delivery.Title}",
            Date = delivery.CreatedAt,
            MessageId = $"{delivery.Id:N}@{from.Domain}",
            Body = new TextPart("plain") { Text = Text(delivery) },
        };
        message.From.Add(from);
        message.To.AddRange(channel.Recipients.Select(MailboxAddress.Parse));
        message.Headers.Add("Auto-Submitted", "auto-generated"); // No holiday answers.
        return message;
    }

    private string Text(NoticeDeliveryRow delivery)
    {
        var page = System.Text.Json.Nodes.JsonNode.Parse(delivery.Data)?["page"]?.GetValue<string>();
        var place = page is null ? "" : $"\n\nIn the console: {options.Value.ConsoleAddress?.TrimEnd('/')}{page}";
        return $"{delivery.Title}\n\n{delivery.Text}{place}\n\nWritten at {delivery.CreatedAt:yyyy-MM-dd HH:mm} UTC by Picket. Administrators choose under Notices what is told.\n";
    }
}
