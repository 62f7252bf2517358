using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Response;
using Picket.Server.Storage;

namespace Picket.Server.Brakes;

/// <summary>The brake of tags at each integration, by one query for each figure.</summary>
internal static class IntegrationBrakes
{
    public static async Task<IReadOnlyList<IntegrationBrake>> OfAsync(
        PicketDbContext db,
        Visible visible,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var since = now - Core.Response.TagBrake.Window;
        var integrations = await db
            .Integrations.AsNoTracking()
            .WhereVisible(visible, row => row.Id)
            .OrderBy(row => row.Name)
            .ToListAsync(cancellation);
        var fleets = await BrakeFacts
            .Fleet(db)
            .WhereVisible(visible, row => row.IntegrationId)
            .GroupBy(row => row.IntegrationId)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellation);
        var changed = await BrakeFacts
            .ChangedSince(db, since)
            .WhereVisible(visible, change => change.Integration)
            .GroupBy(change => change.Integration)
            .Select(group => new { group.Key, Count = group.Select(change => change.Device).Distinct().Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellation);
        var held = await db
            .TagRuns.Where(row => row.State == RunState.Held)
            .WhereVisible(visible, row => row.IntegrationId)
            .GroupBy(row => row.IntegrationId)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellation);
        return
        [
            .. integrations.Select(row =>
            {
                var (brake, fleet) = (BrakeFacts.Of(row), fleets.GetValueOrDefault(row.Id));
                return new IntegrationBrake(
                    row.Id,
                    row.Name,
                    brake.Share,
                    brake.AlwaysAllowed,
                    fleet,
                    brake.Allowed(fleet),
                    changed.GetValueOrDefault(row.Id),
                    held.GetValueOrDefault(row.Id)
                )
                {
                    PerRun = brake.PerRun,
                    PerHour = brake.PerHour,
                    GroupShare = brake.GroupShare,
                };
            }),
        ];
    }
}
