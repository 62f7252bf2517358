using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Hunts;

/// <summary>From when to when devices had apps: each app by itself, and each time that it was there.</summary>
internal static class AppPeriods
{
    public static async Task<IReadOnlyList<(Guid Device, HuntPeriod Period)>> OfAsync(
        PicketDbContext db,
        AppQuarry quarry,
        IReadOnlyList<DeviceRow> devices,
        CancellationToken cancellation
    )
    {
        var (ids, rows) = (devices.Select(device => device.Id).ToList(), quarry.Apps.Rows);
        var held = await db
            .DeviceApps.AsNoTracking()
            .Where(row => rows.Contains(row.AppId) && ids.Contains(row.DeviceId))
            .ToListAsync(cancellation);
        var appIds = held.Select(row => row.AppId).Distinct().ToList();
        var names = await db
            .Apps.Where(app => appIds.Contains(app.Id) && !app.Hashed)
            .ToDictionaryAsync(app => app.Id, app => app.Identifier, cancellation);
        var readings = await ReadingsAsync(db, ids, cancellation);
        return
        [
            .. from device in devices
            let shown = quarry.ShownAt(device.IntegrationId)
            from app in held.Where(row => row.DeviceId == device.Id && shown.Contains(row.AppId))
                .GroupBy(row => NameOf(row.AppId), StringComparer.OrdinalIgnoreCase)
            from period in Of(device, app.Key, app, [.. readings[device.Id]])
            select (device.Id, period),
        ];

        string NameOf(Guid app) => names.GetValueOrDefault(app) ?? quarry.Names.GetValueOrDefault(app, "");
    }

    /// <summary>A presence that begins with the reading that ended another is the same app in another version.</summary>
    private static IEnumerable<HuntPeriod> Of(
        DeviceRow device,
        string name,
        IEnumerable<DeviceAppRow> presences,
        IReadOnlyList<DateTimeOffset> readings
    )
    {
        var joined = new List<List<DeviceAppRow>>();
        foreach (var row in presences.OrderBy(row => row.FirstSeenAt))
        {
            if (joined.Count > 0 && row.FirstSeenAt <= End(joined[^1]))
            {
                joined[^1].Add(row);
            }
            else
            {
                joined.Add([row]);
            }
        }

        DateTimeOffset? before = null;
        foreach (var period in joined)
        {
            var (from, until) = (period[0].FirstSeenAt, End(period));
            var last = period.MaxBy(row => row.GoneAt ?? DateTimeOffset.MaxValue)!;
            var goneBy = until < DateTimeOffset.MaxValue ? until : device.GoneAt;
            var lacked = readings.Where(at => at < from && CouldSee(device, period[0], at));
            yield return new HuntPeriod
            {
                Value = name,
                Version = last.Version,
                FirstSeenAt = from,
                NotBefore = lacked.Select(at => (DateTimeOffset?)at).Append(before).Max(),
                LastSeenAt = goneBy is null ? last.LastRead(device) : null,
                GoneBy = goneBy,
            };
            before = until;
        }
    }

    private static DateTimeOffset End(List<DeviceAppRow> period) =>
        period.Max(row => row.GoneAt ?? DateTimeOffset.MaxValue);

    /// <summary>Whether a reading that lacked the app says that it was not there.</summary>
    private static bool CouldSee(DeviceRow device, DeviceAppRow app, DateTimeOffset reading) =>
        app.Managed || (reading >= device.AppsWholeSince && reading <= device.AppsWholeAt);

    /// <summary>An app that came or went proves a reading of the list at that time.</summary>
    private static async Task<ILookup<Guid, DateTimeOffset>> ReadingsAsync(
        PicketDbContext db,
        List<Guid> devices,
        CancellationToken cancellation
    )
    {
        var rows = db.DeviceApps.AsNoTracking().Where(row => devices.Contains(row.DeviceId));
        var came = await rows.Select(row => new { row.DeviceId, At = row.FirstSeenAt })
            .Distinct()
            .ToListAsync(cancellation);
        var went = await rows.Where(row => row.GoneAt != null)
            .Select(row => new { row.DeviceId, At = row.GoneAt!.Value })
            .Distinct()
            .ToListAsync(cancellation);
        return came.Concat(went).ToLookup(reading => reading.DeviceId, reading => reading.At);
    }
}
