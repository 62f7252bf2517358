using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Deployment;
using Picket.Server.Access;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Deployment;

/// <summary>Publications, their funnels and devices, for whoever looks.</summary>
public sealed class PublicationQueries(PicketDatabase database)
{
    public async Task<Page<PublicationView>> ListAsync(
        Visible visible,
        PublicationFilter filter,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var rows = db.Publications.AsNoTracking().WhereVisible(visible, row => row.IntegrationId);
        if (filter.IntegrationId is { } integration)
        {
            rows = rows.Where(row => row.IntegrationId == integration);
        }

        if (filter.State is { } state)
        {
            rows = rows.Where(row => row.State == state);
        }

        var page = await rows.ToPageAsync(
            row => row.Id,
            Keyset.Parse(filter.Cursor),
            filter.Limit,
            row => row,
            cancellation,
            newestFirst: true
        );
        return new Page<PublicationView>(await ViewsAsync(db, page.Items, cancellation), page.Next);
    }

    public async Task<PublicationView?> GetAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var row = await db.Publications.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        return row is null ? null : (await ViewsAsync(db, [row], cancellation))[0];
    }

    public async Task<FunnelView?> FunnelAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var row = await db.Publications.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (row is null)
        {
            return null;
        }

        if (row.ReadAt is null)
        {
            return new FunnelView();
        }

        var counted = await db
            .PublicationDevices.Where(device => device.PublicationId == id)
            .GroupBy(device => new { device.Stage, device.Gap })
            .Select(group => new
            {
                group.Key.Stage,
                group.Key.Gap,
                Devices = group.Count(),
            })
            .ToListAsync(cancellation);
        var counts = counted
            .Select(each => new FunnelCount(each.Stage, each.Gap, each.Devices))
            .OrderBy(each => each.Stage)
            .ThenBy(each => each.Gap)
            .ToList();
        FunnelStage[] stages = [FunnelStage.InScope, FunnelStage.Assigned, FunnelStage.Installed];
        return new FunnelView
        {
            ReadAt = row.ReadAt,
            Stages = [.. stages.Select(stage => new StageCount((DeploymentStage)stage, Funnel.Reached(counts, stage)))],
            Gaps =
            [
                .. counts.Select(each => new GapCount(
                    (DeploymentStage)each.Stage,
                    (DeploymentGap)each.Gap,
                    each.Devices,
                    FunnelTexts.Reason(each.Gap),
                    FunnelTexts.Remedy(each.Gap)
                )),
            ],
        };
    }

    /// <returns>Null when there is no such publication.</returns>
    public async Task<Page<PublicationDeviceView>?> DevicesAsync(
        Guid id,
        PublicationDeviceFilter filter,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var publication = await db.Publications.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (publication is null)
        {
            return null;
        }

        var rings = await db
            .PublicationRings.Where(row => row.PublicationId == id)
            .ToDictionaryAsync(row => row.Number, row => row.Name, cancellation);
        var page = await Filtered(db, publication, filter, rings)
            .ToPageAsync(row => row.Id, Keyset.Parse(filter.Cursor), filter.Limit, row => row, cancellation);
        var numbers = page.Items.Select(row => row.RemoteId).ToList();
        var devices = await db
            .Devices.AsNoTracking()
            .Where(row => row.IntegrationId == publication.IntegrationId && numbers.Contains(row.RemoteId))
            .Select(row => new
            {
                row.RemoteId,
                row.Id,
                row.FriendlyName,
            })
            .ToDictionaryAsync(row => row.RemoteId, cancellation);
        return new Page<PublicationDeviceView>(
            [
                .. page.Items.Select(row => new PublicationDeviceView
                {
                    DeviceId = devices.GetValueOrDefault(row.RemoteId)?.Id,
                    UemId = row.RemoteId,
                    FriendlyName = devices.GetValueOrDefault(row.RemoteId)?.FriendlyName,
                    Ring = rings.GetValueOrDefault(row.Ring, ""),
                    Stage = (DeploymentStage)row.Stage,
                    Gap = (DeploymentGap)row.Gap,
                    UemReason = row.UemReason,
                }),
            ],
            page.Next
        );
    }

    private static IQueryable<PublicationDeviceRow> Filtered(
        PicketDbContext db,
        PublicationRow publication,
        PublicationDeviceFilter filter,
        Dictionary<int, string> rings
    )
    {
        var rows = db.PublicationDevices.AsNoTracking().Where(row => row.PublicationId == publication.Id);
        if (filter.Stage is { } stage)
        {
            rows = rows.Where(row => row.Stage == (FunnelStage)stage);
        }

        if (filter.Reached is { } reached)
        {
            rows = rows.Where(row => row.Stage >= (FunnelStage)reached);
        }

        if (filter.Gap is { } gap)
        {
            rows = rows.Where(row => row.Gap == (FunnelGap)gap);
        }

        if (filter.Ring is { } ring)
        {
            var numbers = rings.Where(each => each.Value == ring).Select(each => each.Key).ToList();
            rows = rows.Where(row => numbers.Contains(row.Ring));
        }

        return filter.Worsened is true ? rows.Where(row => row.Worsened) : rows;
    }

    private static async Task<List<PublicationView>> ViewsAsync(
        PicketDbContext db,
        IReadOnlyList<PublicationRow> rows,
        CancellationToken cancellation
    )
    {
        var ids = rows.Select(row => row.Id).ToList();
        var rings = await db
            .PublicationRings.AsNoTracking()
            .Where(row => ids.Contains(row.PublicationId))
            .OrderBy(row => row.Number)
            .ToListAsync(cancellation);
        var of = rings.ToLookup(row => row.PublicationId);
        return [.. rows.Select(row => Of(row, of[row.Id]))];
    }

    private static PublicationView Of(PublicationRow row, IEnumerable<PublicationRingRow> rings) =>
        new()
        {
            Id = row.Id,
            IntegrationId = row.IntegrationId,
            Name = row.Name,
            AppUuid = row.AppUuid,
            AppName = row.AppName,
            BundleId = row.BundleId,
            Kind = row.Kind,
            Delivery = row.Delivery,
            PreventRemoval = row.PreventRemoval,
            DeviceLicences = row.DeviceLicences,
            Configuration = PublicationJson.KeysOf(row.Configuration),
            Rules = new RingRuleSet
            {
                WatchMinutes = row.WatchMinutes,
                DeadlineHours = row.DeadlineHours,
                InstalledPercent = row.InstalledPercent,
                FailedPercent = row.FailedPercent,
                WorsenedPercent = row.WorsenedPercent,
            },
            State = row.State,
            Reason = row.Reason,
            TakingBack = row.TakingBack,
            ForeignChange = PublicationJson.ForeignChangeOf(row.ForeignChange),
            Rings = [.. rings.Select(ring => Of(row, ring))],
            ReadAt = row.ReadAt,
            MadeAt = row.MadeAt,
            StartedAt = row.StartedAt,
            GoesOnAt = row.GoesOnAt,
            EndedAt = row.EndedAt,
        };

    private static RingView Of(PublicationRow publication, PublicationRingRow ring) =>
        new()
        {
            Name = ring.Name,
            SmartGroups =
            [
                .. RingGroups
                    .Of(ring)
                    .Where(group => !group.OfUsers)
                    .Select(group => new RingSmartGroup(group.Uuid ?? Guid.Empty, group.Name)),
            ],
            UserGroups = [.. RingGroups.OfUsers(ring).Select(group => group.Name)],
            SharePercent = ring.SharePercent,
            MadeGroup = ring.MadeGroupUuid is { } made
                ? new MadeSmartGroup(made, PublicationJson.NameOf(publication, ring), ring.MadeGroupDevices ?? 0)
                : null,
            State = ring.State,
            BeganAt = ring.BeganAt,
            Assigned = ring.Assigned,
            Installed = ring.Installed,
            Failed = ring.Failed,
            Worsened = ring.Worsened,
        };
}
