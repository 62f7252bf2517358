using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace Picket.Server.Hosting;

/// <summary>
/// One talk with a mail server. It signs in once, by one mechanism: each further one would be another wrong password to the server,
/// and lock the account sooner. A recipient who is refused keeps nobody else from the mail.
/// </summary>
public sealed class MailClient : SmtpClient
{
    /// <summary>TLS is there always, so the plain ones go first: every server that offers them means them.</summary>
    private static readonly string[] Mechanisms =
    [
        "PLAIN",
        "LOGIN",
        "SCRAM-SHA-512",
        "SCRAM-SHA-256",
        "SCRAM-SHA-1",
        "CRAM-MD5",
        "DIGEST-MD5",
        "NTLM",
    ];

    private readonly List<(string Address, SmtpResponse Answer)> refused = [];

    /// <summary>Recipients whom the server did not take, with what it said of each.</summary>
    public IReadOnlyList<(string Address, SmtpResponse Answer)> Refused => refused;

    /// <exception cref="NotSupportedException">The server offers no way that fits.</exception>
    /// <exception cref="MailKit.Security.AuthenticationException">It refused the user or the password.</exception>
    /// <exception cref="SmtpCommandException">It cannot tell now.</exception>
    public async Task SignInAsync(string user, string password, CancellationToken cancellation)
    {
        var mechanism =
            Mechanisms.FirstOrDefault(AuthenticationMechanisms.Contains) ?? throw new NotSupportedException();
        AuthenticationMechanisms.RemoveWhere(offered => offered != mechanism);
        try
        {
            await AuthenticateAsync(user, password, cancellation);
        }
        catch (MailKit.Security.AuthenticationException failure)
            when (failure.InnerException is SmtpCommandException { StatusCode: var status } busy && (int)status < 500)
        {
            throw busy; // "Try again later" says nothing of the password.
        }
    }

    protected override void OnRecipientNotAccepted(
        MimeMessage message,
        MailboxAddress mailbox,
        SmtpResponse response
    ) => refused.Add((mailbox.Address, response));

    protected override void OnNoRecipientsAccepted(MimeMessage message) =>
        throw new SmtpCommandException(
            SmtpErrorCode.RecipientNotAccepted,
            // One that may be taken later is worth another try.
            refused.Min(each => each.Answer.StatusCode),
            refused[0].Answer.Response
        );
}
