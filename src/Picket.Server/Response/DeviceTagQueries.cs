using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Brakes;
using Picket.Server.Drift;
using Picket.Server.Storage;

namespace Picket.Server.Response;

/// <summary>Picket's tags on one device: those that its verdict wants, and those that were read back from the UEM.</summary>
public sealed class DeviceTagQueries(PicketDatabase database, NeverTouchQueries never)
{
    private const int WritesThatMatter = 50;

    /// <returns>Null when there is no such device.</returns>
    public async Task<DeviceTagsView?> OfAsync(Visible visible, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var device = await db
            .Devices.Where(row => row.Id == id)
            .Select(row => new
            {
                row.IntegrationId,
                row.RemoteId,
                row.Level,
                row.GoneAt,
            })
            .SingleOrDefaultAsync(cancellation);
        if (device is null || !visible.Shows(device.IntegrationId))
        {
            return null;
        }

        var integration = await db
            .Integrations.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == device.IntegrationId, cancellation);
        var wanted =
            integration is not null && device.GoneAt is null
                ? TagLevels.NamesOf(integration).GetValueOrDefault(device.Level)
                : null;
        var carried = await (
            from held in db.DeviceTags
            join tag in db.OwnedTags on held.OwnedTagId equals tag.Id
            where held.RemoteId == device.RemoteId && tag.IntegrationId == device.IntegrationId
            select new { tag.Name, held.ConfirmedAt }
        ).ToListAsync(cancellation);
        var writes = await WritesAsync(db, device.IntegrationId, device.RemoteId, cancellation);
        var names = carried.Select(tag => tag.Name).Append(wanted).OfType<string>().Distinct();
        return new DeviceTagsView(
            integration?.WritingEnabled is true,
            [
                .. names
                    .OrderByDescending(name => name == wanted)
                    .ThenBy(name => name, StringComparer.Ordinal)
                    .Select(name => new DeviceTag(
                        name,
                        name == wanted,
                        carried.Find(tag => tag.Name == name)?.ConfirmedAt,
                        writes.GetValueOrDefault(name)
                    )),
            ]
        )
        {
            DriftId = await DriftedDevices.OfDeviceAsync(
                db,
                device.IntegrationId,
                device.RemoteId,
                device.Level,
                cancellation
            ),
            NeverTouched = await never.OfDeviceAsync(db, device.IntegrationId, device.RemoteId, visible, cancellation),
        };
    }

    /// <summary>Of each tag the newest write, by the tag's name.</summary>
    private static async Task<Dictionary<string, DeviceTagWrite>> WritesAsync(
        PicketDbContext db,
        Guid integration,
        int device,
        CancellationToken cancellation
    )
    {
        var found = await (
            from held in db.LedgerDevices.AsNoTracking()
            join entry in db.Ledger.AsNoTracking() on held.EntryId equals entry.Id
            where held.RemoteId == device && entry.IntegrationId == integration && entry.OwnedTagId != null
            orderby entry.Id descending
            select new { Held = held, Entry = entry }
        )
            .Take(WritesThatMatter)
            .ToListAsync(cancellation);
        return found
            .DistinctBy(write => write.Entry.Subject)
            .ToDictionary(
                write => write.Entry.Subject,
                write => new DeviceTagWrite(
                    write.Entry.Id,
                    write.Entry.Kind == LedgerKinds.AddTag,
                    LedgerEndpoints.State(write.Held.State, failed: 0),
                    write.Entry.ConfirmedAt ?? write.Entry.AnsweredAt ?? write.Entry.SentAt ?? write.Entry.WantedAt,
                    write.Held.ErrorCode ?? write.Entry.ErrorCode,
                    write.Held.Error ?? write.Entry.Error
                )
            );
    }
}
