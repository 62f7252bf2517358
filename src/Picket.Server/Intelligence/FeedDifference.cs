using System.Text.Json;
using Picket.Core.Intelligence;

namespace Picket.Server.Intelligence;

/// <summary>What differs between two contents of a feed, and so whom the change concerns.</summary>
/// <param name="Before">Testable indicators that only the version before had.</param>
/// <param name="After">Testable indicators that only the new version has.</param>
/// <param name="Systems">Whether it says something else about operating systems, hardware or exploited CVEs.</param>
internal sealed record FeedDifference(
    int Added,
    int Removed,
    IReadOnlyList<Indicator> Before,
    IReadOnlyList<Indicator> After,
    bool Systems
)
{
    public static FeedDifference Between(FeedContent? before, FeedContent? after)
    {
        var (had, has) = (Entries(before), Entries(after));
        var (old, current) = (Testable(before), Testable(after));
        return new FeedDifference(
            has.Count(entry => !had.Contains(entry)),
            had.Count(entry => !has.Contains(entry)),
            [.. old.Except(current)],
            [.. current.Except(old)],
            SystemsOf(before) != SystemsOf(after)
        );
    }

    /// <summary>The entries of a content that another one lacks, each once.</summary>
    public static FeedContent Only(FeedContent content, FeedContent? without)
    {
        var known = Entries(without);
        return content with
        {
            Indicators = [.. content.Indicators.Where(each => known.Add(Key(each)))],
            Releases = [.. content.Releases.Where(each => known.Add(Key(each)))],
            Trains = [.. content.Trains.Where(each => known.Add(Key(each)))],
            Hardware = [.. content.Hardware.Where(each => known.Add(Key(each)))],
            Exploited = [.. content.Exploited.Where(each => known.Add(each.Cve))],
            Fixes = [.. content.Fixes.Where(each => known.Add(Key(each)))],
        };
    }

    private static string Key(Indicator indicator) => $"{indicator.Kind}|{indicator.Value}";

    private static string Key(OsRelease release) => $"{string.Join(',', release.Platforms)}|{release.Version}";

    private static string Key(OsTrain train) => $"{string.Join(',', train.Platforms)}|{train.Cycle}";

    private static string Key(HardwareSupport hardware) => $"{hardware.Product}|{hardware.Cycle}";

    private static string Key(AndroidFix fix) => $"{fix.Vulnerability}|{fix.Version}";

    private static HashSet<Indicator> Testable(FeedContent? content) =>
        [.. (content?.Indicators ?? []).Where(indicator => indicator.IsTestable)];

    private static HashSet<string> Entries(FeedContent? content) =>
        content is null
            ? []
            :
            [
                .. content.Indicators.Select(Key),
                .. content.Releases.Select(Key),
                .. content.Trains.Select(Key),
                .. content.Hardware.Select(Key),
                .. content.Exploited.Select(exploited => exploited.Cve),
                .. content.Fixes.Select(Key),
            ];

    private static bool Indifferent(FeedContent content) =>
        content
            is {
                Releases.Count: 0,
                Trains.Count: 0,
                Hardware.Count: 0,
                Exploited.Count: 0,
                ModelNames.Count: 0,
                Fixes.Count: 0
            };

    private static string SystemsOf(FeedContent? content) =>
        content is null || Indifferent(content)
            ? ""
            : JsonSerializer.Serialize(
                new
                {
                    content.Releases,
                    content.Trains,
                    content.Hardware,
                    content.Exploited,
                    content.ModelNames,
                    content.Fixes,
                }
            );
}
