using System.Text.Json;
using Picket.Core.Deployment;

namespace Picket.Server.Deployment;

/// <summary>A smart group of a ring, as the inventory knew it when the publication was made.</summary>
/// <param name="Id">The UEM's number.</param>
internal sealed record RingGroup(int Id, Guid Uuid, string Name);

/// <summary>The smart groups of a ring: those that were named, and the one that Picket makes for a share of them.</summary>
internal static class RingGroups
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static string Json(IReadOnlyList<RingGroup> groups) => JsonSerializer.Serialize(groups, Options);

    public static IReadOnlyList<RingGroup> Of(PublicationRingRow ring) =>
        JsonSerializer.Deserialize<List<RingGroup>>(ring.Groups, Options)!;

    /// <summary>Numbers of the groups whose devices the ring is about: once there is one for the share, that alone.</summary>
    public static IReadOnlyList<int> ToRead(PublicationRingRow ring) =>
        ring.MadeGroupId is { } made ? [made] : [.. Of(ring).Select(group => group.Id)];

    /// <summary>Unique ids of the groups that the app is assigned to; of a share, those it is taken from until one is made.</summary>
    public static IReadOnlyList<Guid> ToAssign(PublicationRingRow ring) =>
        ring.MadeGroupUuid is { } made ? [made] : [.. Of(ring).Select(group => group.Uuid)];

    /// <summary>Whether Picket has yet to make the ring's group.</summary>
    public static bool IsToBeMade(PublicationRingRow ring) => ring.SharePercent is not null && ring.MadeGroupId is null;

    /// <summary>The same device is in the same share for ever, and a larger share holds the smaller one.</summary>
    public static bool IsInShare(Guid publication, Guid device, int percent) =>
        RingShares.ShareOf(publication, device, [percent / 100.0]) == 0;
}
