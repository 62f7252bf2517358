using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Risk;

namespace Picket.Server.Notices;

internal static class NoticeViews
{
    public static NoticeChannelView Of(NoticeChannelRow row, int waiting, int dead, DateTimeOffset now) =>
        new()
        {
            Id = row.Id,
            Name = row.Name,
            Kind = row.Kind,
            IntegrationId = row.IntegrationId,
            Kinds = [.. row.Kinds.Select(Enum.Parse<NoticeKind>)],
            SmallestLevel = FindingViews.LevelOf(row.SmallestLevel),
            DigestHour = row.DigestHour,
            On = row.On,
            OffReason = row.OffReason,
            Address = row.Address,
            Mail =
                row.Kind == NoticeChannelKind.Email
                    ? new(row.MailServer!, row.MailPort, row.MailSecurity, row.MailUser, row.MailFrom!, row.Recipients)
                    : null,
            CaCertificatePem = row.CaCertificatePem,
            OldSecretUntil = row.OldSecretUntil > now ? row.OldSecretUntil : null,
            CreatedAt = row.CreatedAt,
            LastDeliveredAt = row.LastDeliveredAt,
            Waiting = waiting,
            Dead = dead,
        };

    public static NoticeDeliveryView Of(NoticeDeliveryRow row, string channel) =>
        new()
        {
            Id = row.Id,
            ChannelId = row.ChannelId,
            Channel = channel,
            Type = row.Type,
            Title = row.Title,
            Text = row.Text,
            State = row.State,
            Tries = row.Tries,
            CreatedAt = row.CreatedAt,
            LastTryAt = row.LastTryAt,
            LastAnswer = row.LastAnswer,
            NextTryAt = row.NextTryAt,
            DeliveredAt = row.DeliveredAt,
        };

    public static RiskLevel LevelOf(Level? level) =>
        level switch
        {
            Level.Low => RiskLevel.Low,
            Level.Medium => RiskLevel.Medium,
            Level.Critical => RiskLevel.Critical,
            _ => RiskLevel.High,
        };
}
