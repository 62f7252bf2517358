using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Intelligence;
using Picket.Server.Storage;

namespace Picket.Server.Intelligence;

internal static class FeedViews
{
    /// <summary>Feeds with what stands around them: the version in force, the one that waits, the source, and what is wrong.</summary>
    public static async Task<IReadOnlyList<FeedView>> OfAsync(
        PicketDbContext db,
        IReadOnlyList<FeedRow> feeds,
        Knowledge knowledge,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var ids = feeds.Select(feed => feed.Id).ToList();
        List<Guid?> wanted = [.. feeds.SelectMany(feed => new[] { feed.ActiveVersionId, feed.AsideVersionId })];
        var versions = await FeedReading
            .WithoutContent(db.FeedVersions.AsNoTracking().Where(row => wanted.Contains(row.Id)))
            .ToDictionaryAsync(row => row.Id, cancellation);
        var dates = await db
            .FeedVersions.Where(row => ids.Contains(row.FeedId) && row.RejectedAt == null)
            .Select(row => new { row.FeedId, At = row.FeedDate ?? row.ImportedAt })
            .ToListAsync(cancellation);
        var rhythms = dates.ToLookup(row => row.FeedId, row => row.At);
        var sources = await db
            .FeedSources.AsNoTracking()
            .Where(row => row.FeedId != null && ids.Contains(row.FeedId.Value))
            .ToListAsync(cancellation);
        return
        [
            .. from feed in feeds
            let version = Version(feed.ActiveVersionId)
            where version is not null
            let source = sources.FirstOrDefault(source => source.FeedId == feed.Id)
            let oldAfter = FeedRhythm.OldAfter(rhythms[feed.Id])
            select Of(feed, version, Version(feed.AsideVersionId), source, oldAfter, knowledge, now),
        ];

        FeedVersionRow? Version(Guid? id) => id is { } known ? versions.GetValueOrDefault(known) : null;
    }

    /// <returns>Null when no version of it is in force.</returns>
    public static async Task<FeedView?> OfAsync(
        PicketDbContext db,
        FeedRow feed,
        Knowledge knowledge,
        DateTimeOffset now,
        CancellationToken cancellation
    ) => (await OfAsync(db, [feed], knowledge, now, cancellation)).SingleOrDefault();

    private static FeedView Of(
        FeedRow feed,
        FeedVersionRow version,
        FeedVersionRow? aside,
        FeedSourceRow? source,
        TimeSpan oldAfter,
        Knowledge knowledge,
        DateTimeOffset now
    ) =>
        new(feed.Id, feed.Name, feed.Format, Of(version, feed))
        {
            VersionBefore = feed.EarlierVersions is [.., var before] ? before : null,
            Notices = [.. knowledge.NoticesOf(feed)],
            LastFailure = feed is { FailedAt: { } at, Failure: { } reason } ? new FeedFailure(at, reason) : null,
            Source = source is null ? null : Of(source, now),
            Aside =
                aside is not null && feed is { AsideReason: { } why, AsideSince: { } since }
                    ? new FeedAside(Of(aside, feed), why, since)
                    : null,
            OldAfterHours = (int)oldAfter.TotalHours,
            Troubles = [.. FeedTroubles.Of(feed, version, source, oldAfter, knowledge, now)],
        };

    public static FeedVersion Of(FeedVersionRow row, FeedRow feed) =>
        new()
        {
            Id = row.Id,
            Version = row.Version,
            Sha256 = row.Sha256,
            ImportedAt = row.ImportedAt,
            FeedDate = row.FeedDate,
            Licence = row.Licence,
            Attribution = row.Attribution,
            Counts = StoredFeed.Counts(row.Counts),
            Added = row.Added,
            Removed = row.Removed,
            Changed = row.Changed,
            InForce = row.Id == feed.ActiveVersionId,
            Aside = row.Id == feed.AsideVersionId,
            RejectedAt = row.RejectedAt,
        };

    public static FeedSourceView Of(FeedSourceRow row, DateTimeOffset now) =>
        new()
        {
            Id = row.Id,
            Name = row.Name,
            FeedId = row.FeedId,
            Known = row.Known,
            Format = row.Format,
            Address = row.Address,
            Path = row.Path,
            CaCertificatePem = row.CaCertificatePem,
            Licence = row.Licence,
            Attribution = row.Attribution,
            IntervalMinutes = row.IntervalMinutes,
            CreatedAt = row.CreatedAt,
            NextTryAt = row.NextTryAt,
            LastTryAt = row.LastTryAt,
            LastSuccessAt = row.LastSuccessAt,
            Outcome = row.Outcome,
            Failure = row.Failure,
            FailingSince = row.FailingSince,
            Failures = row.Failures,
            Checking = row.ClaimedUntil > now,
        };
}
