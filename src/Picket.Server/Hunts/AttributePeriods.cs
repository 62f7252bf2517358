using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Hunts;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Hunts;

/// <summary>From when to when devices had a version, a patch level or a model that fits: each time by itself.</summary>
internal static class AttributePeriods
{
    private const int MostRuns = 2000;

    /// <param name="kept">Changes of devices before that may be deleted.</param>
    public static async Task<IReadOnlyList<(Guid Device, HuntPeriod Period)>> OfAsync(
        PicketDbContext db,
        AttributeQuarry quarry,
        IReadOnlyList<DeviceRow> devices,
        DateTimeOffset kept,
        CancellationToken cancellation
    )
    {
        var (ids, names) = (devices.Select(device => device.Id).ToList(), quarry.Attributes);
        var changes = (
            await db
                .DeviceChanges.AsNoTracking()
                .Where(change => ids.Contains(change.DeviceId) && names.Contains(change.Attribute))
                .ToListAsync(cancellation)
        ).ToLookup(change => (change.DeviceId, change.Attribute));
        var runs = await WholeRunsAsync(db, devices, cancellation);
        var found = new List<(Guid, HuntPeriod)>();
        foreach (var device in await OfPlatformAsync(db, quarry, devices, cancellation))
        {
            foreach (var name in names)
            {
                var spans = AttributeHistory.Spans(
                    HuntedAttributes.Current(device, name),
                    device.FirstSeenAt,
                    device.GoneAt,
                    kept,
                    changes[(device.Id, name)].Select(row => new AttributeChange(row.At, row.Before, row.After))
                );
                var periods = AttributeHistory.Fitting(spans, value => quarry.Values.Contains(value));
                found.AddRange(Of(device, periods, [.. runs[device.IntegrationId]]).Select(each => (device.Id, each)));
            }
        }

        return found;
    }

    private static IEnumerable<HuntPeriod> Of(
        DeviceRow device,
        IReadOnlyList<AttributeSpan> spans,
        IReadOnlyList<(DateTimeOffset Started, DateTimeOffset Ended)> runs
    )
    {
        DateTimeOffset? before = null;
        foreach (var span in spans)
        {
            var lacked = runs.Where(run => run.Ended <= span.From).Select(run => (DateTimeOffset?)run.Started);
            yield return new HuntPeriod
            {
                Value = span.Value ?? "",
                FirstSeenAt = span.From,
                NotBefore = span.SinceFirstReading ? null : lacked.Append(before).Max(),
                LastSeenAt = span.Until is null ? device.LastSeenAt : null,
                GoneBy = span.Until,
            };
            before = span.Until;
        }
    }

    /// <summary>The others are here for another part of the feed.</summary>
    private static async Task<IEnumerable<DeviceRow>> OfPlatformAsync(
        PicketDbContext db,
        AttributeQuarry quarry,
        IReadOnlyList<DeviceRow> devices,
        CancellationToken cancellation
    )
    {
        if (quarry.Platform is not { } platform)
        {
            return devices;
        }

        var ids = devices.Select(device => device.Id).ToList();
        var same = await db
            .Devices.Where(device => ids.Contains(device.Id))
            .WherePlatform(platform)
            .Select(device => device.Id)
            .ToHashSetAsync(cancellation);
        return devices.Where(device => same.Contains(device.Id));
    }

    /// <summary>A run that ended whole has read every device: what a later one saw first came after it began.</summary>
    private static async Task<ILookup<Guid, (DateTimeOffset Started, DateTimeOffset Ended)>> WholeRunsAsync(
        PicketDbContext db,
        IReadOnlyList<DeviceRow> devices,
        CancellationToken cancellation
    )
    {
        var integrations = devices.Select(device => device.IntegrationId).Distinct().ToList();
        var runs = await db
            .SyncRuns.AsNoTracking()
            .Where(run => integrations.Contains(run.IntegrationId) && run.Kind == RunKind.Full)
            .Where(run => run.State == RunState.Completed && run.StartedAt != null && run.EndedAt != null)
            .OrderByDescending(run => run.Id)
            .Take(MostRuns)
            .Select(run => new
            {
                run.IntegrationId,
                Started = run.StartedAt!.Value,
                Ended = run.EndedAt!.Value,
            })
            .ToListAsync(cancellation);
        return runs.ToLookup(run => run.IntegrationId, run => (run.Started, run.Ended));
    }
}
