using Microsoft.EntityFrameworkCore;
using Picket.Server.Storage;

namespace Picket.Server.Sync.Stages;

/// <summary>UEM ids of the devices that were listed: those of the scope, and those that lie outside of it.</summary>
internal sealed record ListedDevices(List<int> InScope, List<int> Outside);

internal sealed record KnownDevice(Guid Id, int RemoteId);

/// <param name="Stored">How many devices the inventory took for present.</param>
/// <param name="Unlisted">Of these, those that the listing lacks.</param>
/// <param name="OutOfScope">Of these, those that are listed outside of the scope.</param>
internal sealed record MissingDevices(int Stored, List<KnownDevice> Unlisted, List<KnownDevice> OutOfScope)
{
    public int Count => Unlisted.Count + OutOfScope.Count;

    /// <summary>
    /// Asked when all that was listed is written. Streams the present devices against the sorted ids of the listing: 4
    /// bytes a device, however large the fleet. Where as many are present as were listed, the count alone says it.
    /// </summary>
    public static async Task<MissingDevices> FindAsync(
        PicketDatabase database,
        Guid integration,
        ListedDevices listed,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var present = db.Devices.AsNoTracking().Where(row => row.IntegrationId == integration && row.GoneAt == null);
        var stored = await present.CountAsync(cancellation);
        List<KnownDevice> unlisted = [];
        List<KnownDevice> outOfScope = [];
        if (stored == listed.InScope.Count)
        {
            return new MissingDevices(stored, unlisted, outOfScope); // All that was listed is present, so nothing else is.
        }

        listed.InScope.Sort();
        listed.Outside.Sort();
        var devices = present.Select(row => new KnownDevice(row.Id, row.RemoteId)).AsAsyncEnumerable();
        await foreach (var device in devices.WithCancellation(cancellation))
        {
            if (listed.InScope.BinarySearch(device.RemoteId) < 0)
            {
                (listed.Outside.BinarySearch(device.RemoteId) < 0 ? unlisted : outOfScope).Add(device);
            }
        }

        return new MissingDevices(stored, unlisted, outOfScope);
    }
}
