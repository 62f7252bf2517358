using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>How a notice travels.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NoticeChannelKind>))]
public enum NoticeChannelKind
{
    /// <summary>By e-mail, through a mail server.</summary>
    Email,

    /// <summary>As a signed POST in the form of Standard Webhooks; see <see cref="WebhookSignature"/>.</summary>
    Webhook,
}

/// <summary>How the connection to a mail server is protected. Without protection none is made.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MailSecurity>))]
public enum MailSecurity
{
    /// <summary>TLS from the first byte, usually at port 465.</summary>
    Implicit,

    /// <summary>TLS after STARTTLS, usually at port 587; nothing is sent where the server does not offer it.</summary>
    StartTls,
}

/// <summary>What can be told. A test and the daily digest need no choice.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NoticeKind>))]
public enum NoticeKind
{
    /// <summary>The UEM refused an integration's credential; nobody signs in with it any more.</summary>
    CredentialRefused,

    /// <summary>An integration cannot reach its UEM, lacks a right, or its organization group is gone.</summary>
    IntegrationFailing,

    /// <summary>Nine tenths of the calls that Picket may make until the UEM's reset are spent.</summary>
    QuotaNear,

    /// <summary>No run of an integration was complete for the hours of <c>Notices:SilentAfterHours</c>.</summary>
    SyncSilent,

    /// <summary>A feed is old, cannot be read, its source fails, or a version of it waits for a decision.</summary>
    FeedTrouble,

    /// <summary>An exception of the policy ends soon, or has ended.</summary>
    ExceptionEnding,

    /// <summary>A brake holds a run, people ask to be linked, or the UEM itself has an exploited vulnerability.</summary>
    DecisionWaiting,

    /// <summary>Findings became true on devices: one notice for all that a round of judging found, with counts alone.</summary>
    Findings,

    /// <summary>All writes to every UEM are stopped; told at once, and when they are released. For channels of everything.</summary>
    WritesStopped,

    /// <summary>Others changed what is Picket's in the UEM: tags on devices, names of tags, or tags as a whole; or two integrations hold the same devices.</summary>
    ChangedByOthers,

    /// <summary>The day that an administrator typed, on which a credential ends, is near or past.</summary>
    CredentialEnding,
}

/// <summary>Where e-mails go.</summary>
/// <param name="Server">Name of the mail server, whose certificate has to name it.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="Security">How the connection is protected.</param>
/// <param name="User">Whom to sign in as; null where the server asks for nobody.</param>
/// <param name="From">Address of the sender.</param>
/// <param name="Recipients">1 to 20 addresses, of administrators: notices are not meant for those who carry the devices.</param>
public sealed record MailSettings(
    string Server,
    int Port,
    MailSecurity Security,
    string? User,
    string From,
    IReadOnlyList<string> Recipients
);

/// <summary>The settings of a channel, all of them, as they are to be.</summary>
public sealed record NoticeChannelDraft
{
    /// <summary>1 to 100 characters, and no other channel's.</summary>
    public string? Name { get; init; }

    /// <summary>Cannot be changed later.</summary>
    public NoticeChannelKind Kind { get; init; }

    /// <summary>Only what is of this integration; null for everything. Cannot be changed later.</summary>
    public Guid? IntegrationId { get; init; }

    /// <summary>What is told; null or empty for every kind.</summary>
    public IReadOnlyList<NoticeKind>? Kinds { get; init; }

    /// <summary>The lowest level of the findings that are told: Low to Critical; High when absent.</summary>
    public Level? SmallestLevel { get; init; }

    /// <summary>The hour of the day, 0 to 23 in UTC, at which a digest comes, so that silence means a fault; null for none.</summary>
    public int? DigestHour { get; init; }

    /// <summary>Whether anything is sent; true when absent.</summary>
    public bool? On { get; init; }

    /// <summary>Of a webhook: the https address, without a query or a user.</summary>
    public string? Address { get; init; }

    /// <summary>Of an e-mail channel.</summary>
    public MailSettings? Mail { get; init; }

    /// <summary>
    /// Of the mail server's user. Never returned. Absent in a change it stays; where server, port, user or CA change it has to be
    /// entered anew.
    /// </summary>
    public string? Password { get; init; }

    /// <summary>The only authorities (PEM) that may vouch for the other side; null for the system's.</summary>
    public string? CaCertificatePem { get; init; }

    /// <summary>Names the channel alone: the password is nobody's business.</summary>
    public override string ToString() => $"{Kind} {Name}";
}

/// <summary>A channel, without its secrets.</summary>
public sealed record NoticeChannelView
{
    /// <summary>Picket's id.</summary>
    public Guid Id { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>How notices travel.</summary>
    public NoticeChannelKind Kind { get; init; }

    /// <summary>The only integration it tells of; null for everything.</summary>
    public Guid? IntegrationId { get; init; }

    /// <summary>What is told.</summary>
    public IReadOnlyList<NoticeKind> Kinds { get; set; } = [];

    /// <summary>The lowest level of the findings that are told.</summary>
    public Level SmallestLevel { get; init; }

    /// <summary>The hour (UTC) of the daily digest; null for none.</summary>
    public int? DigestHour { get; init; }

    /// <summary>Whether anything is sent.</summary>
    public bool On { get; init; }

    /// <summary>Why Picket itself switched it off, and what mends it.</summary>
    public string? OffReason { get; init; }

    /// <summary>Of a webhook.</summary>
    public string? Address { get; init; }

    /// <summary>Of an e-mail channel.</summary>
    public MailSettings? Mail { get; init; }

    /// <summary>The authorities that may vouch for the other side.</summary>
    public string? CaCertificatePem { get; init; }

    /// <summary>Of a webhook whose secret was rotated: until then each notice is signed with the old one, too.</summary>
    public DateTimeOffset? OldSecretUntil { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When something last arrived.</summary>
    public DateTimeOffset? LastDeliveredAt { get; init; }

    /// <summary>How many notices wait to be sent.</summary>
    public int Waiting { get; init; }

    /// <summary>How many were given up, and can be sent again by a person.</summary>
    public int Dead { get; init; }
}

/// <summary>A channel as it was made or changed.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Secret">The new secret of a webhook, <c>whsec_…</c>, shown this once; null where there is no new one.</param>
public sealed record NoticeChannelSaved(NoticeChannelView Channel, string? Secret = null)
{
    /// <summary>Names the channel alone.</summary>
    public override string ToString() => $"{nameof(NoticeChannelSaved)} {Channel.Name}";
}
