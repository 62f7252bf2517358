using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Picket.Server.Storage;

namespace Picket.Server.Inventory;

/// <summary>The tables that a device's history is made of. A page reads no more rows of each than it can show.</summary>
/// <param name="last">The place before which the events stand; null for the newest.</param>
internal sealed class HistoryReading(PicketDbContext db, DeviceRow device, HistoryCursor? last, int take)
{
    public async Task<IEnumerable<HistoryEvent>> ChangesAsync(CancellationToken cancellation)
    {
        var rows = db.DeviceChanges.AsNoTracking().Where(row => row.DeviceId == device.Id);
        var found = await NewestAsync(rows, row => row.At, row => row.Id, HistorySource.Change, cancellation);
        return found.Select(HistoryEvent.Of);
    }

    /// <param name="visible">Presences of the apps that may be shown.</param>
    public async Task<IEnumerable<HistoryEvent>> AppsAsync(
        IQueryable<DeviceAppRow> visible,
        CancellationToken cancellation
    ) =>
        [
            .. await AppsAsync(visible, row => row.FirstSeenAt, HistorySource.AppCame, cancellation),
            .. await AppsAsync(
                visible.Where(row => row.GoneAt != null),
                row => row.GoneAt!.Value,
                HistorySource.AppGone,
                cancellation
            ),
        ];

    public async Task<IEnumerable<HistoryEvent>> FindingsAsync(CancellationToken cancellation)
    {
        var rows = db.Findings.AsNoTracking().Where(row => row.DeviceId == device.Id);
        var began = rows.Select(row => new FindingLine
        {
            Id = row.Id,
            At = row.FirstTrueAt,
            Title = row.Title,
            Level = row.Level,
        });
        var ended = rows.Where(row => row.ClearedAt != null)
            .Select(row => new FindingLine
            {
                Id = row.Id,
                At = row.ClearedAt!.Value,
                Title = row.Title,
                Level = row.Level,
            });
        return
        [
            .. (
                await NewestAsync(began, row => row.At, row => row.Id, HistorySource.FindingBegan, cancellation)
            ).Select(row => HistoryEvent.Of(row, HistorySource.FindingBegan)),
            .. (
                await NewestAsync(ended, row => row.At, row => row.Id, HistorySource.FindingEnded, cancellation)
            ).Select(row => HistoryEvent.Of(row, HistorySource.FindingEnded)),
        ];
    }

    public async Task<IEnumerable<HistoryEvent>> WrittenAsync(CancellationToken cancellation)
    {
        var rows =
            from held in db.LedgerDevices.AsNoTracking()
            join entry in db.Ledger on held.EntryId equals entry.Id
            where held.RemoteId == device.RemoteId && entry.IntegrationId == device.IntegrationId
            select new WrittenLine
            {
                Id = entry.Id,
                At = entry.ConfirmedAt ?? entry.AnsweredAt ?? entry.SentAt ?? entry.WantedAt,
                Kind = entry.Kind,
                Subject = entry.Subject,
                State = held.State,
            };
        var found = await NewestAsync(rows, row => row.At, row => row.Id, HistorySource.Written, cancellation);
        return found.Select(HistoryEvent.Of);
    }

    private async Task<IEnumerable<HistoryEvent>> AppsAsync(
        IQueryable<DeviceAppRow> rows,
        Expression<Func<DeviceAppRow, DateTimeOffset>> at,
        HistorySource source,
        CancellationToken cancellation
    )
    {
        var held = await NewestAsync(rows, at, row => row.Id, source, cancellation);
        var ids = held.Select(row => row.AppId).Distinct().ToList();
        var apps = await db
            .Apps.AsNoTracking()
            .Where(app => ids.Contains(app.Id))
            .ToDictionaryAsync(app => app.Id, cancellation);
        var moment = at.Compile();
        return held.Where(row => apps.ContainsKey(row.AppId))
            .Select(row => HistoryEvent.Of(moment(row), source, row, apps[row.AppId]));
    }

    private Task<List<TRow>> NewestAsync<TRow>(
        IQueryable<TRow> rows,
        Expression<Func<TRow, DateTimeOffset>> at,
        Expression<Func<TRow, Guid>> id,
        HistorySource source,
        CancellationToken cancellation
    ) => Before(rows, at, id, source).OrderByDescending(at).ThenByDescending(id).Take(take).ToListAsync(cancellation);

    private IQueryable<TRow> Before<TRow>(
        IQueryable<TRow> rows,
        Expression<Func<TRow, DateTimeOffset>> at,
        Expression<Func<TRow, Guid>> id,
        HistorySource source
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

    private sealed class Put(ParameterExpression hole, Expression value) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == hole ? value : node;
    }
}
