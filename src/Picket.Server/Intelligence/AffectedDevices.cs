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
    ) => MarkAsync(db, feed, [.. difference.Before, .. difference.After], cancellation);

    public static Task<int> MarkAllAsync(PicketDbContext db, CancellationToken cancellation) =>
        MarkAsync(db.Devices, cancellation);

    /// <param name="indicators">Testable ones that came, went or changed.</param>
    public async Task<int> MarkAsync(
        PicketDbContext db,
        FeedContent feed,
        IReadOnlyCollection<Indicator> indicators,
        CancellationToken cancellation
    )
    {
        var (systems, apps) = (Of(indicators, each => each.IsOfSystems), Of(indicators, each => each.IsOfApps));
        var marked = systems.Count == 0 ? 0 : await MarkSystemsAsync(db, systems, cancellation);
        return apps.Count == 0 ? marked : marked + await MarkHoldersAsync(db, feed, apps, cancellation);

        static List<Indicator> Of(IEnumerable<Indicator> all, Func<Indicator, bool> wanted) => [.. all.Where(wanted)];
    }

    private static async Task<int> MarkSystemsAsync(
        PicketDbContext db,
        List<Indicator> indicators,
        CancellationToken cancellation
    )
    {
        var devices = db.Devices.Where(device => device.GoneAt == null);
        var facets = await SystemFacets.OfAsync(devices, indicators, cancellation);
        return await MarkAsync(facets.Where(devices, indicators), cancellation);
    }

    private async Task<int> MarkHoldersAsync(
        PicketDbContext db,
        FeedContent feed,
        List<Indicator> indicators,
        CancellationToken cancellation
    )
    {
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
