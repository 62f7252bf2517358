using System.Globalization;
using Picket.Api;

namespace Picket.Server.Notices;

/// <summary>What stands in the fields of a channel.</summary>
public sealed class NoticeForm
{
    public string Name { get; set; } = "";
    public NoticeChannelKind Kind { get; set; } = NoticeChannelKind.Webhook;
    public string Integration { get; set; } = "";
    public HashSet<NoticeKind> Kinds { get; set; } = [.. Enum.GetValues<NoticeKind>()];
    public Level SmallestLevel { get; set; } = Level.High;
    public string DigestHour { get; set; } = "";
    public bool On { get; set; } = true;
    public string Address { get; set; } = "";
    public string Server { get; set; } = "";
    public string Port { get; set; } = "587";
    public MailSecurity Security { get; set; } = MailSecurity.StartTls;
    public string User { get; set; } = "";
    public string Password { get; set; } = "";
    public string From { get; set; } = "";
    public string Recipients { get; set; } = "";
    public string Ca { get; set; } = "";

    public static NoticeForm Of(NoticeChannelView channel) =>
        new()
        {
            Name = channel.Name,
            Kind = channel.Kind,
            Integration = channel.IntegrationId?.ToString() ?? "",
            Kinds = [.. channel.Kinds],
            SmallestLevel = channel.SmallestLevel,
            DigestHour = channel.DigestHour?.ToString(CultureInfo.InvariantCulture) ?? "",
            On = channel.On,
            Address = channel.Address ?? "",
            Server = channel.Mail?.Server ?? "",
            Port = channel.Mail?.Port.ToString(CultureInfo.InvariantCulture) ?? "587",
            Security = channel.Mail?.Security ?? MailSecurity.StartTls,
            User = channel.Mail?.User ?? "",
            From = channel.Mail?.From ?? "",
            Recipients = string.Join('\n', channel.Mail?.Recipients ?? []),
            Ca = channel.CaCertificatePem ?? "",
        };

    public void Switch(NoticeKind kind)
    {
        if (!Kinds.Remove(kind))
        {
            Kinds.Add(kind);
        }
    }

    public NoticeChannelDraft Draft() =>
        new()
        {
            Name = Name.Trim(),
            Kind = Kind,
            IntegrationId = Guid.TryParse(Integration, out var id) ? id : null,
            Kinds = [.. Kinds],
            SmallestLevel = SmallestLevel,
            DigestHour = string.IsNullOrWhiteSpace(DigestHour) ? null : Number(DigestHour),
            On = On,
            Address = Kind == NoticeChannelKind.Webhook ? Address.Trim() : null,
            Mail =
                Kind == NoticeChannelKind.Email
                    ? new(
                        Server.Trim(),
                        Number(Port),
                        Security,
                        Filled(User),
                        From.Trim(),
                        Recipients.Split(
                            ['\n', ',', ';'],
                            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
                        )
                    )
                    : null,
            Password = Kind == NoticeChannelKind.Email && Password.Length > 0 ? Password : null,
            CaCertificatePem = Filled(Ca),
        };

    /// <summary>What is no number is refused by the API, in its own words.</summary>
    private static int Number(string text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private static string? Filled(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
