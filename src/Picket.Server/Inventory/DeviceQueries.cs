using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Inventory;

/// <param name="Pages">In the order of the list.</param>
/// <param name="Note">What is not among them.</param>
internal sealed record TakenDevices(IAsyncEnumerable<IReadOnlyList<DeviceSummary>> Pages, string? Note);

/// <summary>Reads devices. Lists never count and never skip: a page costs the same wherever it lies.</summary>
public sealed class DeviceQueries(PicketDatabase database, PersonalApps personal, AuditLog audit)
{
    /// <param name="actor">Who asks: to be named where personal apps are part of the answer.</param>
    public async Task<Page<DeviceSummary>> ListAsync(
        Visible visible,
        DeviceFilter filter,
        string actor,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var hunted = await HuntAsync(db, visible, filter, actor, cancellation);
        var page = await PageAsync(db, visible, filter, hunted, Keyset.Parse(filter.Cursor), cancellation);
        return page with { Note = Note(visible, hunted) };
    }

    /// <summary>
    /// All that a filter asks for, to be taken away as a file. Who takes it, and how much, is in the audit before the
    /// first of them is read.
    /// </summary>
    internal async Task<TakenDevices> TakeAsync(
        Visible visible,
        DeviceFilter filter,
        string actor,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var hunted = await HuntAsync(db, visible, filter, actor, cancellation);
        var count = await Rows(db, visible, filter, hunted).CountAsync(cancellation);
        audit.Add(db, actor, "devices.exported", after: new { Devices = count, Filter = Told(filter) });
        await db.SaveChangesAsync(cancellation);
        return new(AllAsync(visible, filter, hunted, cancellation), Note(visible, hunted));
    }

    /// <summary>Page by page: a reading that is as slow as whoever takes the file would keep the database from tidying up.</summary>
    private async IAsyncEnumerable<IReadOnlyList<DeviceSummary>> AllAsync(
        Visible visible,
        DeviceFilter filter,
        HuntedApp? hunted,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        Page<DeviceSummary>? page = null;
        do
        {
            await using var db = database.Open();
            page = await PageAsync(
                db,
                visible,
                filter with
                {
                    Limit = Paging.MaxLimit,
                },
                hunted,
                Keyset.Parse(page?.Next),
                cancellation
            );
            yield return page.Items;
        } while (page.Next is not null);
    }

    /// <summary>The filter as the audit keeps it. A text that was searched for may be a name, and the audit forgets none (law 8).</summary>
    private static Dictionary<string, object> Told(DeviceFilter filter) =>
        new (string Name, object? Value)[]
        {
            (nameof(filter.IntegrationId), filter.IntegrationId),
            (nameof(filter.Level), filter.Level?.ToString()),
            (nameof(filter.Platform), filter.Platform),
            (nameof(filter.OrganizationGroup), filter.OrganizationGroup),
            (nameof(filter.Ownership), filter.Ownership?.ToString()),
            (nameof(filter.Finding), filter.Finding),
            (nameof(filter.App), filter.App),
            (nameof(filter.Cve), filter.Cve),
            (nameof(filter.Search), string.IsNullOrWhiteSpace(filter.Search) ? null : "(not kept)"),
        }
            .Where(each => each.Value is not null)
            .ToDictionary(each => each.Name, each => each.Value!);

    private async Task<HuntedApp?> HuntAsync(
        PicketDbContext db,
        Visible visible,
        DeviceFilter filter,
        string actor,
        CancellationToken cancellation
    ) => filter.App is { Length: > 0 } app ? await personal.HuntAsync(db, visible, app, actor, cancellation) : null;

    private IQueryable<DeviceRow> Rows(PicketDbContext db, Visible visible, DeviceFilter filter, HuntedApp? hunted)
    {
        var rows = Filtered(db, filter).WhereVisible(visible, row => row.IntegrationId);
        return hunted is null ? rows : WhereHolds(db, rows, hunted, visible);
    }

    private async Task<Page<DeviceSummary>> PageAsync(
        PicketDbContext db,
        Visible visible,
        DeviceFilter filter,
        HuntedApp? hunted,
        Guid? after,
        CancellationToken cancellation
    )
    {
        var page = await Rows(db, visible, filter, hunted)
            .ToPageAsync(row => row.Id, after, filter.Limit, row => row, cancellation);
        return new Page<DeviceSummary>(await SummariesAsync(db, page.Items, cancellation), page.Next);
    }

    private static string? Note(Visible visible, HuntedApp? hunted) =>
        hunted is not null && visible.HidesPersonalApps ? PersonalApps.NotShown : null;

    /// <returns>Null when there is no such device. One that left the fleet is still shown.</returns>
    public async Task<DeviceView?> GetAsync(Visible visible, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var row = await db.Devices.AsNoTracking().SingleOrDefaultAsync(device => device.Id == id, cancellation);
        if (row is null || !visible.Shows(row.IntegrationId))
        {
            return null;
        }

        var summary = (await SummariesAsync(db, [row], cancellation))[0];
        var findings = await db
            .Findings.AsNoTracking()
            .Where(finding => finding.DeviceId == id && finding.ClearedAt == null)
            .OrderByDescending(finding => finding.Level)
            .ThenBy(finding => finding.Id)
            .ToListAsync(cancellation);
        var tags = await (
            from held in db.DeviceTags
            join tag in db.OwnedTags on held.OwnedTagId equals tag.Id
            where held.RemoteId == row.RemoteId && tag.IntegrationId == row.IntegrationId
            orderby tag.Name
            select tag.Name
        ).ToListAsync(cancellation);
        return DeviceViews.Of(row, summary, findings, tags);
    }

