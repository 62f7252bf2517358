using Picket.Api;

namespace Picket.Server.Intelligence;

/// <summary>How old what a feed says is: by its own date, else by that of its import.</summary>
internal static class FeedAge
{
    private static readonly TimeSpan Old = TimeSpan.FromDays(45);

    public static DateTimeOffset Of(FeedView feed) => feed.Version.FeedDate ?? feed.Version.ImportedAt;

    public static bool IsOld(FeedView feed, DateTimeOffset now) => now - Of(feed) > Old;
}
