using Picket.Core.Risk;
using Picket.Server.Inventory;

namespace Picket.Server.Risk;

/// <summary>A change of a device's level as its history tells it: from what to what, and for which findings.</summary>
internal static class LevelHistory
{
    public static DeviceChangeRow Change(
        DeviceRow device,
        RiskLevel before,
        DateTimeOffset? judgedBefore,
        IReadOnlyList<string> kinds,
        DateTimeOffset now
    ) =>
        DeviceHistory.Change(
            device.Id,
            now,
            DeviceHistory.Level,
            judgedBefore is null ? null : $"{before}",
            kinds.Count == 0 ? $"{device.Level}" : $"{device.Level} ({string.Join(", ", kinds)})"
        );
}
