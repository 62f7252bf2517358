using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Inventory;

/// <param name="Page">Null where the device is an employee's and its apps are not to be shown.</param>
public sealed record DeviceApps(Page<DeviceAppView>? Page);

/// <summary>The apps of one device, now and before.</summary>
public sealed class DeviceAppQueries(PicketDatabase database, AuditLog audit)
{
    private const string Hidden = "Personal apps are kept as keyed hashes; they have no name here.";

    /// <summary>Who looks at the apps of an employee's device leaves a trace. Unknown ownership counts as theirs.</summary>
    /// <param name="gone">Only those that are gone, or only those that are there; null for both.</param>
    /// <returns>Null when there is no such device.</returns>
    public async Task<DeviceApps?> AppsAsync(
        Visible visible,
        Guid device,
        string actor,
        bool? gone,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var row = await db.Devices.AsNoTracking().SingleOrDefaultAsync(found => found.Id == device, cancellation);
        if (row is null || !visible.Shows(row.IntegrationId))
        {
            return null;
        }

        var all = visible.ShowsPersonalApps(row.IntegrationId);
        if (DeviceWords.IsPersonal(row))
        {
            if (!all)
            {
                return new(null);
            }

            audit.Add(db, actor, "device.apps-read", device.ToString());
            await db.SaveChangesAsync(cancellation);
        }

        var lines =
            from held in db.DeviceApps.AsNoTracking()
            join app in db.Apps on held.AppId equals app.Id
            where held.DeviceId == device
            select new Line
            {
                Id = held.Id,
                Held = held,
                App = app,
            };
        if (!all)
        {
            lines = lines.Where(line => !line.App.Hashed);
        }

        if (gone is { } left)
        {
            lines = lines.Where(line => line.Held.GoneAt != null == left);
        }

        var hidden = false;
        var page = await lines.ToPageAsync(
            line => line.Id,
            Keyset.Parse(cursor),
            limit,
            line =>
            {
                hidden |= line.App.Hashed;
                return View(line, row);
            },
            cancellation
        );
        return new(
            !all && await PersonalApps.AreOnAsync(db, device, cancellation)
                ? page with
                {
                    Note = PersonalApps.NotShownOfDevice,
                }
            : hidden ? page with { Note = Hidden }
            : page
        );
    }

    private static DeviceAppView View(Line line, DeviceRow device) =>
        new(
            line.App.Hashed ? null : line.App.Identifier,
            line.App.Hashed ? null : line.App.Name,
            line.App.Hashed ? null : line.Held.Version,
            line.Held.Managed,
            line.Held.FirstSeenAt,
            line.Held.LastRead(device),
            line.Held.GoneAt
        );

    private sealed class Line
    {
        public required Guid Id { get; init; }
        public required DeviceAppRow Held { get; init; }
        public required AppRow App { get; init; }
    }
}
