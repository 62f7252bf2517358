using Picket.Api;

namespace Picket.Server.Intelligence;

internal static class FeedViews
{
    public static FeedView Of(FeedRow feed, FeedVersionRow version, Knowledge? knowledge = null) =>
        new(feed.Id, feed.Name, feed.Format, Of(version, inForce: true))
        {
            VersionBefore = feed.EarlierVersions is [.., var before] ? before : null,
            Notices = [.. knowledge?.NoticesOf(feed) ?? []],
            LastFailure = feed is { FailedAt: { } at, Failure: { } reason } ? new FeedFailure(at, reason) : null,
        };

    public static FeedVersion Of(FeedVersionRow row, bool inForce) =>
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
            InForce = inForce,
        };
}
