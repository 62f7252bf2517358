using MimeKit;
using Picket.Api;
using Picket.Server.Hosting;

namespace Picket.Server.Notices;

/// <summary>What a channel may be.</summary>
internal static class NoticeRules
{
    public const int LongestName = 100;
    public const int MostRecipients = 20;
    private const int LongestAddress = 1000;
    private const int LongestMailAddress = 254;
    private const int LongestUser = 256;
    private const int LongestPassword = 1000;

    public static Dictionary<string, string[]> MistakesIn(NoticeChannelDraft draft)
    {
        var mistakes = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(draft.Name) || draft.Name.Trim().Length > LongestName)
        {
            mistakes["name"] = [$"Give the channel a name of 1 to {LongestName} characters."];
        }

        if (draft.SmallestLevel is Level.Unknown or Level.Secure || Unknown(draft.SmallestLevel))
        {
            mistakes["smallestLevel"] = ["Give Low, Medium, High or Critical."];
        }

        if (draft.Kinds?.Any(kind => !Enum.IsDefined(kind)) is true)
        {
            mistakes["kinds"] =
            [
                $"There is no such kind. Picket tells {string.Join(", ", Enum.GetNames<NoticeKind>())}.",
            ];
        }

        if (draft.DigestHour is < 0 or > 23)
        {
            mistakes["digestHour"] = ["Give an hour of the day in UTC, 0 to 23."];
        }

        if (draft.CaCertificatePem is { } pem && PinnedAuthorities.MistakeIn(pem) is { } mistake)
        {
            mistakes["caCertificatePem"] = [mistake];
        }

        if (draft.Kind == NoticeChannelKind.Webhook)
        {
            AddWebhook(mistakes, draft);
        }
        else
        {
            AddMail(mistakes, draft);
        }

        return mistakes;
    }

    private static bool Unknown(Level? level) => level is { } given && !Enum.IsDefined(given);

    private static void AddWebhook(Dictionary<string, string[]> mistakes, NoticeChannelDraft draft)
    {
        if (draft.Mail is not null || draft.Password is not null)
        {
            mistakes["mail"] = ["A webhook has neither a mail server nor a password: Picket makes its secret."];
        }

        if (MistakeInAddress(draft.Address) is { } wrong)
        {
            mistakes["address"] = [wrong];
        }
    }

    private static string? MistakeInAddress(string? address) =>
        string.IsNullOrWhiteSpace(address)
        || address.Length > LongestAddress
        || !Uri.TryCreate(address.Trim(), UriKind.Absolute, out var uri)
        || uri.HostNameType is UriHostNameType.Unknown
            ? $"Give an address such as https://example.com/hooks/picket, with {LongestAddress} characters at most."
        : uri.Scheme != Uri.UriSchemeHttps ? $"{uri.Scheme}://{uri.Host} is not https."
        : uri.UserInfo.Length > 0 || uri.Query.Length > 0
            ? "An address with a user or a query may hold a key, which would be shown and logged. The signature proves who sends; give an address without."
        : uri.Fragment.Length > 0 ? "An address with # is not one that can be sent to."
        : null;

    private static void AddMail(Dictionary<string, string[]> mistakes, NoticeChannelDraft draft)
    {
        if (draft.Address is not null)
        {
            mistakes["address"] = ["An e-mail channel has a mail server, not an address."];
        }

        if (draft.Mail is not { } mail)
        {
            mistakes["mail"] = ["Give the mail server, the sender and the recipients."];
            return;
        }

        if (Uri.CheckHostName(mail.Server?.Trim()) is UriHostNameType.Unknown)
        {
            mistakes["mail.server"] = ["Give the name of the mail server, such as mail.example.com."];
        }

        if (mail.Port is < 1 or > 65535)
        {
            mistakes["mail.port"] = ["Give a port, 1 to 65535; usually 465 for TLS and 587 for STARTTLS."];
        }

        if (!Enum.IsDefined(mail.Security))
        {
            mistakes["mail.security"] = [$"Give {MailSecurity.Implicit} or {MailSecurity.StartTls}."];
        }

        if (!IsMailAddress(mail.From))
        {
            mistakes["mail.from"] = ["Give the address of the sender, such as picket@example.com."];
        }

        if (
            mail.Recipients is not { Count: >= 1 and <= MostRecipients } recipients
            || !recipients.All(IsMailAddress)
            || recipients.Distinct(StringComparer.OrdinalIgnoreCase).Count() != recipients.Count
        )
        {
            mistakes["mail.recipients"] =
            [
                $"Give 1 to {MostRecipients} different addresses, such as security@example.com.",
            ];
        }

        if (mail.User is { } user && (string.IsNullOrWhiteSpace(user) || user.Length > LongestUser))
        {
            mistakes["mail.user"] = [$"A user has 1 to {LongestUser} characters; leave it out where there is none."];
        }

        if (draft.Password is { } password && (password.Length is 0 or > LongestPassword || mail.User is null))
        {
            mistakes["password"] = [$"A password of 1 to {LongestPassword} characters belongs to a user."];
        }
    }

    /// <summary>A plain address without a name beside it, so that nothing can be smuggled into the heads of a mail.</summary>
    private static bool IsMailAddress(string? address) =>
        address is { Length: > 2 and <= LongestMailAddress }
        && !address.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || letter is '<' or '>' or ',')
        && MailboxAddress.TryParse(address, out var parsed)
        && parsed.Address == address
        && parsed.Domain.Length > 0;
}
