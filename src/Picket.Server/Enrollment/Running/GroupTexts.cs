using Microsoft.EntityFrameworkCore;
using Picket.Core.Enrollment;
using Picket.Server.Integrations;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Enrollment;

/// <summary>The organization groups at and below the integration's, by the texts that stand for them in a file.</summary>
internal sealed class GroupTexts(IReadOnlyList<OrganizationGroupRow> groups)
{
    public static async Task<GroupTexts> ReadAsync(
        PicketDbContext db,
        IntegrationRow integration,
        CancellationToken cancellation
    )
    {
        var groups = await db
            .OrganizationGroups.AsNoTracking()
            .Where(row => row.IntegrationId == integration.Id && row.GoneAt == null)
            .ToListAsync(cancellation);
        if (groups.All(group => group.RemoteId != integration.OrganizationGroupId))
        {
            // Before the first sync there is the integration's own alone.
            groups.Add(
                new OrganizationGroupRow
                {
                    Id = Guid.Empty,
                    IntegrationId = integration.Id,
                    RemoteId = integration.OrganizationGroupId,
                    Name = integration.OrganizationGroupName,
                    GroupCode = integration.OrganizationGroupCode,
                    Hash = [],
                }
            );
        }

        return new GroupTexts(groups);
    }

    /// <summary>A Group ID is unique in the UEM, a name is not: the id comes first.</summary>
    public OrganizationGroupMatch Find(string text)
    {
        var byCode = groups.Where(group => Is(group.GroupCode, text)).ToList();
        var found = byCode.Count > 0 ? byCode : [.. groups.Where(group => Is(group.Name, text))];
        return found switch
        {
            [] => new OrganizationGroupMatch.Nothing(),
            [var one] => new OrganizationGroupMatch.One(one.RemoteId),
            _ => new OrganizationGroupMatch.Several([.. found.Select(group => group.GroupCode ?? $"{group.RemoteId}")]),
        };
    }

    private static bool Is(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
