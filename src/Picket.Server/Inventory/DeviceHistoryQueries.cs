using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Inventory;

/// <summary>What changed on a device, newest first.</summary>
public sealed class DeviceHistoryQueries(PicketDatabase database)
{
    /// <returns>Null when there is no such device.</returns>
    public async Task<Page<HistoryEntry>?> ListAsync(
        Guid device,
        string? cursor,
        int? limit,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        if (!await db.Devices.AnyAsync(row => row.Id == device, cancellation))
        {
            return null;
        }

        var rows = db.DeviceChanges.AsNoTracking().Where(row => row.DeviceId == device);
        if (Keyset.Parse(cursor) is { } last)
        {
            rows = rows.Where(row => row.Id < last);
        }

        var take = Keyset.Limit(limit);
        var found = await rows.OrderByDescending(row => row.Id).Take(take + 1).ToListAsync(cancellation);
        var next = found.Count > take ? Keyset.Format(found[take - 1].Id) : null;
        return new Page<HistoryEntry>([.. found.Take(take).Select(View)], next);
    }

    private static HistoryEntry View(DeviceChangeRow row) =>
        new(row.At, Kind(row.Attribute), row.Attribute, row.Before, row.After, null);

    private static string Kind(string attribute) =>
        attribute switch
        {
            "verdict" or "level" => "Verdict",
            "tag" or "tags" => "Tag",
            _ => "Attribute",
        };
}
