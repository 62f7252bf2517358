using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Picket.Core.Devices;
using Picket.Core.Risk;
using Picket.Server.Access;
using Picket.Server.Intelligence;
using Picket.Server.Inventory;
using Picket.Server.Risk;
using Picket.Server.Storage;

namespace Picket.Server.WhatIf;

/// <summary>
/// The fleet with its past, read in parts, each with a handful of queries. Of the apps only those are read that can matter
/// on a side of the trial: of a fleet's millions of rows a few thousand.
/// </summary>
internal sealed class PastFleet
{
    private const int Size = 4000;

    private readonly PicketDbContext db;
    private readonly DateTimeOffset firstDay;
    private ILookup<Guid, PastApp> apps = Array.Empty<PastApp>().ToLookup(app => app.Row.DeviceId);

    private PastFleet(PicketDbContext db, DateTimeOffset firstDay) => (this.db, this.firstDay) = (db, firstDay);

    public static async Task<PastFleet> OpenAsync(
        PicketDbContext db,
        IReadOnlyList<RiskContext> sides,
        DateTimeOffset firstDay,
        CancellationToken cancellation
    )
    {
        var fleet = new PastFleet(db, firstDay);
        fleet.apps = await fleet.AppsAsync([.. sides.Select(side => new RelevantApps(side))], cancellation);
        return fleet;
    }

    /// <summary>Devices that are, or since the first day were, in the fleet.</summary>
    public async IAsyncEnumerable<IReadOnlyList<PastDevice>> ReadAsync(
        Visible visible,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var last = Guid.Empty;
        while (true)
        {
            var after = last;
            var devices = await db
                .Devices.AsNoTracking()
                .WhereVisible(visible, device => device.IntegrationId)
                .Where(device => device.Id > after && (device.GoneAt == null || device.GoneAt > firstDay))
                .OrderBy(device => device.Id)
                .Take(Size)
                .ToListAsync(cancellation);
            if (devices.Count == 0)
            {
                yield break;
            }

            last = devices[^1].Id;
            yield return await WithPastAsync(devices, cancellation);
        }
    }

    private async Task<IReadOnlyList<PastDevice>> WithPastAsync(List<DeviceRow> devices, CancellationToken cancellation)
    {
        var (first, last) = (devices[0].Id, devices[^1].Id);
        var changes = await db
            .DeviceChanges.AsNoTracking()
            .Where(change => change.DeviceId >= first && change.DeviceId <= last && change.At > firstDay)
            .OrderByDescending(change => change.At)
            .ToListAsync(cancellation);
        var findings = await db
            .Findings.AsNoTracking()
            .Where(finding => finding.DeviceId >= first && finding.DeviceId <= last)
            .Where(finding => finding.ClearedAt == null || finding.ClearedAt > firstDay)
            .ToListAsync(cancellation);
        var (changed, found) = (changes.ToLookup(row => row.DeviceId), findings.ToLookup(row => row.DeviceId));
        return devices.ConvertAll(device => new PastDevice(
            device,
            new PastRows([.. changed[device.Id]], [.. apps[device.Id]], [.. found[device.Id]]),
            firstDay
        ));
    }

    private async Task<ILookup<Guid, PastApp>> AppsAsync(
        IReadOnlyList<RelevantApps> sides,
        CancellationToken cancellation
    )
    {
        var known = new Dictionary<Guid, AppOnDevice>();
        await foreach (var row in db.Apps.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellation))
        {
            var app = DeviceFactsOf.App(row, version: null, managed: false);
            if (sides.Any(side => AppMatching.PlatformsOf(row).Any(platform => side.Matters(platform, app))))
            {
                known[row.Id] = app;
            }
        }

        var relevant = known.Keys.ToList();
        var rows = await db
            .DeviceApps.AsNoTracking()
            .Where(row => relevant.Contains(row.AppId) && (row.GoneAt == null || row.GoneAt > firstDay))
            .ToListAsync(cancellation);
        return rows.ToLookup(row => row.DeviceId, row => new PastApp(known[row.AppId], row));
    }
}