    /// <summary>The named devices as lists show them, by their ids; what is not visible or not there is left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, DeviceSummary>> SummariesAsync(
        Visible visible,
        IReadOnlyList<Guid> ids,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var rows = await db
            .Devices.AsNoTracking()
            .Where(row => ids.Contains(row.Id) && row.GoneAt == null)
            .WhereVisible(visible, row => row.IntegrationId)
            .ToListAsync(cancellation);
        return (await SummariesAsync(db, rows, cancellation)).ToDictionary(device => device.Id);
    }

    private IQueryable<DeviceRow> Filtered(PicketDbContext db, DeviceFilter filter)
    {
        var rows = db.Devices.AsNoTracking().Where(row => row.GoneAt == null);
        if (filter.IntegrationId is { } integration)
        {
            rows = rows.Where(row => row.IntegrationId == integration);
        }

        if (filter.Level is { } level)
        {
            var asked = (RiskLevel)level;
            rows = rows.Where(row => row.Level == asked);
        }

        if (filter.Platform is { Length: > 0 } platform)
        {
            rows = rows.WherePlatform(platform);
        }

        if (filter.WithoutGroup is true)
        {
            rows = rows.Where(row => row.OrganizationGroupId == null);
        }

        if (filter.Ownership is { } ownership)
        {
            rows = rows.WhereOwnership(ownership);
        }

        if (filter.Finding is { Length: > 0 } kind)
        {
            rows = rows.Where(row =>
                db.Findings.Any(finding =>
                    finding.DeviceId == row.Id && finding.Kind == kind && finding.ClearedAt == null
                )
            );
        }

        if (filter.Cve is { Length: > 0 } cve)
        {
            var named = $"\"cve\":\"{cve.Trim().ToUpperInvariant()}\"";
            rows = rows.Where(row =>
                db.Findings.Any(finding =>
                    finding.DeviceId == row.Id
                    && finding.Kind == FindingKinds.OsExploited.Id
                    && finding.ClearedAt == null
                    && finding.Detail.Contains(named)
                )
            );
        }

        return InGroup(db, rows, filter.OrganizationGroup)
            .WhereStartsWith(
                database,
                filter.Search,
                row => row.FriendlyName,
                row => row.SerialNumber,
                row => row.UserName
            );
    }

    private static IQueryable<DeviceRow> WhereHolds(
        PicketDbContext db,
        IQueryable<DeviceRow> rows,
        HuntedApp app,
        Visible visible
    )
    {
        if (!visible.HidesPersonalApps)
        {
            return rows.Where(row =>
                db.DeviceApps.Any(held =>
                    app.Rows.Contains(held.AppId) && held.DeviceId == row.Id && held.GoneAt == null
                )
            );
        }

        var open = visible.PersonalApps!;
        return rows.WhereAppsAreVisible(visible)
            .Where(row =>
                db.DeviceApps.Any(held =>
                    app.Rows.Contains(held.AppId)
                    && (app.InClear.Contains(held.AppId) || open.Contains(row.IntegrationId))
                    && held.DeviceId == row.Id
                    && held.GoneAt == null
                )
            );
    }

    private static IQueryable<DeviceRow> InGroup(PicketDbContext db, IQueryable<DeviceRow> rows, string? group)
    {
        if (string.IsNullOrWhiteSpace(group))
        {
            return rows;
        }

        int? number = int.TryParse(group, out var parsed) ? parsed : null;
        Guid? uuid = Guid.TryParse(group, out var id) ? id : null;
        return rows.Where(row =>
            (number != null && row.OrganizationGroupId == number)
            || db.OrganizationGroups.Any(og =>
                og.IntegrationId == row.IntegrationId
                && og.RemoteId == row.OrganizationGroupId
                && (og.Name == group || og.GroupCode == group || (uuid != null && og.RemoteUuid == uuid))
            )
        );
    }

    private static async Task<IReadOnlyList<DeviceSummary>> SummariesAsync(
        PicketDbContext db,
        IReadOnlyList<DeviceRow> rows,
        CancellationToken cancellation
    )
    {
        var ids = rows.Select(row => row.Id).ToList();
        var found = await db
            .Findings.Where(finding => ids.Contains(finding.DeviceId) && finding.ClearedAt == null)
            .Select(finding => finding.DeviceId)
            .ToListAsync(cancellation);
        var findings = found.CountBy(id => id).ToDictionary();
        var groups = await GroupNames.OfAsync(db, rows.Select(row => row.IntegrationId), cancellation);
        return
        [
            .. rows.Select(row =>
                DeviceViews.Summary(
                    row,
                    groups.Of(row.IntegrationId, row.OrganizationGroupId),
                    findings.GetValueOrDefault(row.Id)
                )
            ),
        ];
    }
}
