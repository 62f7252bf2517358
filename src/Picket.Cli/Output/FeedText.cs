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
            ("Changed", version.Changed),
            ("From", feed.Source is { } source ? source.Address ?? source.Path : null),
        ]);
        foreach (var notice in feed.Notices)
            screen.Line($"Notice: {notice}");
        foreach (var trouble in feed.Troubles.Where(trouble => !feed.Notices.Contains(trouble.Text)))
            screen.Line($"Notice: {trouble.Text}");
        if (feed.Aside is not null)
            screen.Line($"Decide with `picket feeds accept {feed.Name}` or `picket feeds reject {feed.Name}`.");
    }

    public static void Write(FeedSourceView source, Screen screen) =>
        screen.Pairs([
            ("Source", source.Name),
            ("Id", source.Id),
            ("From", source.Address ?? source.Path),
            ("Format", source.Format),
            ("Licence", source.Licence),
            ("Every", $"{source.IntervalMinutes} min"),
            ("Last look", source.LastTryAt),
            ("Outcome", source.Outcome?.ToString()),
            ("Failure", source.Failure),
            ("Next look", source.NextTryAt),
        ]);
}
