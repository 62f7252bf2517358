using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Inventory;

/// <summary>
/// The apps of the fleet, and who has or had one. Personal apps are kept as hashes: only the exact id finds them, and a
/// list says how many devices it does not cover.
/// </summary>
public sealed class AppQueries(PicketDatabase database, PersonalApps personal, TimeProvider time)
{
    public async Task<Page<AppView>> ListAsync(ListFilter filter, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var held = db.DeviceApps.Where(row => row.GoneAt == null);
        var rows = db.Apps.AsNoTracking().Where(row => !row.Hashed);
        if (filter.IntegrationId is { } integration)
        {
            held =
                from row in held
                join device in db.Devices on row.DeviceId equals device.Id
                where device.IntegrationId == integration
                select row;
            rows = rows.Where(app => held.Any(row => row.AppId == app.Id));
        }

        var page = await rows.WhereStartsWith(database, filter.Search, row => row.Name, row => row.Identifier)
            .ToPageAsync(row => row.Id, Keyset.Parse(filter.Cursor), filter.Limit, row => row, cancellation);
        var ids = page.Items.Select(row => row.Id).ToList();
        // Counted for the page's apps alone, from the index; a device has at most one open presence of an app.
        var devices = await held.Where(row => ids.Contains(row.AppId))
            .GroupBy(row => row.AppId)
            .Select(group => new { group.Key, Devices = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Devices, cancellation);
        return new Page<AppView>(
            [
                .. page.Items.Select(row => new AppView(
                    row.Identifier,
                    row.Name,
                    row.Platform,
                    devices.GetValueOrDefault(row.Id)
                )),
            ],
            page.Next,
            await PersonalApps.NotCoveredAsync(db, filter.IntegrationId, cancellation)
        );
    }

    /// <summary>Who has the app now, had it at a time, or had it at any time between two.</summary>
    /// <param name="actor">Who asks: to be named where personal apps are part of the answer.</param>
    public async Task<Page<AppHolder>> HoldersAsync(
        string appId,
        HolderFilter filter,
        string actor,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var apps = await personal.HuntAsync(db, appId, actor, cancellation);
        var held = db.DeviceApps.AsNoTracking().Where(row => apps.Contains(row.AppId));
        var devices = db.Devices.AsQueryable();
        if (filter.IntegrationId is { } integration)
        {
            devices = devices.Where(row => row.IntegrationId == integration);
        }

        if (filter is { At: null, From: null, To: null })
        {
            held = held.Where(row => row.GoneAt == null);
            devices = devices.Where(row => row.GoneAt == null);
        }
        else
        {
            var from = filter.At ?? filter.From ?? DateTimeOffset.UnixEpoch;
            var to = filter.At ?? filter.To ?? time.GetUtcNow();
            held = held.Where(row => row.FirstSeenAt <= to && (row.GoneAt == null || row.GoneAt > from));
            devices = devices.Where(row => row.GoneAt == null || row.GoneAt > from);
        }

        return await Lines(held, devices)
            .ToPageAsync(line => line.Id, Keyset.Parse(filter.Cursor), filter.Limit, View, cancellation);
    }

    private static IQueryable<Line> Lines(IQueryable<DeviceAppRow> held, IQueryable<DeviceRow> devices) =>
        from row in held
        join device in devices on row.DeviceId equals device.Id
        select new Line
        {
            Id = row.Id,
            Held = row,
            Device = device,
        };

    private static AppHolder View(Line line) =>
        new(
            line.Device.Id,
            DeviceViews.Name(line.Device),
            line.Device.UserName,
            line.Held.Version,
            line.Held.FirstSeenAt,
            line.Held.GoneAt ?? line.Device.AppsReadAt ?? line.Held.FirstSeenAt,
            line.Held.GoneAt ?? line.Device.GoneAt
        );

    private sealed class Line
    {
        public required Guid Id { get; init; }
        public required DeviceAppRow Held { get; init; }
        public required DeviceRow Device { get; init; }
    }
}
