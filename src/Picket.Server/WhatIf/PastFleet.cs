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
/// The fleet with its past, read in parts, each with a handful of queries. Of the apps only those are kept that can matter
/// on a side of the trial: of a fleet's millions of rows mostly a few thousand.
/// </summary>
internal sealed class PastFleet
{
    private const int Size = 4000;

    /// <summary>Of so many the database is asked by their ids; of more it is quicker to look through a device's apps.</summary>
    private const int MostNamed = 2000;

    private readonly PicketDbContext db;
    private readonly DateTimeOffset firstDay;
    private readonly Dictionary<Guid, AppOnDevice> relevant = [];

    private PastFleet(PicketDbContext db, DateTimeOffset firstDay) => (this.db, this.firstDay) = (db, firstDay);

    public static async Task<PastFleet> OpenAsync(
        PicketDbContext db,
        IReadOnlyList<RiskContext> sides,
        DateTimeOffset firstDay,
        CancellationToken cancellation
    )
    {
        var fleet = new PastFleet(db, firstDay);
        await fleet.LoadAppsAsync([.. sides.Select(side => new RelevantApps(side))], cancellation);
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
        var apps = await AppsAsync(first, last, cancellation);
        var listed = await WithAnyAppAsync(first, last, cancellation);
        var (changed, found) = (changes.ToLookup(row => row.DeviceId), findings.ToLookup(row => row.DeviceId));
        return devices.ConvertAll(device => new PastDevice(
            device,
            new PastRows([.. changed[device.Id]], [.. apps[device.Id]], [.. found[device.Id]])
            {
                HasApps = listed.Contains(device.Id),
            },
            firstDay
        ));
    }

    /// <summary>
    /// Which apps can matter. With a pattern that is new every hashed app can, so their rows are read part by part, too.
    /// </summary>
    private async Task LoadAppsAsync(IReadOnlyList<RelevantApps> sides, CancellationToken cancellation)
    {
        await foreach (var row in db.Apps.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellation))
        {
            var app = DeviceFactsOf.App(row, version: null, managed: false);
            if (sides.Any(side => AppMatching.PlatformsOf(row).Any(platform => side.Matters(platform, app))))
            {
                relevant[row.Id] = app;
            }
        }
    }

    private async Task<ILookup<Guid, PastApp>> AppsAsync(Guid first, Guid last, CancellationToken cancellation)
    {
        var rows = db
            .DeviceApps.AsNoTracking()
            .Where(row => row.DeviceId >= first && row.DeviceId <= last)
            .Where(row => row.GoneAt == null || row.GoneAt > firstDay);
        if (relevant.Count <= MostNamed)
        {
            var named = relevant.Keys.ToList();
            rows = rows.Where(row => named.Contains(row.AppId));
        }

        var found = new List<DeviceAppRow>();
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (relevant.ContainsKey(row.AppId))
            {
                found.Add(row);
            }
        }

        return found.ToLookup(row => row.DeviceId, row => new PastApp(relevant[row.AppId], row));
    }

    /// <summary>Whether a device has any app, and so a list, is a fact of its own.</summary>
    private Task<HashSet<Guid>> WithAnyAppAsync(Guid first, Guid last, CancellationToken cancellation) =>
        db
            .DeviceApps.Where(row => row.DeviceId >= first && row.DeviceId <= last && row.GoneAt == null)
            .Select(row => row.DeviceId)
            .Distinct()
            .ToHashSetAsync(cancellation);
}
