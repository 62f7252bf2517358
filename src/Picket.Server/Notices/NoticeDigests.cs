using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Notices;
using Picket.Server.Storage;

namespace Picket.Server.Notices;

/// <summary>A digest a day for each channel that wants one: where it stays away, something is broken.</summary>
internal sealed class NoticeDigests(TimeProvider time)
{
    private const int MostTitles = 20;

    public async Task AddAsync(
        PicketDbContext db,
        IReadOnlyList<NoticeChannelRow> channels,
        IReadOnlyList<NoticeCondition> conditions,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        foreach (var channel in channels.Where(row => row.DigestHour is not null && row.NextDigestAt <= now))
        {
            db.NoticeDeliveries.Add(await DigestAsync(db, channel, conditions, now, cancellation));
            channel.LastDigestAt = now;
            channel.NextDigestAt = NoticeSchedule.NextDigest(now, channel.DigestHour!.Value);
            channel.Version++;
        }
    }

    private static async Task<NoticeDeliveryRow> DigestAsync(
        PicketDbContext db,
        NoticeChannelRow channel,
        IReadOnlyList<NoticeCondition> conditions,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var since = channel.LastDigestAt;
        var (all, one) = (channel.IntegrationId is null, channel.IntegrationId);
        var runs = await db.SyncRuns.CountAsync(
            run =>
                run.Kind != RunKind.Device
                && run.State == RunState.Completed
                && run.EndedAt >= since
                && (all || run.IntegrationId == one),
            cancellation
        );
        var judged = await db.Devices.CountAsync(
            row => row.GoneAt == null && row.JudgedAt >= since && (all || row.IntegrationId == one),
            cancellation
        );
        var dead = await db.NoticeDeliveries.CountAsync(
            row => row.ChannelId == channel.Id && row.State == NoticeDeliveryState.Dead,
            cancellation
        );
        // Whatever the channel tells otherwise: a digest that is silent about trouble would say that all is well.
        var lasting = conditions.Where(each => all || each.Integration == one).ToList();
        var title =
            lasting.Count == 0
                ? $"All quiet since {since:yyyy-MM-dd HH:mm} UTC"
                : $"{lasting.Count:N0} {(lasting.Count == 1 ? "trouble lasts" : "troubles last")}";
        var text =
            $"Since {since:yyyy-MM-dd HH:mm} UTC: {runs:N0} sync runs were complete, {judged:N0} devices were judged."
            + string.Concat(lasting.Take(MostTitles).Select(each => $"\n- {each.Title}"))
            + (lasting.Count > MostTitles ? $"\nand {lasting.Count - MostTitles} more." : "")
            + (dead > 0 ? $"\n{dead:N0} notices of this channel were given up; they can be sent again." : "");
        var data = NoticeData.Of(one, lasting.Count == 0 ? "quiet" : "troubled", title, "/");
        data["since"] = since.UtcDateTime.ToString("O");
        data["syncs"] = runs;
        data["devicesJudged"] = judged;
        data["troubles"] = lasting.Count;
        return NoticeData.Delivery(channel, $"digest:{now:yyyy-MM-ddTHH}", NoticeData.Digest, title, text, data, now);
    }
}
