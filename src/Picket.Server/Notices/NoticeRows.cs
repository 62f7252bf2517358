using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Picket.Api;
using Picket.Core.Risk;

namespace Picket.Server.Notices;

/// <summary>A way to people, with what is told there.</summary>
public sealed class NoticeChannelRow
{
    public required Guid Id { get; init; }
    public required string Name { get; set; }
    public NoticeChannelKind Kind { get; init; }

    /// <summary>The only integration it tells of; null for everything.</summary>
    public Guid? IntegrationId { get; init; }

    /// <summary>Names of <see cref="NoticeKind"/>.</summary>
    public List<string> Kinds { get; set; } = [];
    public RiskLevel SmallestLevel { get; set; } = RiskLevel.High;

    /// <summary>Findings that became true later are told.</summary>
    public DateTimeOffset FindingsSince { get; set; }
    public int? DigestHour { get; set; }
    public DateTimeOffset? NextDigestAt { get; set; }
    public DateTimeOffset LastDigestAt { get; set; }
    public bool On { get; set; } = true;

    /// <summary>Why Picket itself switched it off.</summary>
    public string? OffReason { get; set; }

    /// <summary>Of a webhook.</summary>
    public string? Address { get; set; }
    public string? MailServer { get; set; }
    public int MailPort { get; set; }
    public MailSecurity MailSecurity { get; set; }
    public string? MailUser { get; set; }
    public string? MailFrom { get; set; }
    public List<string> Recipients { get; set; } = [];
    public string? CaCertificatePem { get; set; }

    /// <summary>Encrypted by <see cref="NoticeSecretBox"/>; empty where there are none.</summary>
    public string ProtectedSecrets { get; set; } = "";
    public DateTimeOffset? OldSecretUntil { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastDeliveredAt { get; set; }

    /// <summary>Counts changes of the settings: two at once must not mix.</summary>
    public int Version { get; set; }

    /// <summary>Where it leads, with all that decides who answers there: secrets are good for this alone.</summary>
    public string Way =>
        Kind == NoticeChannelKind.Webhook
            ? $"webhook {Address} ca {CaCertificatePem?.Trim()}"
            : $"mail {MailServer}:{MailPort} {MailSecurity} user {MailUser} ca {CaCertificatePem?.Trim()}";

    internal sealed class Mapping : IEntityTypeConfiguration<NoticeChannelRow>
    {
        public void Configure(EntityTypeBuilder<NoticeChannelRow> builder)
        {
            builder.ToTable("notice_channels");
            builder.HasIndex(row => row.Name).IsUnique();
            builder.Property(row => row.Version).IsConcurrencyToken();
            builder.Ignore(row => row.Way);
        }
    }
}

/// <summary>A condition from its beginning to its end. The row stays; the same trouble on another day is a row of its own.</summary>
public sealed class NoticeRow
{
    public required Guid Id { get; init; }

    /// <summary>One at a time is open, whatever the number of servers.</summary>
    public required string Key { get; init; }
    public required string Kind { get; init; }
    public Guid? IntegrationId { get; init; }
    public required string Title { get; init; }
    public required string Text { get; init; }
    public required string Page { get; init; }
    public DateTimeOffset BeganAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<NoticeRow>
    {
        public void Configure(EntityTypeBuilder<NoticeRow> builder)
        {
            builder.ToTable("notices");
            builder.HasIndex(row => row.Key).HasFilter("\"EndedAt\" IS NULL").IsUnique();
        }
    }
}

/// <summary>One notice on its way through one channel: the durable queue.</summary>
public sealed class NoticeDeliveryRow
{
    /// <summary>Also what the receiver knows it by, in each try.</summary>
    public required Guid Id { get; init; }
    public required Guid ChannelId { get; init; }

    /// <summary>The condition; null for tests, digests and findings.</summary>
    public Guid? NoticeId { get; init; }

    /// <summary>What may be told through a channel but once.</summary>
    public required string Key { get; init; }
    public required string Type { get; init; }
    public required string Title { get; init; }
    public required string Text { get; init; }

    /// <summary>The JSON object <c>data</c> of a webhook's body.</summary>
    public required string Data { get; init; }
    public NoticeDeliveryState State { get; set; }
    public int Tries { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? NextTryAt { get; set; }
    public DateTimeOffset? LastTryAt { get; set; }
    public string? LastAnswer { get; set; }
    public DateTimeOffset? DeliveredAt { get; set; }

    /// <summary>Some server is at it until then; it may have been killed.</summary>
    public DateTimeOffset? ClaimedUntil { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<NoticeDeliveryRow>
    {
        public void Configure(EntityTypeBuilder<NoticeDeliveryRow> builder)
        {
            builder.ToTable("notice_deliveries");
            builder.HasIndex(row => new { row.ChannelId, row.Key }).IsUnique();
            builder.HasIndex(row => new { row.ChannelId, row.LastTryAt });
            builder.HasIndex(row => row.NextTryAt).HasFilter("\"NextTryAt\" IS NOT NULL");
            builder.HasIndex(row => row.NoticeId);
        }
    }
}

/// <summary>Up to when the findings of an integration were told through a channel.</summary>
public sealed class NoticeMarkRow
{
    public required Guid ChannelId { get; init; }
    public required Guid IntegrationId { get; init; }
    public DateTimeOffset FindingsUntil { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<NoticeMarkRow>
    {
        public void Configure(EntityTypeBuilder<NoticeMarkRow> builder)
        {
            builder.ToTable("notice_marks");
            builder.HasKey(row => new { row.ChannelId, row.IntegrationId });
        }
    }
}
