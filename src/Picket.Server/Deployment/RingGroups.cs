using System.Text.Json;
using Picket.Core.Deployment;

namespace Picket.Server.Deployment;

/// <summary>A group of a ring, as the inventory knew it when the publication was made.</summary>
/// <param name="Id">The UEM's number.</param>
/// <param name="Uuid">Of a smart group; of a user group the UEM tells none.</param>
/// <param name="OfUsers">It is a user group.</param>
internal sealed record RingGroup(int Id, Guid? Uuid, string Name, bool OfUsers = false);

/// <summary>
/// The groups of a ring: those that were named, and the smart group that Picket makes for a share of them, or for user
/// groups, to which no app can be assigned.
/// </summary>
internal static class RingGroups
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static string Json(IReadOnlyList<RingGroup> groups) => JsonSerializer.Serialize(groups, Options);

    public static IReadOnlyList<RingGroup> Of(PublicationRingRow ring) =>
        JsonSerializer.Deserialize<List<RingGroup>>(ring.Groups, Options)!;

    public static IReadOnlyList<RingGroup> OfUsers(PublicationRingRow ring) =>
        [.. Of(ring).Where(group => group.OfUsers)];

    /// <summary>Numbers of the smart groups whose devices the ring is about: once Picket has made one, that alone.</summary>
    public static IReadOnlyList<int> ToRead(PublicationRingRow ring) =>
        ring.MadeGroupId is { } made ? [made] : [.. Of(ring).Where(group => !group.OfUsers).Select(group => group.Id)];

    /// <summary>Unique ids of the groups that the app is assigned to; of a share, those it is taken from until one is made.</summary>
    public static IReadOnlyList<Guid> ToAssign(PublicationRingRow ring) =>
        ring.MadeGroupUuid is { } made ? [made] : [.. Of(ring).Select(group => group.Uuid).OfType<Guid>()];

    /// <summary>Unique ids of the smart groups that were named.</summary>
    public static IEnumerable<Guid> Named(PublicationRingRow ring) =>
        Of(ring).Select(group => group.Uuid).OfType<Guid>();

    /// <summary>Whether Picket has yet to make the ring's group.</summary>
    public static bool IsToBeMade(PublicationRingRow ring) =>
        ring.MadeGroupId is null && (ring.SharePercent is not null || OfUsers(ring).Count > 0);

    /// <summary>The same device is in the same share for ever, and a larger share holds the smaller one.</summary>
    public static bool IsInShare(Guid publication, Guid device, int percent) =>
        RingShares.ShareOf(publication, device, [percent / 100.0]) == 0;
}
