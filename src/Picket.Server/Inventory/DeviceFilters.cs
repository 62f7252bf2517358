using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Access;
using Picket.Server.Inventory.Users;
using Picket.Server.Risk;
using Picket.Server.Storage;

namespace Picket.Server.Inventory;

/// <summary>A filter of devices as the database finds them.</summary>
internal static class DeviceFilters
{
    /// <summary>Devices of the fleet that fit.</summary>
    public static IQueryable<DeviceRow> Rows(
        PicketDbContext db,
        PicketDatabase database,
        DeviceFilter filter,
        DateTimeOffset now
    )
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

        if (filter.TaggedAs is { } tagged)
        {
            var carried = (RiskLevel)tagged;
            rows = rows.Where(row =>
                db.OwnedTags.Any(tag =>
                    tag.IntegrationId == row.IntegrationId
                    && tag.Level == carried
                    && db.DeviceTags.Any(held => held.OwnedTagId == tag.Id && held.RemoteId == row.RemoteId)
                )
            );
        }

        if (filter.Tag is { Length: > 0 } tagName)
        {
            rows = rows.Where(row =>
                db.OwnedTags.Any(tag =>
                    tag.IntegrationId == row.IntegrationId
                    && tag.Name == tagName
                    && db.DeviceTags.Any(held => held.OwnedTagId == tag.Id && held.RemoteId == row.RemoteId)
                )
            );
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

        if (filter.Lacks is { Length: > 0 } fact)
        {
            var named = FindingJson.NamesFact(fact, filter.Cause);
            rows = rows.Where(row => row.Unknowns!.Contains(named));
        }

        if (filter.FactAge is { } age && FactTimes.Named(filter.Fact) is { } aged)
        {
            rows = rows.WhereAged(aged, age, now);
        }

        if (filter.UserId is { } user)
        {
            rows = rows.WhereOf(db, user);
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

    /// <summary>Those that have an app, as far as it may be shown of them.</summary>
    public static IQueryable<DeviceRow> WhereHolds(
        this IQueryable<DeviceRow> rows,
        PicketDbContext db,
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
}
