using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Intelligence;
using Picket.Server.Storage;

namespace Picket.Server.Intelligence;

/// <summary>Versions that change too much to come into force by themselves, and what a person decides of them.</summary>
internal sealed partial class FeedStore
{
    private FeedBrake Brake =>
        new(options.Value.AsideChangePercent, options.Value.AsideShrinkPercent, options.Value.AsideFloor);

    /// <summary>
    /// Puts the version that was set aside in force. Null when there is no such feed; an outcome without a version when
    /// another one waits, or none.
    /// </summary>
    public Task<FeedOutcome?> AcceptAsync(Guid id, Guid version, string actor, CancellationToken cancellation) =>
        OneAtATimeAsync(db => AcceptAsync(db, id, version, actor, cancellation), cancellation);

    /// <summary>Decides against it: the version in force stays, and the same file does not come back by itself.</summary>
    public Task<FeedOutcome?> RejectAsync(Guid id, Guid version, string actor, CancellationToken cancellation) =>
        OneAtATimeAsync(db => RejectAsync(db, id, version, actor, cancellation), cancellation);

    private async Task<FeedOutcome> PutAsideAsync(
        PicketDbContext db,
        FeedRow feed,
        FeedVersionRow version,
        string reason,
        string actor,
        CancellationToken cancellation
    )
    {
        if (feed.AsideVersionId != version.Id)
        {
            feed.PutAside(version.Id, reason, time.GetUtcNow());
            var after = new
            {
                feed.Name,
                version.Sha256,
                Reason = reason,
            };
            audit.Add(db, actor, "feed.set-aside", feed.Id.ToString(), after: after);
            IntelligenceLog.SetAside(log, feed.Name, reason);
        }

        await db.SaveChangesAsync(cancellation);
        await RemoveOldVersionsAsync(db, feed, cancellation);
        return new FeedOutcome(feed, version, [], Aside: reason);
    }

    /// <summary>What waits was compared with the version that was in force; now another one is.</summary>
    private async Task CompareWaitingAsync(
        PicketDbContext db,
        FeedRow feed,
        FeedVersionRow inForce,
        FeedContent content,
        CancellationToken cancellation
    )
    {
        if (feed.AsideVersionId is not { } waiting)
        {
            return;
        }

        var row = await db.FeedVersions.SingleOrDefaultAsync(row => row.Id == waiting, cancellation);
        if (row is null || row.Sha256 == inForce.Sha256 || StoredFeed.Parse(feed, row).Content is not { } waits)
        {
            feed.EndWaiting();
            return;
        }

        var shift = FeedDifference.Between(content, waits).Shift;
        row.Compare(shift, inForce.Id);
        feed.AsideReason = Brake.ReasonToAsk(shift) ?? "It was waiting when the version in force was rolled back.";
    }

    private async Task<FeedOutcome?> AcceptAsync(
        PicketDbContext db,
        Guid id,
        Guid version,
        string actor,
        CancellationToken cancellation
    )
    {
        var feed = await db.Feeds.SingleOrDefaultAsync(feed => feed.Id == id, cancellation);
        var row =
            feed?.AsideVersionId == version
                ? await db.FeedVersions.SingleOrDefaultAsync(row => row.Id == version, cancellation)
                : null;
        if (feed is null || row is null)
        {
            return feed is null ? null : new FeedOutcome(feed, null, []);
        }

        var parse = StoredFeed.Parse(feed, row);
        if (!parse.Succeeded)
        {
            return new FeedOutcome(feed, null, parse.Errors);
        }

        var before = await InForceAsync(db, feed, cancellation);
        var (from, to) = (new { Version = feed.ActiveVersionId }, new { Version = version, feed.AsideReason });
        feed.PutInForce(version);
        await TellSourceAsync(db, id, FeedSourceOutcome.Imported, cancellation);
        var difference = FeedDifference.Between(before, parse.Content);
        await SaveAsync(db, feed, before, parse.Content, difference, "was accepted", Tell, cancellation);
        return new FeedOutcome(feed, row, []);

        void Tell() => audit.Add(db, actor, "feed.accepted", id.ToString(), from, to);
    }

    private async Task<FeedOutcome?> RejectAsync(
        PicketDbContext db,
        Guid id,
        Guid version,
        string actor,
        CancellationToken cancellation
    )
    {
        var feed = await db.Feeds.SingleOrDefaultAsync(feed => feed.Id == id, cancellation);
        var row =
            feed?.AsideVersionId == version
                ? await db.FeedVersions.SingleOrDefaultAsync(row => row.Id == version, cancellation)
                : null;
        if (feed is null || row is null)
        {
            return feed is null ? null : new FeedOutcome(feed, null, []);
        }

        audit.Add(db, actor, "feed.rejected", id.ToString(), after: new { Version = version, feed.AsideReason });
        feed.EndWaiting();
        row.RejectedAt = time.GetUtcNow();
        await TellSourceAsync(db, id, FeedSourceOutcome.Rejected, cancellation);
        await db.SaveChangesAsync(cancellation);
        return new FeedOutcome(feed, row, []);
    }

    /// <summary>What came of its last look is known only now.</summary>
    private static async Task TellSourceAsync(
        PicketDbContext db,
        Guid feed,
        FeedSourceOutcome outcome,
        CancellationToken cancellation
    )
    {
        var waits = db.FeedSources.Where(row => row.FeedId == feed && row.Outcome == FeedSourceOutcome.SetAside);
        foreach (var source in await waits.ToListAsync(cancellation))
        {
            source.Outcome = outcome;
        }
    }

    /// <summary>A source that brings a new file each day would fill the disk in a year.</summary>
    private static async Task RemoveOldVersionsAsync(PicketDbContext db, FeedRow feed, CancellationToken cancellation)
    {
        List<Guid?> kept = [feed.ActiveVersionId, feed.AsideVersionId, .. feed.EarlierVersions];
        await db
            .FeedVersions.Where(row => row.FeedId == feed.Id && !kept.Contains(row.Id))
            .Where(row =>
                db.FeedVersions.Count(newer => newer.FeedId == feed.Id && newer.Id > row.Id) >= FeedRow.MostRemembered
            )
            .ExecuteDeleteAsync(cancellation);
    }
}
