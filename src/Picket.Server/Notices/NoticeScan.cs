using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Api;
using Picket.Core.Notices;
using Picket.Server.Storage;

namespace Picket.Server.Notices;

/// <summary>
/// One look at what is wrong: 1 what is true now, 2 what began and what ended, 3 a delivery for each channel that wants to
/// know, also for one that was made while the trouble lasted, 4 findings, 5 digests. All in one transaction; unique keys let
/// no second server say it again.
/// </summary>
internal sealed class NoticeScan(
    PicketDatabase database,
    NoticeConditions conditions,
    NoticeFindings findings,
    NoticeDigests digests,
    IOptions<NoticeOptions> options,
    TimeProvider time
)
{
    public Task RunAsync(CancellationToken cancellation) =>
        Rivalry.RepeatAsync(async () =>
        {
            await LookAsync(cancellation);
            return true;
        });

    /// <summary>What arrived, or was given up, long ago.</summary>
    public async Task ForgetAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        var before = time.GetUtcNow().AddDays(-options.Value.KeepDays);
        await db
            .NoticeDeliveries.Where(row => row.State != NoticeDeliveryState.Waiting && row.CreatedAt < before)
            .Where(row => !db.Notices.Any(notice => notice.Id == row.NoticeId && notice.EndedAt == null))
            .ExecuteDeleteAsync(cancellation);
        await db.Notices.Where(row => row.EndedAt < before).ExecuteDeleteAsync(cancellation);
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        var channels = await db.NoticeChannels.Where(row => row.On).OrderBy(row => row.Id).ToListAsync(cancellation);
        if (channels.Count == 0)
        {
            return; // Nobody would be told.
        }

        var subscribers = channels
            .Select(row => (row, new NoticeSubscriber(row.Id, row.IntegrationId, row.Kinds)))
            .ToList();
        var open = await db.Notices.Where(row => row.EndedAt == null).ToListAsync(cancellation);
        var now = await conditions.ReadAsync(db, cancellation); // 1
        var plan = NoticePlan.Of(now, [.. open.Select(row => row.Key)]); // 2
        var began = plan.Began.Select(Row).ToList();
        var ended = open.Where(row => plan.Ended.Contains(row.Key)).ToList();
        db.Notices.AddRange(began);
        ended.ForEach(row => row.EndedAt = time.GetUtcNow());
        var over = await OverAsync(db, channels, cancellation);
        await TellAsync(db, subscribers, [.. open.Except(ended), .. began], [.. ended, .. over], cancellation); // 3
        await findings.AddAsync(db, subscribers, cancellation); // 4
        await digests.AddAsync(db, channels, now, cancellation); // 5
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (failure.IsUniqueViolation())
        {
            // Another server was quicker with the same; what it lacked is seen at the next look.
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody changed a channel meanwhile; the next look goes by its new settings.
        }
    }

    /// <summary>Ends of which a channel was not told: it was switched off then.</summary>
    private static Task<List<NoticeRow>> OverAsync(
        PicketDbContext db,
        List<NoticeChannelRow> channels,
        CancellationToken cancellation
    )
    {
        var ids = channels.ConvertAll(row => row.Id);
        return db
            .Notices.Where(row => row.EndedAt != null)
            .Where(row =>
                db.NoticeDeliveries.Any(begun =>
                    begun.NoticeId == row.Id
                    && ids.Contains(begun.ChannelId)
                    && !db.NoticeDeliveries.Any(end =>
                        end.NoticeId == row.Id
                        && end.ChannelId == begun.ChannelId
                        && end.Key.EndsWith(NoticeData.Resolved)
                    )
                )
            )
            .OrderBy(row => row.Id)
            .ToListAsync(cancellation);
    }

    private async Task TellAsync(
        PicketDbContext db,
        IReadOnlyList<(NoticeChannelRow Channel, NoticeSubscriber Subscriber)> channels,
        List<NoticeRow> lasting,
        List<NoticeRow> ended,
        CancellationToken cancellation
    )
    {
        var ids = lasting.Concat(ended).Select(row => (Guid?)row.Id).ToList();
        var said = await db
            .NoticeDeliveries.Where(row => ids.Contains(row.NoticeId))
            .Select(row => new
            {
                row.ChannelId,
                Notice = row.NoticeId!.Value,
                IsEnd = row.Key.EndsWith(NoticeData.Resolved),
            })
            .ToListAsync(cancellation);
        var told = said.Select(row => (row.ChannelId, row.Notice)).ToHashSet();
        var toldEnd = said.Where(row => row.IsEnd).Select(row => (row.ChannelId, row.Notice)).ToHashSet();
        foreach (var (channel, subscriber) in channels)
        {
            db.NoticeDeliveries.AddRange(
                lasting
                    .Where(row => subscriber.Wants(row.Kind, row.IntegrationId) && !told.Contains((channel.Id, row.Id)))
                    .Select(row => Delivery(channel, row, "raised"))
            );
            // Who was told of the trouble is told of its end, whatever else the channel tells by now. What has only grown is not over.
            db.NoticeDeliveries.AddRange(
                ended
                    .Where(row => !lasting.Exists(grown => NoticeDrift.IsOfSame(grown.Key, row.Key)))
                    .Where(row => told.Contains((channel.Id, row.Id)) && !toldEnd.Contains((channel.Id, row.Id)))
                    .Select(row => Delivery(channel, row, "resolved"))
            );
        }
    }

    private NoticeRow Row(NoticeCondition condition)
    {
        var now = time.GetUtcNow();
        return new()
        {
            Id = Guid.CreateVersion7(now),
            Key = condition.Key,
            Kind = condition.Kind,
            IntegrationId = condition.Integration,
            Title = condition.Title,
            Text = condition.Text,
            Page = condition.Page,
            BeganAt = now,
        };
    }

    private NoticeDeliveryRow Delivery(NoticeChannelRow channel, NoticeRow notice, string phase)
    {
        var resolved = phase == "resolved";
        var title = resolved ? $"Resolved: {notice.Title}" : notice.Title;
        var data = NoticeData.Of(notice.IntegrationId, phase, title, notice.Page);
        data["noticeId"] = notice.Id.ToString();
        data["since"] = notice.BeganAt.UtcDateTime.ToString("O");
        return NoticeData.Delivery(
            channel,
            $"{notice.Id}:{phase}",
            NoticeData.TypeOf(Enum.Parse<NoticeKind>(notice.Kind), phase),
            title,
            resolved ? $"It lasted since {notice.BeganAt:yyyy-MM-dd HH:mm} UTC, and is over." : notice.Text,
            data,
            time.GetUtcNow(),
            notice.Id
        );
    }
}
