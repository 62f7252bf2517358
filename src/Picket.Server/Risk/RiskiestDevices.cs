using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Access;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Risk;

/// <summary>
/// The devices that need attention first: of those that are High or Critical, by the worst of the findings that made them
/// so, and of these by the newest. Read from the end of an index of the findings that are High or Critical, so that the size
/// of the fleet does not matter.
/// </summary>
public sealed class RiskiestDevices(PicketDatabase database, DeviceQueries devices)
{
    private const int Most = 8;

    /// <summary>One device may have many; where a few have nearly all, fewer devices than usual are told.</summary>
    private const int LookedAt = 200;

    public async Task<IReadOnlyList<DeviceAtRisk>> ListAsync(Visible visible, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var findings = await db
            .Findings.AsNoTracking()
            .Where(row => row.ClearedAt == null && row.Level >= RiskLevel.High)
            .Where(row => row.Standing == FindingStanding.Counts)
            .Where(row => db.Devices.Any(device => device.Id == row.DeviceId && device.Level >= RiskLevel.High))
            .WhereVisible(visible, row => row.IntegrationId)
            .OrderByDescending(row => row.Level)
            .ThenByDescending(row => row.Id)
            .Select(row => new
            {
                row.DeviceId,
                row.Title,
                row.FirstTrueAt,
            })
            .Take(LookedAt)
            .ToListAsync(cancellation);
        var worst = findings.DistinctBy(row => row.DeviceId).Take(Most).ToList();
        var summaries = await devices.SummariesAsync(visible, [.. worst.Select(row => row.DeviceId)], cancellation);
        return
        [
            .. worst
                .Where(row => summaries.ContainsKey(row.DeviceId))
                .Select(row => new DeviceAtRisk(summaries[row.DeviceId], row.Title, row.FirstTrueAt)),
        ];
    }
}
