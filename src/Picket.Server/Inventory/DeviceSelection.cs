using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Intelligence;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Intelligence;
using Picket.Server.Storage;

namespace Picket.Server.Inventory;

/// <summary>The devices that a filter asks for, as far as somebody may see them.</summary>
/// <param name="database">Its kind decides how texts are compared.</param>
public sealed class DeviceSelection(
    PicketDatabase database,
    PersonalApps personal,
    IntelligenceStore intelligence,
    AuditLog audit,
    TimeProvider time
)
{
    /// <param name="actor">Who asks: to be named where personal apps are part of the answer.</param>
    internal async Task<SelectedDevices> OfAsync(
        PicketDbContext db,
        Visible visible,
        DeviceFilter filter,
        string actor,
        CancellationToken cancellation
    )
    {
        List<HuntedApp> hunted = [];
        if (filter.App is { Length: > 0 } app)
        {
            hunted.Add(await personal.HuntAsync(db, visible, app, actor, cancellation));
        }

        if (filter is not { Feed: { } feed, FeedEntry: { Length: > 0 } entry })
        {
            return new SelectedDevices(database, visible, filter, hunted, time.GetUtcNow());
        }

        var content = await ContentAsync(db, feed, cancellation);
        var indicators = content?.Indicators.Where(indicator => indicator.Value == entry).ToList() ?? [];
        var systems = indicators.Where(indicator => indicator.IsOfSystems).ToList();
        if (systems.Count == 0)
        {
            hunted.Add(await MatchedAsync(db, visible, content, indicators, entry, actor, cancellation));
            return new SelectedDevices(database, visible, filter, hunted, time.GetUtcNow());
        }

        var facets = await SystemFacets.OfAsync(db.Devices.Where(row => row.GoneAt == null), systems, cancellation);
        return new SelectedDevices(database, visible, filter, hunted, time.GetUtcNow())
        {
            Listed = rows => facets.Where(rows, systems),
        };
    }

    private async Task<FeedContent?> ContentAsync(PicketDbContext db, Guid feed, CancellationToken cancellation)
    {
        if (feed == OwnIndicatorKinds.FeedId)
        {
            return await OwnIndicatorStore.ContentAsync(db, cancellation);
        }

        var version = await db
            .Feeds.Where(row => row.Id == feed)
            .Select(row => row.ActiveVersionId)
            .SingleOrDefaultAsync(cancellation);
        return version is { } known ? await intelligence.ContentAsync(db, known, cancellation) : null;
    }

    /// <summary>Apps that an entry of a feed matches: as one id does, a pattern may tell of personal apps.</summary>
    private async Task<HuntedApp> MatchedAsync(
        PicketDbContext db,
        Visible visible,
        FeedContent? content,
        List<Indicator> indicators,
        string entry,
        string actor,
        CancellationToken cancellation
    )
    {
        if (content is null)
        {
            return new HuntedApp([], []);
        }

        var matches = await AppMatching.Of(content, indicators, intelligence).FindAsync(db, cancellation);
        var apps = matches.Select(match => match.App).Distinct().ToList();
        var inClear = await db
            .Apps.Where(row => apps.Contains(row.Id) && !row.Hashed)
            .Select(row => row.Id)
            .ToListAsync(cancellation);
        if (visible.PersonalApps is { Count: 0 })
        {
            return new HuntedApp(inClear, inClear);
        }

        if (inClear.Count < apps.Count)
        {
            audit.Add(db, actor, "app.holders-read", entry);
            await db.SaveChangesAsync(cancellation);
        }

        return new HuntedApp(apps, inClear);
    }
}

/// <summary>A filter, with what had to be looked up for it.</summary>
/// <param name="Hunted">Apps of which a device is to have one; each by itself.</param>
/// <param name="Now">What ages are told by.</param>
internal sealed record SelectedDevices(
    PicketDatabase Database,
    Visible Visible,
    DeviceFilter Filter,
    IReadOnlyList<HuntedApp> Hunted,
    DateTimeOffset Now
)
{
    /// <summary>What is not among them; null where nothing is left out.</summary>
    public string? Note => Hunted.Count > 0 && Visible.HidesPersonalApps ? PersonalApps.NotShown : null;

    /// <summary>Whose system or model an entry lists; null where that is not asked.</summary>
    public Func<IQueryable<DeviceRow>, IQueryable<DeviceRow>>? Listed { get; init; }

    public IQueryable<DeviceRow> Rows(PicketDbContext db)
    {
        var rows = DeviceFilters.Rows(db, Database, Filter, Now).WhereVisible(Visible, row => row.IntegrationId);
        rows = Listed?.Invoke(rows) ?? rows;
        return Hunted.Aggregate(rows, (some, app) => some.WhereHolds(db, app, Visible));
    }
}
