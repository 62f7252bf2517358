using Microsoft.EntityFrameworkCore;
using Picket.Api;

namespace Picket.Server.Inventory;

/// <summary>"Apps known for 81% of devices, median age 9 h." The devices that are asked about are the caller's choice.</summary>
public static class AppCoverageQuery
{
    public static async Task<AppCoverage> OfAsync(
        IQueryable<DeviceRow> devices,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var permitted = devices
            .Where(row =>
                row.GoneAt == null && row.AppsState != DetailState.Limited && row.AppsState != DetailState.NotSupported
            )
            .WhereEnrolled()
            .WhereMobile();
        var known = permitted.Where(row => row.AppsState == DetailState.Known && row.AppsReadAt != null);
        var eligible = await permitted.CountAsync(cancellation);
        var count = await known.CountAsync(cancellation);
        if (count == 0)
        {
            return new AppCoverage(eligible, 0, eligible == 0 ? null : 0, null);
        }

        var median = await known
            .OrderByDescending(row => row.AppsReadAt)
            .Skip(count / 2)
            .Select(row => row.AppsReadAt)
            .FirstOrDefaultAsync(cancellation);
        var age = Math.Max(0, (now - (median ?? now)).TotalHours);
        return new AppCoverage(eligible, count, Math.Round(100.0 * count / eligible, 1), Math.Round(age, 1));
    }
}
