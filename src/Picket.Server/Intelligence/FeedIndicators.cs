using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Intelligence;
using Picket.Server.Access;
using Picket.Server.Hosting;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Intelligence;

/// <summary>One page of the entries of a feed, each indicator with the number of visible devices that it matches now.</summary>
internal sealed class FeedIndicators(IntelligenceStore intelligence)
{
    public async Task<Page<IndicatorView>> PageAsync(
        PicketDbContext db,
        Visible visible,
        FeedContent content,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    )
    {
        // Entries are no rows: they have a position in one version. A cursor of another version lands elsewhere in the
        // list, never outside it.
        var (start, take) = (Position(cursor), Keyset.Limit(limit));
        var indicators = content.Indicators.Skip(start).Take(take).ToList();
        var hits = await HitsAsync(db, visible, content, indicators, cancellation);
        var views = indicators.Select(indicator => View(indicator, hits.GetValueOrDefault(indicator))).ToList();
        var others = Others(content).Skip(Math.Max(0, start - content.Indicators.Count)).Take(take - views.Count);
        views.AddRange(others);
        var end = start + views.Count;
        return new Page<IndicatorView>(views, views.Count == take ? Cursor(end) : null);
    }

    /// <summary>How many visible devices each of the indicators matches now; those without a match may be missing.</summary>
    public async Task<Dictionary<Indicator, int>> HitsAsync(
        PicketDbContext db,
        Visible visible,
        FeedContent content,
        List<Indicator> indicators,
        CancellationToken cancellation
    )
    {
        var devices = db
            .Devices.Where(device => device.GoneAt == null)
            .WhereVisible(visible, device => device.IntegrationId);
        var systems = indicators.Where(indicator => indicator.IsOfSystems).ToList();
        var facets = await SystemFacets.OfAsync(devices, systems, cancellation);
        var hits = await AppHitsAsync(db, visible, content, indicators, cancellation);
        systems.ForEach(indicator => hits[indicator] = facets.Count(indicator));
        return hits;
    }

    private async Task<Dictionary<Indicator, int>> AppHitsAsync(
        PicketDbContext db,
        Visible visible,
        FeedContent content,
        List<Indicator> indicators,
        CancellationToken cancellation
    )
    {
        var matches = await AppMatching.Of(content, indicators, intelligence).FindAsync(db, cancellation);
        var apps = matches.Select(match => match.App).Distinct().ToList();
        var visibleDevices = db
            .Devices.Where(device => device.GoneAt == null)
            .WhereVisible(visible, device => device.IntegrationId);
        var shown = db.DeviceApps.Where(app => app.GoneAt == null && apps.Contains(app.AppId));
        if (visible.HidesPersonalApps)
        {
            // A number tells of personal apps as well as a list does: those who are shown none count none.
            var open = visible.PersonalApps!;
            visibleDevices = visibleDevices.WhereAppsAreVisible(visible);
            shown = shown.Where(app =>
                db.Apps.Any(row => row.Id == app.AppId && !row.Hashed)
                || visibleDevices.Any(device => device.Id == app.DeviceId && open.Contains(device.IntegrationId))
            );
        }

        var held = await shown
            .Where(app => visibleDevices.Any(device => device.Id == app.DeviceId))
            .Select(app => new { app.AppId, app.DeviceId })
            .ToListAsync(cancellation);
        var devices = held.ToLookup(app => app.AppId, app => app.DeviceId);
        return matches
            .GroupBy(match => match.Indicator)
            .ToDictionary(
                group => group.Key,
                group => group.SelectMany(match => devices[match.App]).Distinct().Count()
            );
    }

    private static IEnumerable<IndicatorView> Others(FeedContent content) =>
        [
            .. content.Releases.Select(release => Entry("OsRelease", release.Version.ToString(), release.Train)),
            .. content.Trains.Select(train => Entry("OsTrain", train.Cycle, train.Label)),
            .. content.Hardware.Select(hardware => Entry("Hardware", hardware.Cycle, hardware.Label)),
            .. content.Exploited.Select(exploited => Entry("ExploitedCve", exploited.Cve, exploited.Name)),
            .. content.Fixes.Select(fix => Entry("AndroidFix", fix.Vulnerability, Fixed(fix))),
        ];

    private static string Fixed(AndroidFix fix) => $"Android {fix.Version}: {fix.Fixed:yyyy-MM-dd}";

    private static IndicatorView View(Indicator indicator, int hits) =>
        new(
            indicator.Kind.ToString(),
            indicator.Value,
            indicator.Family,
            indicator.Class.ToString(),
            hits,
            indicator.IsTestable
        );

    private static IndicatorView Entry(string kind, string value, string name) => new(kind, value, name, null, 0);

    private static string Cursor(int position) =>
        WebEncoders.Base64UrlEncode(Encoding.ASCII.GetBytes(position.ToString(CultureInfo.InvariantCulture)));

    private static int Position(string? cursor)
    {
        try
        {
            var text = Encoding.ASCII.GetString(WebEncoders.Base64UrlDecode(cursor ?? ""));
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : 0;
        }
        catch (FormatException)
        {
            return 0; // As with every list: a cursor that is none of ours begins at the first page.
        }
    }
}
