namespace Picket.Api;

/// <summary>
/// How many devices each choice would show: per dimension, all other filters held. A choice that is missing would show
/// none.
/// </summary>
/// <param name="Levels">By level of the verdict.</param>
/// <param name="Platforms">By <see cref="DeviceSummary.Platform"/>.</param>
/// <param name="Ownerships">By the name of a <see cref="DeviceOwnership"/>.</param>
/// <param name="OrganizationGroups">By the UEM's number of the organization group.</param>
public sealed record DeviceFacets(
    LevelCounts Levels,
    IReadOnlyDictionary<string, int> Platforms,
    IReadOnlyDictionary<string, int> Ownerships,
    IReadOnlyDictionary<string, int> OrganizationGroups
);
