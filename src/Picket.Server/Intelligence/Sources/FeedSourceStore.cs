using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Audit;
using Picket.Server.Storage;
using CoreFormat = Picket.Core.Intelligence.FeedFormat;

namespace Picket.Server.Intelligence.Sources;

/// <summary>Changes of what is followed; each with its entry in the audit. What is new or changed is looked at at once.</summary>
internal sealed class FeedSourceStore(
    PicketDatabase database,
    FeedSourceSignal signal,
    AuditLog audit,
    TimeProvider time
)
{
    /// <returns>Null where a source brings a feed of this name already.</returns>
    public async Task<FeedSourceRow?> FollowAsync(FeedSourceDraft draft, string actor, CancellationToken cancellation)
    {
        var name = draft.Name!.Trim();
        await using var db = database.Open();
        if (await db.FeedSources.AnyAsync(row => row.Name == name, cancellation))
        {
            return null;
        }

        var now = time.GetUtcNow();
        var row = new FeedSourceRow
        {
            Id = Guid.CreateVersion7(now),
            Name = name,
            Known = draft.Known,
            CreatedAt = now,
        };
        Set(row, draft);
        row.NextTryAt = now;
        await ConnectAsync(db, row, cancellation);
        db.FeedSources.Add(row);
        audit.Add(db, actor, "feed-source.followed", row.Id.ToString(), after: Told(row));
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (failure.IsUniqueViolation())
        {
            return null; // Somebody was quicker.
        }

        signal.Raise(row.Id);
        return row;
    }

    public async Task<FeedSourceRow?> ChangeAsync(
        Guid id,
        FeedSourceDraft draft,
        string actor,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var row = await db.FeedSources.SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (row is null)
        {
            return null;
        }

        var before = Told(row);
        var place = (row.Address, row.Path);
        Set(row, draft);
        row.Revision++;
        row.NextTryAt = time.GetUtcNow();
        if (place != (row.Address, row.Path))
        {
            row.Forget();
        }

        audit.Add(db, actor, "feed-source.changed", id.ToString(), before, Told(row));
        await db.SaveChangesAsync(cancellation);
        signal.Raise(id);
        return row;
    }

    public async Task<bool> UnfollowAsync(Guid id, string actor, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var row = await db.FeedSources.SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (row is null)
        {
            return false;
        }

        db.FeedSources.Remove(row);
        audit.Add(db, actor, "feed-source.unfollowed", id.ToString(), before: Told(row));
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    public async Task<FeedSourceRow?> CheckNowAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var now = time.GetUtcNow();
        await db
            .FeedSources.Where(row => row.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextTryAt, now), cancellation);
        signal.Raise(id);
        return await db.FeedSources.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
    }

    private static void Set(FeedSourceRow row, FeedSourceDraft draft)
    {
        (row.Address, row.Path) = (draft.Address?.Trim(), draft.Path?.Trim());
        row.Format = Enum.TryParse<CoreFormat>(draft.Format, ignoreCase: true, out var format)
            ? format.ToString()
            : null;
        row.IntervalMinutes =
            draft.IntervalMinutes ?? (row.IsAddress ? FeedSourceRules.UsualOfAddress : FeedSourceRules.UsualOfPath);
        row.CaCertificatePem = row.IsAddress ? draft.CaCertificatePem : null;
        (row.Licence, row.Attribution) = (
            string.IsNullOrWhiteSpace(draft.Licence) ? null : draft.Licence.Trim(),
            string.IsNullOrWhiteSpace(draft.Attribution) ? null : draft.Attribution.Trim()
        );
    }

    /// <summary>A feed that people imported so far gets its next versions from the source.</summary>
    private static async Task ConnectAsync(PicketDbContext db, FeedSourceRow row, CancellationToken cancellation)
    {
        var feeds = await db
            .Feeds.AsNoTracking()
            .Where(feed => feed.Name == row.Name && (row.Format == null || feed.Format == row.Format))
            .Take(2)
            .ToListAsync(cancellation);
        if (feeds is [var only])
        {
            (row.FeedId, row.Format) = (only.Id, only.Format);
        }
    }

    private static object Told(FeedSourceRow row) =>
        new
        {
            row.Name,
            row.Address,
            row.Path,
            row.Format,
            row.IntervalMinutes,
            PinnedCa = row.CaCertificatePem is not null,
            row.Licence,
        };
}
