using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Hosting;
using Picket.Server.Inventory.Users;
using Picket.Server.Storage;

namespace Picket.Server.Inventory;

/// <summary>
/// The apps of the fleet, and who has or had one. Personal apps are kept as hashes: only the exact id finds them, and a
/// list says how many devices it does not cover.
/// </summary>
public sealed class AppQueries(PicketDatabase database, PersonalApps personal, TimeProvider time)
{
    public async Task<Page<AppView>> ListAsync(Visible visible, ListFilter filter, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var held = db.DeviceApps.Where(row => row.GoneAt == null);
        var rows = db.Apps.AsNoTracking().Where(row => !row.Hashed);
        if (filter.IntegrationId is not null || visible.Integrations is not null)
        {
            held =
                from row in held
                join device in Devices(db, visible, filter.IntegrationId) on row.DeviceId equals device.Id
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
            await PersonalApps.NotCoveredAsync(db, visible, filter.IntegrationId, cancellation)
        );
    }

    /// <summary>Who has the app now, had it at a time, or had it at any time between two.</summary>
    /// <param name="actor">Who asks: to be named where personal apps are part of the answer.</param>
    public async Task<Page<AppHolder>> HoldersAsync(
        Visible visible,
        string appId,
        HolderFilter filter,
        string actor,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var app = await personal.HuntAsync(db, visible, appId, actor, cancellation);
        var held = db.DeviceApps.AsNoTracking().Where(row => app.Rows.Contains(row.AppId));
        var devices = Devices(db, visible, filter.IntegrationId).WhereAppsAreVisible(visible);

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

        var lines = Lines(held, devices);
        if (visible.HidesPersonalApps)
        {
            var open = visible.PersonalApps!;
            lines = lines.Where(line =>
                app.InClear.Contains(line.Held.AppId) || open.Contains(line.Device.IntegrationId)
            );
        }

        var page = await lines.ToPageAsync(
            line => line.Id,
            Keyset.Parse(filter.Cursor),
            filter.Limit,
            line => line,
            cancellation
        );
        var users = await UserIds.OfAsync(db, page.Items.Select(line => line.Device), cancellation);
        return new Page<AppHolder>(
            [.. page.Items.Select(line => View(line) with { UserId = users.Of(line.Device) })],
            page.Next,
            visible.HidesPersonalApps ? PersonalApps.NotShown : null
        );
    }

    /// <summary>Since when each app is known at the visible integrations.</summary>
    internal static async Task<IReadOnlyDictionary<Guid, DateTimeOffset>> FirstSeenAsync(
        PicketDbContext db,
        Visible visible,
        IReadOnlyList<AppRow> apps,
        CancellationToken cancellation
    )
    {
        if (visible.Integrations is null)
        {
            return apps.ToDictionary(app => app.Id, app => app.FirstSeenAt);
        }

        var ids = apps.Select(app => app.Id).ToList();
        var times = await Lines(db.DeviceApps.Where(row => ids.Contains(row.AppId)), Devices(db, visible, null))
            .Select(line => new { line.Held.AppId, line.Held.FirstSeenAt })
            .ToListAsync(cancellation);
        return times.GroupBy(time => time.AppId).ToDictionary(app => app.Key, app => app.Min(time => time.FirstSeenAt));
    }

    private static IQueryable<DeviceRow> Devices(PicketDbContext db, Visible visible, Guid? integration)
    {
        var devices = db.Devices.WhereVisible(visible, row => row.IntegrationId);
        return integration is { } only ? devices.Where(row => row.IntegrationId == only) : devices;
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
            line.Held.LastRead(line.Device),
            line.Held.GoneAt ?? line.Device.GoneAt
        );

    private sealed class Line
    {
        public required Guid Id { get; init; }
        public required DeviceAppRow Held { get; init; }
        public required DeviceRow Device { get; init; }
    }
}
