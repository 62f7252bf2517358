using Picket.Core.Intelligence;

namespace Picket.Core.Risk;

/// <summary>
/// What a batch of devices is judged against. Made once per change of feeds or policy and shared by all threads: it is
/// read only, but for the memo of operating-system answers that <see cref="OsKnowledge"/> keeps.
/// </summary>
public sealed record RiskContext(IndicatorIndex Indicators, OsKnowledge Systems, RiskPolicy Policy)
{
    /// <summary>Feeds that are in force and left out of all the above.</summary>
    public IReadOnlyList<UnreadableFeed> Unreadable { get; init; } = [];

    public HashedApps HashedApps { get; init; } = HashedApps.None;

    public static RiskContext Build(IReadOnlyCollection<FeedContent> feeds, RiskPolicy? policy = null) =>
        new(IndicatorIndex.Build(feeds), OsKnowledge.Build(feeds), policy ?? RiskPolicy.Default);
}
