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

    public static RiskContext Build(IReadOnlyCollection<FeedContent> feeds, PolicyBook? policies = null) =>
        new(IndicatorIndex.Build(feeds), OsKnowledge.Build(feeds), policies ?? PolicyBook.Default);
}
