using System.Text.Json;
using Picket.Core.Intelligence;

namespace Picket.Server.Intelligence;

/// <summary>What differs between two contents of a feed, and so whom the change concerns.</summary>
/// <param name="Shift">In numbers.</param>
/// <param name="Before">Testable indicators that only the version before had.</param>
/// <param name="After">Testable indicators that only the new version has.</param>
/// <param name="Systems">
/// Whether it says something else about operating systems, hardware or exploited CVEs, or says it of a much later day.
/// </param>
internal sealed record FeedDifference(
    FeedShift Shift,
    IReadOnlyList<Indicator> Before,
    IReadOnlyList<Indicator> After,
    bool Systems
)
{
    private const int DaysThatMatter = 7;

    public static FeedDifference Between(FeedContent? before, FeedContent? after)
    {
        var (had, has) = (FeedEntries.Of(before), FeedEntries.Of(after));
        var (old, current) = (Testable(before), Testable(after));
        var shift = new FeedShift(
            had.Count,
            has.Count,
            has.Keys.Count(entry => !had.ContainsKey(entry)),
            had.Keys.Count(entry => !has.ContainsKey(entry)),
            has.Count(entry => had.TryGetValue(entry.Key, out var said) && said != entry.Value)
        );
        return new FeedDifference(
            shift,
            [.. old.Except(current)],
            [.. current.Except(old)],
            SystemsOf(before) != SystemsOf(after) || IsRenewed(before, after)
        );
    }

    /// <summary>What was too old to clear a device by may clear it now. From day to day the devices' own judging does.</summary>
    private static bool IsRenewed(FeedContent? before, FeedContent? after) =>
        after is { Source.Date: { } now }
        && after.Releases.Count + after.Trains.Count + after.Fixes.Count > 0
        && (before?.Source.Date is not { } then || now.DayNumber - then.DayNumber >= DaysThatMatter);

    private static HashSet<Indicator> Testable(FeedContent? content) =>
        [.. (content?.Indicators ?? []).Where(indicator => indicator.IsTestable)];

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
