using Picket.Core.Devices;
using Picket.Core.Intelligence;

namespace Picket.Core.Risk;

/// <summary>
/// Two feeds that cover the same train, of which one lacks a release that was out for days when it was made. One of them
/// is wrong; the one that knows more is followed.
/// </summary>
public sealed record FeedDisagreement(
    DevicePlatform Platform,
    int Train,
    FeedSource Knows,
    OsVersion Newest,
    FeedSource Lacks,
    OsVersion Older
)
{
    /// <summary>Sources follow the makers within days.</summary>
    private const int DaysToFollow = 3;

    public override string ToString() =>
        $"The feeds {Knows.Name} and {Lacks.Name} disagree about {NameOf(Platform)} {Train}: {Knows.Name} knows {Newest}, "
        + $"for {Lacks.Name} it ends at {Older}. Import newer versions of both.";

    internal static List<FeedDisagreement> Between(IEnumerable<FeedContent> feeds)
    {
        var newest =
            from feed in feeds
            from release in feed.Releases
            from platform in release.Platforms
            group release by (Platform: platform, Train: release.Version.Major, Feed: feed.Source) into releases
            select (
                releases.Key.Platform,
                releases.Key.Train,
                releases.Key.Feed,
                Newest: releases.MaxBy(r => r.Version)!
            );
        return
        [
            .. from train in newest.GroupBy(each => (each.Platform, each.Train))
            from knows in train
            from lacks in train
            where lacks.Newest.Version < knows.Newest.Version && IsBehind(lacks.Feed, knows.Newest)
            select new FeedDisagreement(
                train.Key.Platform,
                train.Key.Train,
                knows.Feed,
                knows.Newest.Version,
                lacks.Feed,
                lacks.Newest.Version
            ),
        ];
    }

    private static bool IsBehind(FeedSource feed, OsRelease release) =>
        feed.Date is { } made && release.Released is { } released && made.DayNumber - released.DayNumber > DaysToFollow;

    private static string NameOf(DevicePlatform platform) =>
        platform switch
        {
            DevicePlatform.Ios => "iOS",
            DevicePlatform.Ipados => "iPadOS",
            _ => platform.ToString(),
        };
}
