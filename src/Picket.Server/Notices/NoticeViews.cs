using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Risk;
using Picket.Server.Storage;

namespace Picket.Server.Notices;

internal static class NoticeViews
{
    /// <summary>Channels, each with what waits at it and what will never arrive.</summary>
    public static async Task<IReadOnlyList<NoticeChannelView>> OfAsync(
        PicketDbContext db,
        IReadOnlyList<NoticeChannelRow> rows,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var ids = rows.Select(row => row.Id).ToList();
        var counts = await db
            .NoticeDeliveries.Where(row => ids.Contains(row.ChannelId) && row.State != NoticeDeliveryState.Delivered)
            .GroupBy(row => new { row.ChannelId, row.State })
            .Select(group => new
            {
                group.Key.ChannelId,
                group.Key.State,
                Count = group.Count(),
            })
            .ToListAsync(cancellation);
        return
        [
            .. rows.Select(row =>
                Of(row, Count(row, NoticeDeliveryState.Waiting), Count(row, NoticeDeliveryState.Dead), time.GetUtcNow())
            ),
        ];

        int Count(NoticeChannelRow row, NoticeDeliveryState state) =>
            counts.FirstOrDefault(count => count.ChannelId == row.Id && count.State == state)?.Count ?? 0;
    }

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
