namespace Picket.Api;

/// <summary>Which smart groups of a UEM name Picket's tags, and when that is looked at.</summary>
/// <param name="ReadAt">The last look that was whole; null before the first.</param>
/// <param name="NextAt">When the next one is due; null while tags are not written.</param>
/// <param name="Trouble">Why the last look came to nothing, and what to do; null where it did not.</param>
/// <param name="SmartGroups">Smart groups that the UEM listed, 0 or more.</param>
/// <param name="Read">Of these, how many were read by now. Each is a call, so that a long list is gone through in turns.</param>
/// <param name="Named">What names a tag, or named it and is missed.</param>
public sealed record TagReferencesView(
    DateTimeOffset? ReadAt,
    DateTimeOffset? NextAt,
    string? Trouble,
    int SmartGroups,
    int Read,
    IReadOnlyList<TagReference> Named
);

/// <summary>A smart group that names a tag of Picket's.</summary>
/// <param name="SmartGroupId">The UEM's number.</param>
/// <param name="SmartGroup">Its name.</param>
/// <param name="Tag">Name of the tag, as Picket names it.</param>
/// <param name="Since">The first look that showed it.</param>
/// <param name="SeenAt">The last look that showed it.</param>
/// <param name="MissedAt">The first look that did not; null where it is as it should be. What two looks missed is told.</param>
public sealed record TagReference(
    int SmartGroupId,
    string SmartGroup,
    string Tag,
    DateTimeOffset Since,
    DateTimeOffset SeenAt,
    DateTimeOffset? MissedAt
);
