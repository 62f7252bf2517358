using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Hosting;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Sync;

/// <summary>The rows behind the numbers of a run.</summary>
public sealed class RunRowQueries(PicketDatabase database)
{
    /// <returns>Null when there is no such run.</returns>
    /// <exception cref="PagingMistakeException">No run counts rows of that kind.</exception>
    public async Task<Page<RunRow>?> ListAsync(Guid id, RunRowFilter filter, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var run = await db.SyncRuns.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (run is null)
        {
            return null;
        }

        var kind = filter.Kind ?? "devices";
        var change = filter.Change ?? RunRowChange.Changed;
        var page = await Rows(db, run, kind, change)
            .ToPageAsync(row => row.Id, Keyset.Parse(filter.Cursor), filter.Limit, row => row, cancellation);
        var what = await WhatAsync(db, run, kind, change, page.Items, cancellation);
        return new Page<RunRow>(
            [.. page.Items.Select(row => new RunRow(row.Id, row.Shown, row.OfDevice, [.. what[row.Id]]))],
            page.Next
        );
    }

    private static IQueryable<Line> Rows(PicketDbContext db, SyncRunRow run, string kind, RunRowChange change) =>
        kind switch
        {
            "devices" => Devices(db, run, change),
            "details" => Details(db, run, change),
            "organizationGroups" => Listed(
                db,
                run,
                kind,
                change,
                Of(db.OrganizationGroups, run).Select(row => new Line { Id = row.Id, Name = row.Name })
            ),
            "administrators" => Listed(
                db,
                run,
                kind,
                change,
                Of(db.Administrators, run).Select(row => new Line { Id = row.Id, Name = row.UserName })
            ),
            "users" => Listed(
                db,
                run,
                kind,
                change,
                Of(db.Users, run).Select(row => new Line { Id = row.Id, Name = row.UserName })
            ),
            "userGroups" => Listed(
                db,
                run,
                kind,
                change,
                Of(db.UserGroups, run).Select(row => new Line { Id = row.Id, Name = row.Name })
            ),
            "smartGroups" => Listed(
                db,
                run,
                kind,
                change,
                Of(db.SmartGroups, run).Select(row => new Line { Id = row.Id, Name = row.Name })
            ),
            "tags" => Listed(
                db,
                run,
                kind,
                change,
                Of(db.Tags, run).Select(row => new Line { Id = row.Id, Name = row.Name })
            ),
            _ => throw new PagingMistakeException(
                "kind",
                $"No run counts rows of the kind \"{kind}\"; the kinds are the keys of `counts`."
            ),
        };

    private static IQueryable<Line> Devices(PicketDbContext db, SyncRunRow run, RunRowChange change)
    {
        var rows = db.Devices.AsNoTracking().Where(row => row.IntegrationId == run.IntegrationId);
        // What the reading of details changed is counted there.
        var changes = db.DeviceChanges.Where(each =>
            each.RunId == run.Id && !DeviceHistory.DetailNames.Contains(each.Attribute)
        );
        var came = changes.Where(each => each.Attribute == DeviceHistory.Presence && each.Before != null);
        var (first, end) = Span(run);
        var returned = came.Where(each => each.After == DeviceHistory.Present).Select(each => each.DeviceId);
        var left = came.Where(each => each.After != DeviceHistory.Present).Select(each => each.DeviceId);
        var changed = changes.Select(each => each.DeviceId);
        var missing = Traces(db, run, "devices", RunRowChange.Missing);
        rows = change switch
        {
            RunRowChange.Added => rows.Where(row => (row.Id >= first && row.Id < end) || returned.Contains(row.Id)),
            RunRowChange.Removed => rows.Where(row => left.Contains(row.Id)),
            RunRowChange.Changed => rows.Where(row =>
                changed.Contains(row.Id) && !returned.Contains(row.Id) && !left.Contains(row.Id)
            ),
            RunRowChange.Missing => rows.Where(row => missing.Contains(row.Id)),
            _ => rows.Where(row => false),
        };
        return Lines(rows);
    }

