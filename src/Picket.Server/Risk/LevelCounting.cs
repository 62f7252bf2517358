using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Inventory;

namespace Picket.Server.Risk;

/// <summary>How many devices have each level.</summary>
internal static class LevelCounting
{
    public static async Task<LevelCounts> CountLevelsAsync(
        this IQueryable<DeviceRow> devices,
        CancellationToken cancellation
    )
    {
        var counts = await devices
            .GroupBy(row => row.Level)
            .Select(group => new { group.Key, Devices = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Devices, cancellation);
        return Of(level => counts.GetValueOrDefault(level));
    }

    public static LevelCounts Of(Func<RiskLevel, int> devices) =>
        new(
            devices(RiskLevel.Unknown),
            devices(RiskLevel.Secure),
            devices(RiskLevel.Low),
            devices(RiskLevel.Medium),
            devices(RiskLevel.High),
            devices(RiskLevel.Critical)
        );
}
