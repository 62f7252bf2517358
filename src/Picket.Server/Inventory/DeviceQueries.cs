using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Access;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Inventory;

/// <summary>Reads devices. Lists never count and never skip: a page costs the same wherever it lies.</summary>
public sealed class DeviceQueries(PicketDatabase database, PersonalApps personal)
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
        var rows = Filtered(db, filter).WhereVisible(visible, row => row.IntegrationId);
        var hunted = filter.App is { Length: > 0 } app
            ? await personal.HuntAsync(db, visible, app, actor, cancellation)
            : null;
        if (hunted is not null)
        {
            rows = WhereHolds(db, rows, hunted, visible);
        }

        var page = await rows.ToPageAsync(
            row => row.Id,
            Keyset.Parse(filter.Cursor),
            filter.Limit,
            row => row,
            cancellation
        );
        return new Page<DeviceSummary>(
            await SummariesAsync(db, page.Items, cancellation),
            page.Next,
            hunted is not null && visible.HidesPersonalApps ? PersonalApps.NotShown : null
        );
    }

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
