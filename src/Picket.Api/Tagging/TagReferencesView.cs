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
)
{
    /// <summary>Compliance policies that are watched, as an administrator chose them.</summary>
    public IReadOnlyList<CompliancePolicyView> Policies { get; init; } = [];
}

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

/// <summary>A compliance policy of a UEM. No route tells what it is built on, so people say which of them act on tags.</summary>
/// <param name="Id">The UEM's number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Platform">Platform, in the UEM's words.</param>
/// <param name="IsActive">Whether it acts; null where the UEM does not say.</param>
/// <param name="AssignedDevices">Devices that it is assigned to; null where the UEM does not say.</param>
/// <param name="Watched">It is told when it is gone, inactive, called otherwise, or assigned to no device while devices carry tags.</param>
public sealed record CompliancePolicyView(
    int Id,
    string Name,
    string? Platform,
    bool? IsActive,
    int? AssignedDevices,
    bool Watched
);

/// <summary>Which compliance policies are to be watched.</summary>
/// <param name="Ids">The UEM's numbers, of those that it lists or that are watched already; 0 to 50. All others are watched no more.</param>
public sealed record WatchPolicies(IReadOnlyList<int> Ids);
