using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Inventory;

/// <summary>
/// What happened to a device, newest first: its attributes and its verdict, the apps that came and went, the findings
/// that began and ended, and the tags that were written.
/// </summary>
public sealed class DeviceHistoryQueries(PicketDatabase database, AuditLog audit)
{
    private const string Hidden = "Personal apps are kept as keyed hashes; they have no name here.";

    /// <param name="withApps">Also apps that came and went, as far as they may be shown.</param>
    /// <returns>Null when there is no such device.</returns>
    public async Task<Page<HistoryEntry>?> ListAsync(
        Visible visible,
        Guid device,
        string actor,
        bool withApps,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var row = await db.Devices.AsNoTracking().SingleOrDefaultAsync(row => row.Id == device, cancellation);
        if (row is null || !visible.Shows(row.IntegrationId))
        {
            return null;
        }

        var all = visible.ShowsPersonalApps(row.IntegrationId);
        var take = Keyset.Limit(limit);
        var reading = new HistoryReading(db, row, HistoryCursor.Parse(cursor), take + 1);
        List<HistoryEvent> events =
        [
            .. await reading.ChangesAsync(cancellation),
            .. await reading.FindingsAsync(cancellation),
            .. await reading.WrittenAsync(cancellation),
            .. withApps ? await reading.AppsAsync(AppsOf(db, row, all), cancellation) : [],
        ];
        var page = events.OrderByDescending(each => each.Place).Take(take).ToList();
        await LeaveTraceAsync(db, row, actor, page, cancellation);
        var leftOut =
            withApps
            && !all
            && (DeviceWords.IsPersonal(row) || await PersonalApps.AreOnAsync(db, device, cancellation));
        var runs = await RunsOf(db, row.IntegrationId, page, cancellation);
        return new Page<HistoryEntry>(
            [.. page.Select(each => each.View(runs))],
            events.Count > take ? page[^1].Place.ToString() : null,
            leftOut ? PersonalApps.NotShownOfDevice
                : page.Any(each => each.IsNameless) ? Hidden
                : null
        );
    }

    /// <param name="all">Also what is personal.</param>
    private static IQueryable<DeviceAppRow> AppsOf(PicketDbContext db, DeviceRow device, bool all)
    {
        var rows = db.DeviceApps.AsNoTracking().Where(row => row.DeviceId == device.Id);
        return all ? rows
            : DeviceWords.IsPersonal(device) ? rows.Where(row => false)
            : rows.Where(row => !db.Apps.Any(app => app.Id == row.AppId && app.Hashed));
    }

    /// <summary>Who looks at the apps of an employee's device leaves a trace, here as in its list of apps.</summary>
    private async Task LeaveTraceAsync(
        PicketDbContext db,
        DeviceRow device,
        string actor,
        List<HistoryEvent> page,
        CancellationToken cancellation
    )
    {
        if (page.Any(each => each.IsOfApp) && DeviceWords.IsPersonal(device))
        {
            audit.Add(db, actor, "device.apps-read", device.Id.ToString());
            await db.SaveChangesAsync(cancellation);
        }
    }

    private static async Task<IReadOnlyList<RunSpan>> RunsOf(
        PicketDbContext db,
        Guid integration,
        List<HistoryEvent> page,
        CancellationToken cancellation
    )
    {
        var moments = page.Where(each => each.IsOfApp).Select(each => each.Place.At).ToList();
        if (moments.Count == 0)
        {
            return [];
        }

        var (first, last) = (moments.Min(), moments.Max());
        return await db
            .SyncRuns.Where(run => run.IntegrationId == integration)
            .Where(run => run.StartedAt <= last && (run.EndedAt == null || run.EndedAt >= first))
            .Select(run => new RunSpan(run.Id, run.StartedAt, run.EndedAt))
            .ToListAsync(cancellation);
    }
}
