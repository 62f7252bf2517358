using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;
using Picket.Cli.Settings;

namespace Picket.Cli.Commands;

/// <summary><c>picket notices add</c>.</summary>
internal static class NoticeAddCommand
{
    private const string PasswordVariable = "PICKET_MAIL_PASSWORD";

    public static Command Create(Cli cli)
    {
        var name = new Argument<string>("name") { Description = "What the channel is called." };
        var integration = Targets.IntegrationOption();
        var kinds = new Option<NoticeKind[]>("--kind")
        {
            Description = "What is told; may be given several times. Every kind when absent.",
        };
        var level = new Option<Level?>("--level") { Description = "The lowest level of findings; high when absent." };
        var digest = new Option<int?>("--digest")
        {
            Description = "Hour (UTC) of a daily digest, so that silence means a fault.",
            HelpName = "HOUR",
        };
        var address = new Option<string?>("--address") { Description = "Of a webhook: https.", HelpName = "URL" };
        var server = new Option<string?>("--mail-server") { Description = "Of e-mail.", HelpName = "HOST" };
        var port = new Option<int?>("--mail-port") { Description = "587, or 465 with --implicit-tls, when absent." };
        var isImplicit = new Option<bool>("--implicit-tls")
        {
            Description = "TLS from the first byte; STARTTLS when absent. There is no mail without either.",
        };
        var user = new Option<string?>("--mail-user")
        {
            Description = $"Whom to sign in as; the password is {PasswordVariable}, or asked for.",
        };
        var from = new Option<string?>("--from") { Description = "Address of the sender.", HelpName = "ADDRESS" };
        var to = new Option<string[]>("--to")
        {
            Description = "Address of an administrator; may be given several times.",
            HelpName = "ADDRESS",
        };
        var ca = new Option<FileInfo?>("--channel-ca")
        {
            Description = "Certificates (PEM) of the only authorities that may vouch for the other side.",
            HelpName = "FILE",
        };
        return cli.Command(
            "add",
            "Make a channel: a webhook, whose secret is shown this once, or e-mail.",
            "picket notices add siem --address https://siem.example.com/picket --digest 6\n"
                + "picket notices add security --mail-server mail.example.com --mail-user picket "
                + "--from picket@example.com --to security@example.com",
            async (session, cancellationToken) =>
            {
                var mail = session.Get(server) is { } host
                    ? new MailSettings(
                        host,
                        session.Get(port) ?? (session.Get(isImplicit) ? 465 : 587),
                        session.Get(isImplicit) ? MailSecurity.Implicit : MailSecurity.StartTls,
                        session.Get(user),
                        session.Needed(from),
                        session.Get(to) ?? []
                    )
                    : null;
                var draft = new NoticeChannelDraft
                {
                    Name = session.Get(name),
                    Kind = mail is null ? NoticeChannelKind.Webhook : NoticeChannelKind.Email,
                    IntegrationId = await session.IntegrationOrAllAsync(integration, cancellationToken),
                    Kinds = session.Get(kinds),
                    SmallestLevel = session.Get(level),
                    DigestHour = session.Get(digest),
                    Address = mail is null ? session.Needed(address) : session.Get(address),
                    Mail = mail,
                    Password = mail?.User is { } account ? Password(session, account) : null,
                    CaCertificatePem = session.Get(ca) is { } file
                        ? await File.ReadAllTextAsync(file.FullName, cancellationToken)
                        : null,
                };
                return Show(session, await session.Client.CreateNoticeChannelAsync(draft, cancellationToken));
            },
            name,
            integration,
            kinds,
            level,
            digest,
            address,
            server,
            port,
            isImplicit,
            user,
            from,
            to,
            ca
        );
    }

    public static int Show(Session session, NoticeChannelSaved saved)
    {
        var channel = saved.Channel;
        session.Printer.Value(
            saved,
            screen =>
            {
                screen.Pairs([
                    ("Channel", channel.Name),
                    ("Id", channel.Id),
                    ("Kind", channel.Kind),
                    ("On", channel.On),
                    ("Tells", string.Join(", ", channel.Kinds)),
                    ("Findings from", channel.SmallestLevel),
                    ("Digest", channel.DigestHour is { } hour ? $"{hour:00}:00 UTC" : null),
                    ("Old secret until", channel.OldSecretUntil),
                    ("Secret", saved.Secret),
                ]);
                if (saved.Secret is not null)
                    screen.Line("The secret is shown this once. The receiver checks each webhook with it.");
            }
        );
        return ExitCodes.Ok;
    }

    /// <summary>Never an argument: those stand in process lists and shell histories.</summary>
    private static string Password(Session session, string account) =>
        Connection.Given(session.Terminal.Environment(PasswordVariable))
        ?? (
            session.Terminal.CanAsk
                ? session.AskSecret($"Password of {account}")
                : throw new UsageException($"The password of {account} is missing. Set {PasswordVariable}.")
        );
}
