using System.Globalization;
using Picket.Core.Devices;
using Picket.Core.Intelligence;

namespace Picket.Core.Risk;

/// <summary>Two feeds that say different things of the same. One of them is wrong; which one is followed, the text tells.</summary>
/// <param name="Text">What each of them says, and what to do.</param>
public sealed record FeedDisagreement(FeedSource One, FeedSource Other, string Text)
{
    /// <summary>Sources follow the makers within days.</summary>
    private const int DaysToFollow = 3;

    /// <summary>CVEs named in one text; the others are counted.</summary>
    private const int MostNamed = 5;

    public override string ToString() => Text;

    public bool IsAbout(string feed) => One.Name == feed || Other.Name == feed;

    /// <param name="feeds">In the order in which they are heard.</param>
    internal static List<FeedDisagreement> Between(IReadOnlyList<FeedContent> feeds) =>
        [.. Newest(feeds), .. Ends(feeds), .. ReleasesAfterEnds(feeds), .. Exploited(feeds)];

    /// <summary>A feed that lacks a release which was out for days when it was made.</summary>
    private static IEnumerable<FeedDisagreement> Newest(IReadOnlyList<FeedContent> feeds)
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
        return from train in newest.GroupBy(each => (each.Platform, each.Train))
            from knows in train
            from lacks in train
            where lacks.Newest.Version < knows.Newest.Version && IsBehind(lacks.Feed, knows.Newest)
            select Of(
                knows.Feed,
                lacks.Feed,
                $"{NameOf(train.Key.Platform)} {train.Key.Train}",
                (one, other) =>
                    $"{one} knows {knows.Newest.Version}, for {other} it ends at {lacks.Newest.Version}. Import newer versions "
                    + "of both."
            );
    }

    /// <summary>Two ends of support of one system.</summary>
    private static IEnumerable<FeedDisagreement> Ends(IReadOnlyList<FeedContent> feeds) =>
        from stated in StatedEnds(feeds).GroupBy(each => (each.Platform, each.Train.Cycle))
        let followed = stated.First()
        from other in stated.Skip(1)
        where other.Feed != followed.Feed && AreDifferent(followed.Train.Security, other.Train.Security)
        select Of(
            followed.Feed,
            other.Feed,
            $"the end of support of {NameOf(stated.Key.Platform)} {stated.Key.Cycle}",
            (first, second) =>
                $"{first} says {followed.Train.Security}, {second} says {other.Train.Security}. {first} is followed; remove the "
                + "one that is wrong."
        );

    /// <summary>A system that one feed calls ended, and of which another knows a later release.</summary>
    private static IEnumerable<FeedDisagreement> ReleasesAfterEnds(IReadOnlyList<FeedContent> feeds) =>
        from stated in StatedEnds(feeds)
        where stated.Train.Security.Date is not null
        from feed in feeds
        where feed.Source != stated.Feed
        let later = feed
            .Releases.Where(release =>
                release.Released > stated.Train.Security.Date
                && release.Platforms.Contains(stated.Platform)
                && IsOf(release.Version, stated.Train.Cycle)
            )
            .MaxBy(release => release.Version)
        where later is not null
        select Of(
            stated.Feed,
            feed.Source,
            $"{NameOf(stated.Platform)} {stated.Train.Cycle}",
            (one, other) =>
                $"for {one} its support ended on {stated.Train.Security}, {other} knows {later.Version} of "
                + $"{later.Released:yyyy-MM-dd}. The end is followed; import a newer version of {one} if it is wrong."
        );

    /// <summary>Two lists of what is exploited among the fixes of one version; one notice for two feeds.</summary>
    private static IEnumerable<FeedDisagreement> Exploited(IReadOnlyList<FeedContent> feeds)
    {
        var detailed = feeds.Where(feed => feed.Source.Format is FeedFormat.SofaIos).ToList();
        foreach (var (at, one) in detailed.Index())
        {
            foreach (var other in detailed.Skip(at + 1))
            {
                var differing = Differing(one, other).OrderByDescending(each => each.Version).ToList();
                if (differing.Count > 0)
                {
                    yield return Of(
                        one.Source,
                        other.Source,
                        "what is exploited",
                        (first, _) => $"{TextOf(differing)} {first} is followed; import newer versions of both."
                    );
                }
            }
        }
    }

    private static string TextOf(List<(OsVersion Version, List<string> Cves)> differing)
    {
        var (version, cves) = differing[0];
        var named = string.Join(", ", cves.Take(MostNamed));
        var more = cves.Count > MostNamed ? $" and {cves.Count - MostNamed} more" : "";
        var versions = differing.Count > 1 ? $" It is alike with {differing.Count - 1} other versions." : "";
        return $"of what {version} mends only one of them names {named}{more}.{versions}";
    }

    private static IEnumerable<(OsVersion Version, List<string> Cves)> Differing(FeedContent one, FeedContent other)
    {
        var (ours, theirs) = (ExploitedByVersion(one), ExploitedByVersion(other));
        foreach (var (version, cves) in ours)
        {
            if (!theirs.TryGetValue(version, out var others))
            {
                continue;
            }

            var differing = cves.Except(others).Concat(others.Except(cves)).Order(StringComparer.Ordinal).ToList();
            if (differing.Count > 0)
            {
                yield return (version, differing);
            }
        }
    }

    private static Dictionary<OsVersion, HashSet<string>> ExploitedByVersion(FeedContent feed) =>
        feed
            .Releases.GroupBy(release => release.Version)
            .ToDictionary(
                same => same.Key,
                same =>
                    same.SelectMany(release => release.ExploitedCves).Select(Upper).ToHashSet(StringComparer.Ordinal)
            );

    private static string Upper(string cve) => cve.ToUpperInvariant();

    private static IEnumerable<(DevicePlatform Platform, OsTrain Train, FeedSource Feed)> StatedEnds(
        IReadOnlyList<FeedContent> feeds
    ) =>
        from feed in feeds
        from train in feed.Trains
        from platform in train.Platforms
        select (platform, train, feed.Source);

    /// <summary>A day and a mere "supported" can both be right.</summary>
    private static bool AreDifferent(SupportEnd one, SupportEnd other) =>
        one.Date is { } date
            ? other.Date is { } another && another != date
            : one.Ended is { } ended && other.Ended is { } otherEnded && otherEnded != ended;

    /// <summary>Android's 8.1 and 12.1 are cycles of their own.</summary>
    private static bool IsOf(OsVersion version, string cycle) =>
        cycle == version.Major.ToString(CultureInfo.InvariantCulture);

    private static bool IsBehind(FeedSource feed, OsRelease release) =>
        feed.Date is { } made && release.Released is { } released && made.DayNumber - released.DayNumber > DaysToFollow;

    /// <summary>Feeds of different formats may share a name.</summary>
    private static FeedDisagreement Of(
        FeedSource one,
        FeedSource other,
        string about,
        Func<string, string, string> said
    )
    {
        var (first, second) =
            one.Name == other.Name
                ? ($"{one.Name} ({one.Format})", $"{other.Name} ({other.Format})")
                : (one.Name, other.Name);
        return new(one, other, $"The feeds {first} and {second} disagree about {about}: {said(first, second)}");
    }

    private static string NameOf(DevicePlatform platform) =>
        platform switch
        {
            DevicePlatform.Ios => "iOS",
            DevicePlatform.Ipados => "iPadOS",
            _ => platform.ToString(),
        };
}