    private static IQueryable<Line> Details(PicketDbContext db, SyncRunRow run, RunRowChange change)
    {
        var rows = db.Devices.AsNoTracking().Where(row => row.IntegrationId == run.IntegrationId);
        var (from, to) = (run.StartedAt ?? DateTimeOffset.MaxValue, run.EndedAt ?? DateTimeOffset.MaxValue);
        var traces = Traces(db, run, "details", change);
        return Lines(
            change is RunRowChange.Read
                ? rows.Where(row => row.DetailsTriedAt >= from && row.DetailsTriedAt <= to)
                : rows.Where(row => traces.Contains(row.Id))
        );
    }

    private static IQueryable<Line> Lines(IQueryable<DeviceRow> rows) =>
        rows.Select(row => new Line
        {
            Id = row.Id,
            Name = row.FriendlyName ?? row.SerialNumber,
            RemoteId = row.RemoteId,
            OfDevice = true,
        });

    private static IQueryable<TRow> Of<TRow>(DbSet<TRow> rows, SyncRunRow run)
        where TRow : class, IListedRow => rows.AsNoTracking().Where(row => row.IntegrationId == run.IntegrationId);

    private static IQueryable<Line> Listed(
        PicketDbContext db,
        SyncRunRow run,
        string kind,
        RunRowChange change,
        IQueryable<Line> lines
    )
    {
        var (first, end) = Span(run);
        var traces = Traces(db, run, kind, change);
        return change is RunRowChange.Added
            ? lines.Where(line => (line.Id >= first && line.Id < end) || traces.Contains(line.Id))
            : lines.Where(line => traces.Contains(line.Id));
    }

    private static IQueryable<Guid> Traces(PicketDbContext db, SyncRunRow run, string kind, RunRowChange change) =>
        db
            .RunTraces.Where(trace => trace.RunId == run.Id && trace.Kind == kind && trace.Change == change)
            .Select(trace => trace.RowId);

    /// <summary>An id tells when its row was first seen; one run of an integration reads listings at a time.</summary>
    private static (Guid First, Guid End) Span(SyncRunRow run) =>
        (
            Keyset.FirstAt(run.StartedAt ?? DateTimeOffset.MaxValue),
            Keyset.FirstAt(run.EndedAt?.AddMilliseconds(1) ?? DateTimeOffset.MaxValue)
        );

    private static async Task<ILookup<Guid, RunRowPart>> WhatAsync(
        PicketDbContext db,
        SyncRunRow run,
        string kind,
        RunRowChange change,
        IReadOnlyList<Line> lines,
        CancellationToken cancellation
    )
    {
        var ids = lines.Select(line => line.Id).ToList();
        if (kind == "devices" && change is not RunRowChange.Missing)
        {
            var changes = await db
                .DeviceChanges.AsNoTracking()
                .Where(row => ids.Contains(row.DeviceId) && row.RunId == run.Id)
                .OrderBy(row => row.Id)
                .ToListAsync(cancellation);
            return changes.ToLookup(row => row.DeviceId, row => new RunRowPart(row.Attribute, row.Before, row.After));
        }

        if (kind == "details" && change is not RunRowChange.Read)
        {
            var traces = await db
                .RunTraces.AsNoTracking()
                .Where(row => row.RunId == run.Id && row.Kind == kind && row.Change == change)
                .Where(row => ids.Contains(row.RowId))
                .ToListAsync(cancellation);
            return traces.ToLookup(row => row.RowId, row => new RunRowPart("apps", null, $"{row.Apps}"));
        }

        return lines.Take(0).ToLookup(line => line.Id, _ => new RunRowPart("", null, null));
    }

    private sealed class Line
    {
        public Guid Id { get; init; }
        public string? Name { get; init; }
        public int RemoteId { get; init; }
        public bool OfDevice { get; init; }

        public string Shown => OfDevice ? DeviceViews.Name(Name, null, RemoteId) : Name ?? "";
    }
}
