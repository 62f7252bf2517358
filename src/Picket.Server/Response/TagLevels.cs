using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Core.Risk;
using Picket.Server.Integrations;
using Picket.Server.Storage;

namespace Picket.Server.Response;

/// <summary>The levels that have a tag in an integration, and what these tags are called.</summary>
internal static class TagLevels
{
    public static IReadOnlyDictionary<RiskLevel, string> NamesOf(IntegrationRow integration) =>
        Enum.GetValues<RiskLevel>()
            .Where(level => level != RiskLevel.Unknown || integration.TagUnknown)
            .ToDictionary(level => level, level => TagSet.Name(integration.TagPrefix, level.ToString()));

    /// <summary>
    /// What Picket's tags are called, or would be, in all integrations, and what those are called that it once made. Letter
    /// case does not matter.
    /// </summary>
    public static async Task<IReadOnlySet<string>> AllNamesAsync(PicketDbContext db, CancellationToken cancellation)
    {
        var prefixes = await db.Integrations.Select(row => row.TagPrefix).Distinct().ToListAsync(cancellation);
        var owned = await db.OwnedTags.Select(row => row.Name).ToListAsync(cancellation);
        return prefixes
            .SelectMany(prefix => Enum.GetValues<RiskLevel>().Select(level => TagSet.Name(prefix, level.ToString())))
            .Concat(owned)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    public static bool IsCalled(this OwnedTagRow tag, string name, IntegrationRow integration) =>
        tag.OrganizationGroupId == integration.OrganizationGroupId && tag.Name == name;

    public static TagSet SetOf(IEnumerable<OwnedTagRow> owned) =>
        new(owned.Select(tag => new OwnedTag(tag.RemoteId, tag.Name, (int?)tag.Level)));
}
