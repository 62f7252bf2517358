using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Deployment;
using Picket.Core.Risk;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Deployment;

/// <summary>Reads how the app stands on the devices of a publication: one call for each ring, and one paged listing.</summary>
internal sealed class PublicationReading(PicketDatabase database, WorkspaceOneClient client, TimeProvider time)
{
    private const int Batch = 5000;
    private static readonly TimeSpan NotSeenFor = TimeSpan.FromDays(7);

    /// <returns>When it was read; null when the UEM's listing does not add up, and then nothing is taken from it.</returns>
    public async Task<DateTimeOffset?> ReadAsync(
        PublicationRow publication,
        Guid organizationGroup,
        IReadOnlyList<PublicationRingRow> rings,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        var scope = await PublicationScope.ReadAsync(database, client, publication, rings, cancellation);
        var listing = await client.Apps.Devices(publication.AppUuid, organizationGroup).ReadAllAsync(cancellation);
        if (!listing.Report.Complete || rings.Any(ring => IsBlank(ring, scope)))
        {
            return null;
        }

        var states = listing.Items.DistinctBy(each => each.DeviceId).ToDictionary(each => each.DeviceId);
        await SaveAsync(publication, scope, number => Row(publication, scope, states, number, now), now, cancellation);
        await CountAsync(publication, rings, cancellation);
        return now;
    }

    /// <summary>Keeps the verdicts of the rings' devices before the app comes to them.</summary>
    public async Task<PublicationScope> KeepVerdictsAsync(
        PublicationRow publication,
        IReadOnlyList<PublicationRingRow> rings,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        var scope = await PublicationScope.ReadAsync(database, client, publication, rings, cancellation);
        await SaveAsync(publication, scope, number => Row(publication, scope, null, number, now), now, cancellation);
        await CountAsync(publication, rings, cancellation);
        return scope;
    }

    /// <summary>The UEM evaluates a smart group in the background: none of the devices that it was made of is not "none".</summary>
    private static bool IsBlank(PublicationRingRow ring, PublicationScope scope) =>
        ring.MadeGroupDevices > 0 && scope.MembersOf[ring.Number].Count == 0;

    private static PublicationDeviceRow Row(
        PublicationRow publication,
        PublicationScope scope,
        Dictionary<int, UemAppDevice>? states,
        int number,
        DateTimeOffset now
    )
    {
        var state = states?.GetValueOrDefault(number);
        var ring = scope.RingOf[number];
        var app =
            states is null ? InstallState.NotRead
            : state is null ? InstallState.NotAssigned
            : InstallStates.Of(state.AssignmentStatus, state.InstalledStatus, state.LastAction);
        var place = Funnel.Place(
            new FunnelDevice(number)
            {
                Managed = scope.IsManaged(number),
                Supported = scope.Supports(number, publication.Platform),
                InRing = ring < publication.Begun,
                LastSeen = scope.Known.GetValueOrDefault(number)?.LastSeenAt,
                App = app,
            },
            NotSeenFor,
            now
        );
        return new PublicationDeviceRow
        {
            Id = PublicationDeviceRow.IdOf(publication.Id, number),
            PublicationId = publication.Id,
            RemoteId = number,
            Ring = ring,
            App = app,
            UemReason = state?.Reason is { Length: > 500 } text ? text[..500] : state?.Reason,
            Stage = place.Stage,
            Gap = place.Gap,
            SeenAt = now,
        };
    }

    /// <summary>A verdict is kept from when the device's ring began, or the device came into it.</summary>
    private async Task SaveAsync(
        PublicationRow publication,
        PublicationScope scope,
        Func<int, PublicationDeviceRow> rowOf,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var had = await db
            .PublicationDevices.AsNoTracking()
            .Where(row => row.PublicationId == publication.Id)
            .ToDictionaryAsync(row => row.RemoteId, cancellation);
        foreach (var numbers in scope.RingOf.Keys.Order().Chunk(Batch))
        {
            var rows = numbers.Select(rowOf).ToList();
            foreach (var row in rows)
            {
                var before = had.GetValueOrDefault(row.RemoteId);
                if (row.App == InstallState.NotRead && before is not null)
                {
                    (row.App, row.UemReason, row.Stage, row.Gap) = (
                        before.App,
                        before.UemReason,
                        before.Stage,
                        before.Gap
                    );
                }

                var level = scope.Known.GetValueOrDefault(row.RemoteId)?.Level;
                row.LevelThen = before?.LevelThen ?? (row.Ring < publication.Begun ? level : null);
                (row.Worsened, row.VerdictLost) = row.LevelThen is { } then and not RiskLevel.Unknown
                    ? (level > then, (level is null or RiskLevel.Unknown) && row.Gap != FunnelGap.NotManaged)
                    : (false, false);
            }

            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            await database.Bulk.UpsertAsync(db, rows, cancellation);
            await transaction.CommitAsync(cancellation);
        }

        await db
            .PublicationDevices.Where(row => row.PublicationId == publication.Id && row.SeenAt != now)
            .ExecuteDeleteAsync(cancellation);
    }

    private async Task CountAsync(
        PublicationRow publication,
        IReadOnlyList<PublicationRingRow> rings,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var devices = db.PublicationDevices.Where(row => row.PublicationId == publication.Id);
        var counted = await devices
            .GroupBy(row => new
            {
                row.Ring,
                row.Stage,
                row.Gap,
            })
            .Select(group => new
            {
                group.Key.Ring,
                group.Key.Stage,
                group.Key.Gap,
                Devices = group.Count(),
            })
            .ToListAsync(cancellation);
        var worse = await ByRingAsync(devices.Where(row => row.Worsened), cancellation);
        var lost = await ByRingAsync(devices.Where(row => row.VerdictLost), cancellation);
        // Of rings that have not begun too: devices can have the app from elsewhere, and the numbers add up to the funnel.
        foreach (var ring in rings)
        {
            var own = counted.Where(each => each.Ring == ring.Number).ToList();
            ring.Fitting = own.Where(each => each.Gap is not (FunnelGap.NotManaged or FunnelGap.PlatformNotSupported))
                .Sum(each => each.Devices);
            ring.Assigned = own.Where(each => each.Stage >= FunnelStage.Assigned).Sum(each => each.Devices);
            ring.Installed = own.Where(each => each.Stage >= FunnelStage.Installed).Sum(each => each.Devices);
            ring.Failed = own.Where(each => each.Gap == FunnelGap.Failed).Sum(each => each.Devices);
            ring.Worsened = worse.GetValueOrDefault(ring.Number);
            ring.VerdictsLost = lost.GetValueOrDefault(ring.Number);
        }
    }

    private static Task<Dictionary<int, int>> ByRingAsync(
        IQueryable<PublicationDeviceRow> devices,
        CancellationToken cancellation
    ) =>
        devices
            .GroupBy(row => row.Ring)
            .Select(group => new { Ring = group.Key, Devices = group.Count() })
            .ToDictionaryAsync(each => each.Ring, each => each.Devices, cancellation);
}
