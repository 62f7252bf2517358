using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Inventory;

/// <summary>
/// What changed on a device, newest first: its attributes and its verdict, and the apps that came and went, which their
/// presence tells. A page reads no more rows of each than it can show.
/// </summary>
public sealed class DeviceHistoryQueries(PicketDatabase database, AuditLog audit)
{
    private const string Hidden = "Personal apps are kept as keyed hashes; they have no name here.";

    /// <returns>Null when there is no such device.</returns>
    public async Task<Page<HistoryEntry>?> ListAsync(
        Visible visible,
        Guid device,
        string actor,
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
        var apps = AppsOf(db, row, all);
        var (take, last) = (Keyset.Limit(limit), HistoryCursor.Parse(cursor));
        List<HistoryEvent> events =
        [
            .. await ChangesAsync(db, device, last, take + 1, cancellation),
            .. await AppsAsync(db, apps, HistorySource.AppCame, held => held.FirstSeenAt, last, take + 1, cancellation),
            .. await AppsAsync(
                db,
                apps,
                HistorySource.AppGone,
                held => held.GoneAt!.Value,
                last,
                take + 1,
                cancellation
            ),
        ];
        var page = events.OrderByDescending(each => each.Place).Take(take).ToList();
        await LeaveTraceAsync(db, row, actor, page, cancellation);
        var leftOut = !all && (DeviceWords.IsPersonal(row) || await PersonalApps.AreOnAsync(db, device, cancellation));
        var runs = await RunsOf(db, row.IntegrationId, page, cancellation);
        return new Page<HistoryEntry>(
            [.. page.Select(each => each.View(runs))],
            events.Count > take ? page[^1].Place.ToString() : null,
            leftOut ? PersonalApps.NotShownOfDevice
                : page.Any(each => each.App?.Hashed is true) ? Hidden
                : null
        );
    }

    private static async Task<IEnumerable<HistoryEvent>> ChangesAsync(
        PicketDbContext db,
        Guid device,
        HistoryCursor? last,
        int take,
        CancellationToken cancellation
    )
    {
        var rows = db.DeviceChanges.AsNoTracking().Where(row => row.DeviceId == device);
        var found = await Before(rows, row => row.At, row => row.Id, HistorySource.Change, last)
            .OrderByDescending(row => row.At)
            .ThenByDescending(row => row.Id)
            .Take(take)
            .ToListAsync(cancellation);
        return found.Select(row => new HistoryEvent(new(row.At, HistorySource.Change, row.Id), row, null, null));
    }

    /// <param name="all">Also what is personal.</param>
    private static IQueryable<DeviceAppRow> AppsOf(PicketDbContext db, DeviceRow device, bool all)
    {
        var rows = db.DeviceApps.AsNoTracking().Where(row => row.DeviceId == device.Id);
        return all ? rows
            : DeviceWords.IsPersonal(device) ? rows.Where(row => false)
            : rows.Where(row => !db.Apps.Any(app => app.Id == row.AppId && app.Hashed));
    }

    private static async Task<IEnumerable<HistoryEvent>> AppsAsync(
        PicketDbContext db,
        IQueryable<DeviceAppRow> rows,
        HistorySource source,
        Expression<Func<DeviceAppRow, DateTimeOffset>> at,
        HistoryCursor? last,
        int take,
        CancellationToken cancellation
    )
    {
        if (source is HistorySource.AppGone)
        {
            rows = rows.Where(row => row.GoneAt != null);
        }

        var held = await Before(rows, at, row => row.Id, source, last)
            .OrderByDescending(at)
            .ThenByDescending(row => row.Id)
            .Take(take)
            .ToListAsync(cancellation);
        var ids = held.Select(row => row.AppId).Distinct().ToList();
        var apps = await db
            .Apps.AsNoTracking()
            .Where(app => ids.Contains(app.Id))
            .ToDictionaryAsync(app => app.Id, cancellation);
        var moment = at.Compile();
        return held.Where(row => apps.ContainsKey(row.AppId))
            .Select(row => new HistoryEvent(new(moment(row), source, row.Id), null, row, apps[row.AppId]));
    }

    /// <summary>Rows whose event stands before the given place.</summary>
    private static IQueryable<TRow> Before<TRow>(
        IQueryable<TRow> rows,
        Expression<Func<TRow, DateTimeOffset>> at,
        Expression<Func<TRow, Guid>> id,
        HistorySource source,
        HistoryCursor? last
    )
    {
        if (last is not { } place)
        {
            return rows;
        }

        // Through members, as the compiler would write them: EF Core makes them parameters and keeps one query plan.
        var bound = Expression.Constant(new { place.At, place.Id });
        var row = Expression.Parameter(typeof(TRow), "row");
        var moment = new Put(at.Parameters[0], row).Visit(at.Body);
        Expression tie = source.CompareTo(place.Source) switch
        {
            < 0 => Expression.Constant(true),
            0 => Expression.LessThan(new Put(id.Parameters[0], row).Visit(id.Body), Expression.Property(bound, "Id")),
            _ => Expression.Constant(false),
        };
        var same = Expression.AndAlso(Expression.Equal(moment, Expression.Property(bound, "At")), tie);
        var before = Expression.OrElse(Expression.LessThan(moment, Expression.Property(bound, "At")), same);
        return rows.Where(Expression.Lambda<Func<TRow, bool>>(before, row));
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
        if (page.Any(each => each.App is not null) && DeviceWords.IsPersonal(device))
        {
            audit.Add(db, actor, "device.apps-read", device.Id.ToString());
            await db.SaveChangesAsync(cancellation);
        }
    }

    /// <summary>One run of an integration works at a time, so the moment of an app's event tells which run saw it.</summary>
    private static async Task<IReadOnlyList<RunSpan>> RunsOf(
        PicketDbContext db,
        Guid integration,
        List<HistoryEvent> page,
        CancellationToken cancellation
    )
    {
        var moments = page.Where(each => each.App is not null).Select(each => each.Place.At).ToList();
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

    private sealed class Put(ParameterExpression hole, Expression value) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == hole ? value : node;
    }
}
