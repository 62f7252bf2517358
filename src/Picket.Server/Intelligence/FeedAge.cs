using Picket.Api;

namespace Picket.Server.Intelligence;

/// <summary>How old what a feed says is: by its own date, else by that of its import.</summary>
internal static class FeedAge
{
    public static DateTimeOffset Of(FeedView feed) => feed.Version.FeedDate ?? feed.Version.ImportedAt;

    /// <summary>By its own rhythm.</summary>
    public static bool IsOld(FeedView feed) => feed.Troubles.Any(trouble => trouble.Kind is FeedTroubleKind.Old);
}
