using Picket.Core.Response;
using Picket.Core.Risk;
using Picket.Server.Integrations;

namespace Picket.Server.Response;

/// <summary>The levels that have a tag in an integration, and what these tags are called.</summary>
internal static class TagLevels
{
    public static IReadOnlyDictionary<RiskLevel, string> NamesOf(IntegrationRow integration) =>
        Enum.GetValues<RiskLevel>()
            .Where(level => level != RiskLevel.Unknown || integration.TagUnknown)
            .ToDictionary(level => level, level => TagSet.Name(integration.TagPrefix, level.ToString()));

    public static bool IsCalled(this OwnedTagRow tag, string name, IntegrationRow integration) =>
        tag.OrganizationGroupId == integration.OrganizationGroupId && tag.Name == name;

    /// <summary>All owned tags, those of the policy's sets too, for the planner.</summary>
    public static TagSet SetOf(IEnumerable<OwnedTagRow> owned) =>
        new(
            owned.Select(tag => new OwnedTag(tag.RemoteId, tag.Name, (int?)tag.Level, tag.Set)
            {
                Retired = !tag.InForce,
            })
        );
}
