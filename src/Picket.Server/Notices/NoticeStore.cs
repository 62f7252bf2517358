using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Notices;
using Picket.Server.Audit;
using Picket.Server.Storage;

namespace Picket.Server.Notices;

/// <summary>A change of a channel that cannot be made; says why.</summary>
/// <param name="name">Of a field of the draft.</param>
internal sealed class NoticeMistakeException(string name, string message) : Exception(message)
{
    public string Field => name;
}

/// <summary>Changes of channels; each with its entry in the audit.</summary>
internal sealed class NoticeStore(
    PicketDatabase database,
    NoticeSecretBox box,
    NoticeSignal signal,
    AuditLog audit,
    TimeProvider time
)
{
    /// <summary>For so long the old secret of a webhook is good beside the new one.</summary>
    public static readonly TimeSpan OldSecretLasts = TimeSpan.FromHours(24);

    /// <returns>The channel, and a webhook's secret; no channel where the name is taken.</returns>
    public async Task<(NoticeChannelRow? Channel, string? Secret)> CreateAsync(
        NoticeChannelDraft draft,
        string actor,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var now = time.GetUtcNow();
        var row = new NoticeChannelRow
        {
            Id = Guid.CreateVersion7(now),
            Name = draft.Name!.Trim(),
            Kind = draft.Kind,
            IntegrationId = draft.IntegrationId,
            CreatedAt = now,
            FindingsSince = now,
            LastDigestAt = now,
        };
        Set(row, draft, now);
        var secret = CloseNew(row, draft, before: null);
        db.NoticeChannels.Add(row);
        audit.Add(db, actor, "notice-channel.added", $"{row.Id}", after: Told(row));
        return await SavedAsync(db, cancellation) ? (row, secret) : (null, null);
    }

    /// <returns>The same.</returns>
    public async Task<(NoticeChannelRow? Channel, string? Secret)> ChangeAsync(
        Guid id,
        NoticeChannelDraft draft,
        string actor,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var row = await db.NoticeChannels.SingleAsync(row => row.Id == id, cancellation);
        if (draft.Kind != row.Kind)
        {
            throw new NoticeMistakeException("kind", "The kind of a channel stays. Make another channel.");
        }

        if (draft.IntegrationId != row.IntegrationId)
        {
            throw new NoticeMistakeException("integrationId", "What a channel tells of stays. Make another channel.");
        }

        var (before, way, now) = (Told(row), row.Way, time.GetUtcNow());
        var told = row.Kinds.Contains($"{NoticeKind.Findings}");
        Set(row, draft, now);
        if (!told)
        {
            row.FindingsSince = now; // What was found while nobody wanted to know is not told now.
        }

        var secret = CloseNew(row, draft, way);
        row.Version++;
        audit.Add(
            db,
            actor,
            "notice-channel.changed",
            $"{id}",
            before,
            new
            {
                Settings = Told(row),
                NewSecret = secret is not null,
                NewPassword = draft.Password is not null,
            }
        );
        if (!await SavedAsync(db, cancellation))
        {
            return (null, null);
        }

        signal.Raise(id);
        return (row, secret);
    }

    public async Task RemoveAsync(Guid id, string actor, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var row = await db.NoticeChannels.SingleAsync(row => row.Id == id, cancellation);
        db.NoticeChannels.Remove(row);
        audit.Add(db, actor, "notice-channel.removed", $"{id}", before: Told(row));
        await db.SaveChangesAsync(cancellation);
        await NoticeRemoval.OfChannelAsync(db, id, cancellation);
    }

    public async Task<(NoticeChannelRow Channel, string Secret)> RotateAsync(
        Guid id,
        string actor,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var row = await db.NoticeChannels.SingleAsync(row => row.Id == id, cancellation);
        var secret = WebhookSignature.NewSecret();
        row.ProtectedSecrets = box.Close(row, new NoticeSecrets(secret, box.TryOpen(row)?.Current));
        row.OldSecretUntil = time.GetUtcNow() + OldSecretLasts;
        row.Version++;
        audit.Add(db, actor, "notice-channel.secret-rotated", $"{id}", after: new { row.Name, row.OldSecretUntil });
        await db.SaveChangesAsync(cancellation);
        return (row, secret);
    }

    public async Task<NoticeDeliveryRow> TestAsync(
        NoticeChannelRow channel,
        string actor,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var title = $"Test of channel {channel.Name}";
        var row = NoticeData.Delivery(
            channel,
            $"test:{Guid.NewGuid()}",
            NoticeData.Test,
            title,
            "Somebody asked for it in Picket. If you can read this, notices arrive here.",
            NoticeData.Of(channel.IntegrationId, "test", title, "/notices"),
            time.GetUtcNow()
        );
        db.NoticeDeliveries.Add(row);
        audit.Add(db, actor, "notice-channel.tested", $"{channel.Id}", after: new { channel.Name });
        await db.SaveChangesAsync(cancellation);
        signal.Raise(channel.Id);
        return row;
    }

    /// <returns>Null where it waits anyway.</returns>
    public async Task<NoticeDeliveryRow?> ReplayAsync(Guid id, string actor, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var row = await db.NoticeDeliveries.SingleAsync(row => row.Id == id, cancellation);
        if (row.State == NoticeDeliveryState.Waiting)
        {
            return null;
        }

        var before = row.State;
        (row.State, row.Tries, row.NextTryAt) = (NoticeDeliveryState.Waiting, 0, time.GetUtcNow());
        audit.Add(
            db,
            actor,
            "notice.replayed",
            $"{id}",
            after: new
            {
                row.ChannelId,
                row.Type,
                Was = $"{before}",
            }
        );
        await db.SaveChangesAsync(cancellation);
        signal.Raise(row.ChannelId);
        return row;
    }

    private static void Set(NoticeChannelRow row, NoticeChannelDraft draft, DateTimeOffset now)
    {
        row.Name = draft.Name!.Trim();
        var kinds = draft.Kinds is { Count: > 0 } some ? some : Enum.GetValues<NoticeKind>();
        row.Kinds = [.. kinds.Distinct().Order().Select(kind => $"{kind}")];
        row.SmallestLevel = NoticeViews.LevelOf(draft.SmallestLevel);
        row.NextDigestAt =
            draft.DigestHour is not { } hour ? null
            : row.DigestHour == hour && row.NextDigestAt is { } next ? next
            : NoticeSchedule.NextDigest(now, hour);
        row.DigestHour = draft.DigestHour;
        (row.On, row.OffReason) = (draft.On ?? true, null);
        row.Address = draft.Address?.Trim();
        row.CaCertificatePem = string.IsNullOrWhiteSpace(draft.CaCertificatePem) ? null : draft.CaCertificatePem;
        if (draft.Mail is { } mail)
        {
            (row.MailServer, row.MailPort, row.MailSecurity) = (mail.Server.Trim(), mail.Port, mail.Security);
            (row.MailUser, row.MailFrom) = (mail.User, mail.From);
            row.Recipients = [.. mail.Recipients];
        }
    }

    /// <summary>
    /// Another way needs another secret: what was good for one receiver is not told to the next (law 7). A webhook gets one
    /// of Picket's own, the password of a mail server has to be typed again.
    /// </summary>
    /// <param name="before">The way before; null for a new channel.</param>
    /// <returns>The new secret of a webhook; null where there is none.</returns>
    private string? CloseNew(NoticeChannelRow row, NoticeChannelDraft draft, string? before)
    {
        if (row.Kind == NoticeChannelKind.Webhook)
        {
            if (before == row.Way)
            {
                return null;
            }

            var secret = WebhookSignature.NewSecret();
            (row.ProtectedSecrets, row.OldSecretUntil) = (box.Close(row, new NoticeSecrets(secret)), null);
            return secret;
        }

        if (draft.Password is { } password)
        {
            row.ProtectedSecrets = box.Close(row, new NoticeSecrets(password));
        }
        else if (row.MailUser is null)
        {
            row.ProtectedSecrets = "";
        }
        else if (before != row.Way)
        {
            throw new NoticeMistakeException(
                "password",
                "Enter the password: it is kept for one server, port, user and CA alone."
            );
        }

        return null;
    }

    /// <returns>False where another channel has the name.</returns>
    private static async Task<bool> SavedAsync(PicketDbContext db, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException failure) when (failure.IsUniqueViolation())
        {
            return false;
        }
    }

    private static object Told(NoticeChannelRow row) =>
        new
        {
            row.Name,
            Kind = $"{row.Kind}",
            row.IntegrationId,
            row.Kinds,
            SmallestLevel = $"{row.SmallestLevel}",
            row.DigestHour,
            row.On,
            row.Address,
            row.MailServer,
            row.MailPort,
            MailSecurity = $"{row.MailSecurity}",
            row.MailUser,
            row.MailFrom,
            Recipients = row.Recipients.Count,
            PinnedCa = row.CaCertificatePem is not null,
        };
}
