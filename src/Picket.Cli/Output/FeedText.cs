using Picket.Api;

namespace Picket.Cli.Output;

/// <summary>One feed for people.</summary>
internal static class FeedText
{
    public static void Write(FeedView feed, Screen screen)
    {
        var version = feed.Version;
        screen.Pairs([
            ("Feed", feed.Name),
            ("Id", feed.Id),
            ("Format", feed.Format),
            ("Version", version.Version),
            ("Imported", version.ImportedAt),
            ("Feed's date", version.FeedDate),
            ("Licence", version.Licence),
            ("Source", version.Attribution),
            ("SHA-256", version.Sha256),
            .. version.Counts.Where(count => count.Value > 0).Select(count => (count.Key, (object?)count.Value)),
            ("Added", version.Added),
            ("Removed", version.Removed),
        ]);
        foreach (var notice in feed.Notices)
            screen.Line($"Notice: {notice}");
    }
}
