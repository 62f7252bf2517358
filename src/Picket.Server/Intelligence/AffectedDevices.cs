using Microsoft.EntityFrameworkCore;
using Picket.Core.Intelligence;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Intelligence;

/// <summary>
/// After a change of a feed only the devices that it can concern are judged again. A change of patterns concerns all
/// with personal apps: their hashes are untested then.
/// </summary>
internal sealed class AffectedDevices(IntelligenceStore intelligence)
{
    private const int AppsAtOnce = 1000;

    public Task<int> MarkAsync(
        PicketDbContext db,
        FeedContent feed,
        FeedDifference difference,
        CancellationToken cancellation
    ) => MarkHoldersAsync(db, feed, [.. difference.Before, .. difference.After], cancellation);

    public static Task<int> MarkAllAsync(PicketDbContext db, CancellationToken cancellation) =>
        MarkAsync(db.Devices, cancellation);

    private async Task<int> MarkHoldersAsync(
        PicketDbContext db,
        FeedContent feed,
        List<Indicator> indicators,
        CancellationToken cancellation
    )
    {
        if (indicators.Count == 0)
        {
            return 0;
        }

        var matches = await AppMatching.Of(feed, indicators, intelligence).FindAsync(db, cancellation);
        var marked = 0;
        foreach (var apps in matches.Select(match => match.App).Distinct().Chunk(AppsAtOnce))
        {
            var holders = db.DeviceApps.Where(app => app.GoneAt == null && apps.Contains(app.AppId));
            marked += await MarkAsync(
                db.Devices.Where(device => holders.Any(app => app.DeviceId == device.Id)),
                cancellation
            );
        }

        return indicators.Any(indicator => indicator.Kind is IndicatorKind.AppIdPattern)
            ? marked + await MarkAsync(db.Devices.Where(device => device.PersonalApps > 0), cancellation)
            : marked;
    }

    // Those that are due already too: they may be being judged just now, by the knowledge from before.
    private static Task<int> MarkAsync(IQueryable<DeviceRow> devices, CancellationToken cancellation) =>
        devices
            .Where(device => device.GoneAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(device => device.JudgingDue, true), cancellation);
}
