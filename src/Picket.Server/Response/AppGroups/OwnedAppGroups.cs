using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Server.Integrations;
using Picket.Server.Storage;

namespace Picket.Server.Response;

/// <summary>Which app groups are ours. Only what Picket made or was told to own is.</summary>
internal static class OwnedAppGroups
{
    public static IQueryable<OwnedAppGroupRow> Of(PicketDbContext db, IntegrationRow integration) =>
        db.OwnedAppGroups.Where(row => row.IntegrationId == integration.Id && row.Uem == integration.Address);

    /// <summary>The row of the platform in the organization group of today; null where there is none yet.</summary>
    public static OwnedAppGroupRow? Here(
        this IEnumerable<OwnedAppGroupRow> rows,
        IntegrationRow integration,
        DenyPlatform platform
    ) =>
        rows.FirstOrDefault(row =>
            row.Platform == platform && row.OrganizationGroupId == integration.OrganizationGroupId
        );

    /// <summary>
    /// Rows of both platforms: 1 those of this integration at this UEM, of former organization groups as well: they only wait
    /// to be emptied; 2 what a removed integration left behind in this group; 3 the rest is new.
    /// </summary>
    public static async Task<IReadOnlyList<OwnedAppGroupRow>> EnsureAsync(
        PicketDbContext db,
        IntegrationRow integration,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var rows = await Of(db, integration).ToListAsync(cancellation); // 1
        var left = await LeftBehindAsync(db, integration, cancellation);
        foreach (var platform in Enum.GetValues<DenyPlatform>())
        {
            if (rows.Here(integration, platform) is not null)
            {
                continue;
            }

            if (left.Here(integration, platform) is { } inherited) // 2
            {
                inherited.IntegrationId = integration.Id;
                rows.Add(inherited);
            }
            else
            {
                rows.Add(db.OwnedAppGroups.Add(New(integration, platform, now)).Entity); // 3
            }
        }

        await db.SaveChangesAsync(cancellation);
        return rows;
    }

    /// <summary>Of integrations that were removed, at this UEM and organization group.</summary>
    public static Task<List<OwnedAppGroupRow>> LeftBehindAsync(
        PicketDbContext db,
        IntegrationRow integration,
        CancellationToken cancellation
    ) =>
        db
            .OwnedAppGroups.Where(row =>
                row.Uem == integration.Address
                && row.OrganizationGroupId == integration.OrganizationGroupId
                && row.RemoteId != null
                && !db.Integrations.Any(other => other.Id == row.IntegrationId)
            )
            .OrderByDescending(row => row.Id)
            .ToListAsync(cancellation);

    public static OwnedAppGroupRow New(IntegrationRow integration, DenyPlatform platform, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = integration.Id,
            Uem = integration.Address,
            OrganizationGroupId = integration.OrganizationGroupId,
            Platform = platform,
            Name = UemAppGroups.NameOf(platform),
            Since = now,
        };
}
