using Picket.Core.Devices;
using Picket.Core.Sync;

namespace Picket.Core.Policy;

public sealed record OrganizationGroup(string? Uuid, string Name);

/// <summary>The organization groups above a device, from the top to its own. Made once for each group and shared.</summary>
public sealed class OrganizationPath(IReadOnlyList<OrganizationGroup> groups)
{
    public IReadOnlyList<OrganizationGroup> Groups { get; } = groups;

    /// <summary>Two paths with one key are the same to every policy.</summary>
    public string Key { get; } = string.Join('\n', groups.Select(group => $"{group.Uuid}|{group.Name}"));

    public override string ToString() => string.Join(" / ", Groups.Select(group => group.Name));
}

/// <summary>Where a device stands in the organization, for the conditions of policies.</summary>
/// <param name="Groups">Null: not known.</param>
public sealed record DevicePlace(OrganizationPath? Groups, string? SerialNumber)
{
    public static readonly DevicePlace NotKnown = new(null, null);

    /// <summary>Of the device's user.</summary>
    public Memberships UserGroups { get; init; } = Memberships.NotKnown;

    public Memberships SmartGroups { get; init; } = Memberships.NotKnown;

    public Memberships Tags { get; init; } = Memberships.NotKnown;

    public Memberships In(MemberOf kind) =>
        kind switch
        {
            MemberOf.UserGroup => UserGroups,
            MemberOf.SmartGroup => SmartGroups,
            _ => Tags,
        };
}

/// <summary>All of a device that decides which policy holds for it.</summary>
public sealed record DeviceSubject(
    string DeviceId,
    DevicePlatform Platform,
    DeviceOwnership Ownership,
    DevicePlace Place
)
{
    public static DeviceSubject Of(DeviceFacts facts) =>
        new(facts.DeviceId, facts.Platform, facts.Ownership, facts.Place);
}
