namespace Picket.Core.Response;

/// <summary>How a smart group stands to a tag of ours that it named.</summary>
public enum ReferenceSight
{
    Named,

    /// <summary>By a number that the tag had before it was made anew: to the UEM that is another tag.</summary>
    NamedByOldNumber,
    NotNamed,

    /// <summary>The smart group is gone, or out of the account's reach.</summary>
    NoGroup,
}

/// <summary>Which smart groups of the UEM name our tags. What nobody saw twice is not told.</summary>
public static class TagReferences
{
    /// <summary>Smart groups of which the criteria are read at once: each is a call.</summary>
    public const int MostRead = 60;

    /// <summary>
    /// What to read: first those that name a tag of ours, then those that were never read, then those read longest ago. So
    /// a long list is gone through in turns. What names none is not read again after a few minutes.
    /// </summary>
    /// <param name="listed">Numbers of all smart groups.</param>
    /// <param name="naming">Numbers of those that name a tag of ours, as last read.</param>
    /// <param name="readAt">When each was read last; absent: never.</param>
    /// <param name="before">What names none is read when it was last read before that.</param>
    public static IReadOnlyList<int> ToRead(
        IEnumerable<int> listed,
        IReadOnlySet<int> naming,
        IReadOnlyDictionary<int, DateTimeOffset> readAt,
        DateTimeOffset before,
        int most = MostRead
    ) =>
        [
            .. listed
                .Distinct()
                .Where(group => naming.Contains(group) || readAt.GetValueOrDefault(group) < before)
                .OrderByDescending(naming.Contains)
                .ThenBy(group => readAt.GetValueOrDefault(group))
                .ThenBy(group => group)
                .Take(most),
        ];

    /// <param name="named">The number by which it named the tag.</param>
    /// <param name="now">The tag's number now.</param>
    /// <param name="tags">Numbers that it names now; null: it is not there.</param>
    public static ReferenceSight Of(int named, int now, IReadOnlyCollection<int>? tags) =>
        tags is null ? ReferenceSight.NoGroup
        : tags.Contains(now) ? ReferenceSight.Named
        : tags.Contains(named) ? ReferenceSight.NamedByOldNumber
        : ReferenceSight.NotNamed;

    /// <summary>What it is told as; null where all is well.</summary>
    public static DriftKind? Told(ReferenceSight sight) =>
        sight switch
        {
            ReferenceSight.NamedByOldNumber => DriftKind.OldNumber,
            ReferenceSight.NotNamed => DriftKind.NotNamed,
            ReferenceSight.NoGroup => DriftKind.GroupGone,
            _ => null,
        };
}
