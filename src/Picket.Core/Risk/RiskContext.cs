using Picket.Core.Intelligence;
using Picket.Core.Policy;

namespace Picket.Core.Risk;

/// <summary>
/// What a batch of devices is judged against. Made once per change of feeds or policy and shared by all threads: it is
/// read only, but for the memo of operating-system answers that <see cref="OsKnowledge"/> keeps.
/// </summary>
public sealed record RiskContext(IndicatorIndex Indicators, OsKnowledge Systems, PolicyBook Policies)
{
    /// <summary>Feeds that are in force and left out of all the above.</summary>
    public IReadOnlyList<UnreadableFeed> Unreadable { get; init; } = [];

    /// <summary>The hash that stands for an app's id where only hashes are kept; without it such apps are not compared.</summary>
    public Func<string, string>? AppHash { get; init; }

    public HashedApps HashedApps { get; init; } = HashedApps.None;

    /// <summary>Days and times at which the feeds themselves say something else than before: ends of indicators and of support.</summary>
    public IReadOnlyList<DateTimeOffset> FeedTurns { get; init; } = [];

    public static RiskContext Build(IReadOnlyCollection<FeedContent> feeds, PolicyBook? policies = null) =>
        new(IndicatorIndex.Build(feeds), OsKnowledge.Build(feeds), policies ?? PolicyBook.Default)
        {
            FeedTurns = [.. feeds.SelectMany(TurnsOf).Distinct().Order()],
        };

    /// <summary>When, without any change of facts, a verdict may turn for another reason than age.</summary>
    public IEnumerable<DateTimeOffset> TurnsBetween(DateTimeOffset from, DateTimeOffset to) =>
        Policies
            .Document.Exceptions.Select(exception => DayAfter(exception.Ends))
            .Concat(FeedTurns)
            .Where(turn => turn > from && turn <= to);

    private static IEnumerable<DateTimeOffset> TurnsOf(FeedContent feed) =>
        feed
            .Indicators.Select(indicator => indicator.ValidUntil)
            .OfType<DateTimeOffset>()
            .Concat(
                feed.Trains.Select(train => train.Security.Date)
                    .Concat(feed.Hardware.Select(hardware => hardware.Security.Date))
                    .OfType<DateOnly>()
                    .Select(DayAfter)
            );

    /// <summary>Nothing comes after the last day there is, which some write for "never".</summary>
    private static DateTimeOffset DayAfter(DateOnly day) =>
        new(day.AddDays(day < DateOnly.MaxValue ? 1 : 0), TimeOnly.MinValue, TimeSpan.Zero);
}
