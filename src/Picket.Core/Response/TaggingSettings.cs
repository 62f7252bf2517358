namespace Picket.Core.Response;

/// <summary>What decides which tags end up on which devices. A preview is shown for these, and accepted for no others.</summary>
/// <param name="Address">Of the UEM.</param>
/// <param name="Group">Number of the organization group.</param>
/// <param name="ExcludedGroups">In any order.</param>
/// <param name="SmartGroups">In any order.</param>
public sealed record TaggingSettings(
    string Address,
    int Group,
    IReadOnlyList<int> ExcludedGroups,
    IReadOnlyList<int> SmartGroups,
    string Prefix,
    int BatchSize,
    bool TagUnknown
)
{
    /// <summary>What differs, in words; empty when nothing does.</summary>
    public IReadOnlyList<string> ChangedTo(TaggingSettings now) =>
        [
            .. FleetChangedTo(now),
            .. Named("the tag prefix", Prefix != now.Prefix),
            .. Named("the batch size", BatchSize != now.BatchSize),
            .. Named("whether Unknown is tagged", TagUnknown != now.TagUnknown),
        ];

    /// <summary>What of that makes it another fleet: nobody has agreed to write to that one.</summary>
    public IReadOnlyList<string> FleetChangedTo(TaggingSettings now) =>
        [
            .. Named("the UEM's address", Address != now.Address),
            .. Named("the organization group", Group != now.Group),
            .. Named("the scope", !Same(ExcludedGroups, now.ExcludedGroups) || !Same(SmartGroups, now.SmartGroups)),
        ];

    private static bool Same(IEnumerable<int> one, IEnumerable<int> other) => one.Order().SequenceEqual(other.Order());

    private static IEnumerable<string> Named(string what, bool differs) => differs ? [what] : [];
}
