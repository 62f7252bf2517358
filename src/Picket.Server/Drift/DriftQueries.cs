using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Inventory;
using Picket.Server.Storage;
using CoreState = Picket.Core.Response.DriftState;

namespace Picket.Server.Drift;

/// <summary>What others changed, for endpoints and pages.</summary>
public sealed class DriftQueries(PicketDatabase database)
{
    public async Task<Page<DriftView>> ListAsync(Visible visible, DriftFilter filter, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var rows = db.Drift.AsNoTracking().WhereVisible(visible, row => row.IntegrationId);
        if (filter.IntegrationId is { } integration)
        {
            rows = rows.Where(row => row.IntegrationId == integration);
        }

        if (filter.Lasting is { } lasting)
        {
            rows = rows.Where(row => row.EndedAt == null == lasting);
        }

        var page = await rows.ToPageAsync(
            row => row.Id,
            Keyset.Parse(filter.Cursor),
            filter.Limit,
            row => row,
            cancellation,
            newestFirst: true
        );
        return new Page<DriftView>(await ViewsAsync(db, page.Items, cancellation), page.Next);
    }

    /// <returns>Null when there is no such change.</returns>
    public async Task<DriftView?> OfAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db.Drift.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is { } row
            ? (await ViewsAsync(db, [row], cancellation))[0]
            : null;
    }

    /// <returns>In the order of the UEM's numbers; null when there is no such change.</returns>
    public async Task<Page<DriftDevice>?> DevicesAsync(
        Guid id,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        if (await db.Drift.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is not { } drift)
        {
            return null;
        }

        var (after, take) = (After(cursor), Keyset.Limit(limit));
        var rows = await db
            .DriftDevices.AsNoTracking()
            .Where(row => row.DriftId == id && row.RemoteId > after)
            .OrderBy(row => row.RemoteId)
            .Take(take + 1)
            .ToListAsync(cancellation);
        var numbers = rows.ConvertAll(row => row.RemoteId);
        var devices = await db
            .Devices.AsNoTracking()
            .Where(row => row.IntegrationId == drift.IntegrationId && row.GoneAt == null)
            .Where(row => numbers.Contains(row.RemoteId))
            .ToDictionaryAsync(row => row.RemoteId, cancellation);
        return new Page<DriftDevice>(
            [.. rows.Take(take).Select(row => View(row, devices.GetValueOrDefault(row.RemoteId)))],
            rows.Count > take ? rows[take - 1].RemoteId.ToString(CultureInfo.InvariantCulture) : null
        );
    }

    private static DriftDevice View(DriftDeviceRow row, DeviceRow? device) =>
        new(
            device?.Id,
            row.RemoteId,
            device is null ? null : DeviceViews.Name(device),
            row.SeenAt,
            row.EndedAt,
            (Api.DriftState)(int)row.Became
        );

    private static async Task<IReadOnlyList<DriftView>> ViewsAsync(
        PicketDbContext db,
        IReadOnlyList<DriftRow> rows,
        CancellationToken cancellation
    )
    {
        var tags = rows.Select(row => row.OwnedTagId).OfType<Guid>().ToList();
        var tagNames = await db
            .OwnedTags.Where(row => tags.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, row => row.Name, cancellation);
        var ids = rows.Select(row => row.Id).ToList();
        var counts = await db
            .DriftDevices.Where(row => ids.Contains(row.DriftId))
            .GroupBy(row => row.DriftId)
            .Select(one => new
            {
                one.Key,
                All = one.Count(),
                Lasting = one.Count(row => row.EndedAt == null),
            })
            .ToDictionaryAsync(one => one.Key, cancellation);
        var people = await AuditNames.OfAsync(db, rows.Select(row => row.DecidedBy).OfType<string>(), cancellation);
        return
        [
            .. rows.Select(row => new DriftView
            {
                Id = row.Id,
                IntegrationId = row.IntegrationId,
                Kind = (Api.DriftKind)(int)row.Kind,
                Tag = row.OwnedTagId is { } tag ? tagNames.GetValueOrDefault(tag, "") : "",
                NewName = row.NewName,
                SmartGroupId = row.SmartGroupId,
                SmartGroup = row.SmartGroup,
                CompliancePolicyId = row.CompliancePolicyId,
                CompliancePolicy = row.CompliancePolicy,
                Count = row.Count,
                Before = row.Before,
                Trouble = row.EndedAt is null ? row.Trouble : null,
                State = (Api.DriftState)(int)row.State,
                Asks = row.Asks,
                Fought = row.Fought,
                Devices = counts.GetValueOrDefault(row.Id)?.All ?? 0,
                Lasting = counts.GetValueOrDefault(row.Id)?.Lasting ?? 0,
                Since = row.Since,
                LastSeenAt = row.LastSeenAt,
                EndedAt = row.EndedAt,
                DecidedBy = row.DecidedBy is { } by ? people.GetValueOrDefault(by) : null,
                DecidedAt = row.DecidedAt,
                MayRepair = TagDrift.MayRepair(row.Kind, row.State, row.Asks, row.EndedAt is not null),
                MayAccept = row.State == CoreState.Open && row.EndedAt is null,
            }),
        ];
    }

    private static int After(string? cursor) =>
        string.IsNullOrEmpty(cursor) ? int.MinValue
        : int.TryParse(cursor, CultureInfo.InvariantCulture, out var device) ? device
        : throw new PagingMistakeException(
            "cursor",
            "This cursor is not one of Picket's. Take it from `next` of the page before."
        );
}
