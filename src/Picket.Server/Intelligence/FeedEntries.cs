using System.Text.Json;
using Picket.Core.Intelligence;

namespace Picket.Server.Intelligence;

/// <summary>
/// The entries of a feed by what they are about, each with what the feed says of it. Where in the file an entry stands
/// is not part of that: a line more at the top changes nothing.
/// </summary>
internal static class FeedEntries
{
    public static Dictionary<string, string> Of(FeedContent? content)
    {
        var entries = new Dictionary<string, string>();
        if (content is null)
        {
            return entries;
        }

        foreach (var indicator in content.Indicators)
        {
            entries.TryAdd(Key(indicator), Said(indicator));
        }

        foreach (var release in content.Releases)
        {
            entries.TryAdd(Key(release), Said(release));
        }

        foreach (var train in content.Trains)
        {
            entries.TryAdd(Key(train), JsonSerializer.Serialize(train));
        }

        foreach (var hardware in content.Hardware)
        {
            entries.TryAdd(Key(hardware), JsonSerializer.Serialize(hardware));
        }

        foreach (var exploited in content.Exploited)
        {
            entries.TryAdd(Key(exploited), JsonSerializer.Serialize(exploited));
        }

        foreach (var fix in content.Fixes)
        {
            entries.TryAdd(Key(fix), JsonSerializer.Serialize(fix));
        }

        return entries;
    }

    /// <summary>The entries of a content whose key is wanted, each once.</summary>
    public static FeedContent Where(FeedContent content, Func<string, bool> wanted)
    {
        var seen = new HashSet<string>();
        return content with
        {
            Indicators = [.. content.Indicators.Where(each => Wanted(Key(each)))],
            Releases = [.. content.Releases.Where(each => Wanted(Key(each)))],
            Trains = [.. content.Trains.Where(each => Wanted(Key(each)))],
            Hardware = [.. content.Hardware.Where(each => Wanted(Key(each)))],
            Exploited = [.. content.Exploited.Where(each => Wanted(Key(each)))],
            Fixes = [.. content.Fixes.Where(each => Wanted(Key(each)))],
        };

        bool Wanted(string key) => wanted(key) && seen.Add(key);
    }

    private static string Key(Indicator indicator) => $"{indicator.Kind}|{indicator.Value}";

    private static string Key(OsRelease release) => $"{string.Join(',', release.Platforms)}|{release.Version}";

    private static string Key(OsTrain train) => $"{string.Join(',', train.Platforms)}|{train.Cycle}";

    private static string Key(HardwareSupport hardware) => $"{hardware.Product}|{hardware.Cycle}";

    private static string Key(KnownExploited exploited) => exploited.Cve;

    private static string Key(AndroidFix fix) => $"{fix.Vulnerability}|{fix.Version}";

    private static string Said(Indicator indicator) =>
        $"{indicator.Platform}|{indicator.Family}|{indicator.Class}|{indicator.Confidence}|{indicator.ValidUntil:O}";

    private static string Said(OsRelease release) =>
        string.Join(
            '|',
            release.Train,
            $"{release.Released:O}",
            string.Join(',', release.Models.Order(StringComparer.Ordinal)),
            string.Join(',', release.Cves.Order(StringComparer.Ordinal)),
            string.Join(',', release.ExploitedCves.Order(StringComparer.Ordinal)),
            release.DeviceSpecific
        );
}
