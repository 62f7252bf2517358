using System.Text.Json;

namespace Picket.Server.Brakes;

/// <summary>A group that an entry of the never-touch list named when it was made, as the inventory knew it then.</summary>
/// <param name="Id">The UEM's number.</param>
internal sealed record NeverTouchGroup(Guid Integration, int Id, string Name);

/// <summary>
/// A name may be that of several groups. Which they were is kept: when one of them is gone or called otherwise, a name that
/// still fits the others hides that its people are not protected any more.
/// </summary>
internal static class NeverTouchGroups
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static string? Json(IReadOnlyList<NeverTouchGroup> groups) =>
        groups.Count == 0 ? null : JsonSerializer.Serialize(groups, Options);

    public static IReadOnlyList<NeverTouchGroup> Of(NeverTouchRow row) =>
        row.Groups is { } kept ? JsonSerializer.Deserialize<List<NeverTouchGroup>>(kept, Options)! : [];
}
