using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Picket.Api;
using Picket.Core.Notices;
using Picket.Server.Audit;
using Picket.Server.Storage;

namespace Picket.Server.Notices;

/// <summary>
/// One try of one delivery: claim it, send it, write down what came of it. Several servers may try at once; the claim lets
/// one of them. A server that dies between sending and writing sends again, under the same id.
/// </summary>
internal sealed class NoticeSender(
    PicketDatabase database,
    WebhookSender webhooks,
    MailSender mails,
    AuditLog audit,
    IOptions<NoticeOptions> options,
    TimeProvider time,
    ILogger<NoticeSender> log
)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan ClaimBeyondTry = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenLooksAtRate = TimeSpan.FromMinutes(1);

    /// <returns>False where it did not arrive: what else waits for that channel would hardly fare better now.</returns>
    public async Task<bool> SendAsync(Guid id, CancellationToken stopping)
    {
        if (await ClaimAsync(id, stopping) is not ({ } delivery, { } channel))
        {
            return false;
        }

        try
        {
            var answer = await TryAsync(channel, delivery, stopping);
            await WriteAsync(channel, delivery, answer, stopping);
            return answer.Delivered;
        }
        finally
        {
            await ReleaseAsync(delivery);
        }
    }

    private async Task<(NoticeDeliveryRow?, NoticeChannelRow?)> ClaimAsync(Guid id, CancellationToken stopping)
    {
        await using var db = database.Open();
        var now = time.GetUtcNow();
        var due = db.NoticeDeliveries.Where(row =>
            row.Id == id && row.NextTryAt <= now && (row.ClaimedUntil == null || row.ClaimedUntil < now)
        );
        var channel = await db
            .NoticeChannels.AsNoTracking()
            .SingleOrDefaultAsync(row => due.Any(each => each.ChannelId == row.Id) && row.On, stopping);
        if (channel is null)
        {
            return default;
        }

        var tried = await db.NoticeDeliveries.CountAsync(
            row => row.ChannelId == channel.Id && row.LastTryAt > now - Hour,
            stopping
        );
        if (tried >= options.Value.MostPerHour)
        {
            // All of it, so that what waits keeps its order.
            var later = now + BetweenLooksAtRate;
            await db
                .NoticeDeliveries.Where(row => row.ChannelId == channel.Id && row.NextTryAt <= now)
                .Where(row => row.ClaimedUntil == null || row.ClaimedUntil < now)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextTryAt, later), stopping);
            return default;
        }

        var until = now.AddSeconds(options.Value.TimeoutSeconds) + ClaimBeyondTry;
        return await due.ExecuteUpdateAsync(set => set.SetProperty(row => row.ClaimedUntil, until), stopping) == 0
            ? default
            : (await db.NoticeDeliveries.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, stopping), channel);
    }

    private async Task<NoticeAnswer> TryAsync(
        NoticeChannelRow channel,
        NoticeDeliveryRow delivery,
        CancellationToken stopping
    )
    {
        var longest = TimeSpan.FromSeconds(options.Value.TimeoutSeconds);
        using var clock = new CancellationTokenSource(longest, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping, clock.Token);
        try
        {
            return channel.Kind == NoticeChannelKind.Webhook
                ? await webhooks.SendAsync(channel, delivery, limit.Token)
                : await mails.SendAsync(channel, delivery, limit.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return new($"There was no answer within {longest.TotalSeconds:0} seconds (Notices:TimeoutSeconds).");
        }
    }

    private async Task WriteAsync(
        NoticeChannelRow channel,
        NoticeDeliveryRow tried,
        NoticeAnswer answer,
        CancellationToken stopping
    )
    {
        await using var db = database.Open();
        var now = time.GetUtcNow();
        var row = await db.NoticeDeliveries.SingleOrDefaultAsync(row => row.Id == tried.Id, stopping);
        if (row is null)
        {
            return; // The channel was removed meanwhile.
        }

        row.Tries++;
        (row.LastTryAt, row.LastAnswer, row.ClaimedUntil) = (now, answer.Shown, null);
        var wait = answer.Final
            ? null
            : NoticeSchedule.WaitAfter(channel.Kind == NoticeChannelKind.Email, row.Tries, answer.Wait);
        (row.State, row.NextTryAt) =
            answer.Delivered ? (NoticeDeliveryState.Delivered, null)
            : wait is { } then ? (NoticeDeliveryState.Waiting, now + then)
            : (NoticeDeliveryState.Dead, (DateTimeOffset?)null);
        row.DeliveredAt = answer.Delivered ? now : row.DeliveredAt;
        if (answer.Off is { } reason)
        {
            await SwitchOffAsync(db, channel, reason, stopping);
        }

        await db.SaveChangesAsync(stopping);
        if (answer.Delivered)
        {
            await db
                .NoticeChannels.Where(each => each.Id == channel.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(each => each.LastDeliveredAt, now), stopping);
        }
        else
        {
            NoticeLog.NotDelivered(log, row.Id, channel.Name, row.Tries, answer.Shown);
        }
    }

    /// <summary>Not a channel that somebody has changed since: its new settings were not tried.</summary>
    private async Task SwitchOffAsync(
        PicketDbContext db,
        NoticeChannelRow channel,
        string reason,
        CancellationToken stopping
    )
    {
        var row = await db.NoticeChannels.SingleOrDefaultAsync(each => each.Id == channel.Id, stopping);
        if (row is { On: true } && row.Way == channel.Way && row.ProtectedSecrets == channel.ProtectedSecrets)
        {
            (row.On, row.OffReason) = (false, reason);
            row.Version++;
            audit.Add(db, AuditLog.Itself, "notice-channel.switched-off", $"{row.Id}", after: new { Reason = reason });
            NoticeLog.SwitchedOff(log, row.Name, reason);
        }
    }

    /// <summary>Where nothing could be written of the try the claim ends all the same, even while the server stops.</summary>
    private async Task ReleaseAsync(NoticeDeliveryRow delivery)
    {
        await using var db = database.Open();
        await db
            .NoticeDeliveries.Where(row => row.Id == delivery.Id && row.ClaimedUntil == delivery.ClaimedUntil)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.ClaimedUntil, (DateTimeOffset?)null),
                CancellationToken.None
            );
    }
}
