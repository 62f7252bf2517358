using Microsoft.EntityFrameworkCore;
using Picket.Core.Enrollment;
using Picket.Server.Inventory;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

#pragma warning disable CA1862 // The database compares, and knows no StringComparison.

namespace Picket.Server.Enrollment;

/// <summary>The devices that lines name: announced ones as the UEM lists them now, enrolled ones as last read.</summary>
internal sealed class UemDevices(PicketDatabase database, WorkspaceOneClient client, int organizationGroup)
{
    private ILookup<string, UemRegisteredDevice> announced = Enumerable
        .Empty<UemRegisteredDevice>()
        .ToLookup(device => "");
    private ILookup<string, DeviceRow> enrolled = Enumerable.Empty<DeviceRow>().ToLookup(device => "");

    /// <summary>One call for all of them: the route has no pages.</summary>
    public async Task ReadAnnouncedAsync(CancellationToken cancellation)
    {
        var devices = await client.Users.RegisteredDevicesAsync(organizationGroup, cancellation);
        announced = devices
            .SelectMany(device => Keys(device.SerialNumber, device.Udid).Select(key => (key, device)))
            .ToLookup(pair => pair.key, pair => pair.device);
    }

    public async Task ReadEnrolledAsync(
        Guid integration,
        IReadOnlyList<DeviceWish> wishes,
        CancellationToken cancellation
    )
    {
        // No index serves this, and a batch asks once: the letter case of a file is not that of the UEM.
        var serials = Upper(wishes.Select(wish => wish.SerialNumber));
        var udids = Upper(wishes.Select(wish => wish.Udid));
        await using var db = database.Open();
        var devices = await db
            .Devices.AsNoTracking()
            .Where(row => row.IntegrationId == integration && row.GoneAt == null)
            .Where(row => serials.Contains(row.SerialNumber!.ToUpper()) || udids.Contains(row.Udid!.ToUpper()))
            .ToListAsync(cancellation);
        enrolled = devices
            .SelectMany(device => Keys(device.SerialNumber, device.Udid).Select(key => (key, device)))
            .ToLookup(pair => pair.key, pair => pair.device);
    }

    public IReadOnlyList<KnownDevice> Known(DeviceWish wish)
    {
        var keys = Keys(wish.SerialNumber, wish.Udid).ToList();
        return
        [
            .. keys.SelectMany(key => enrolled[key])
                .DistinctBy(device => device.Id)
                .Select(device => new KnownDevice(device.UserName, Enrolled: true)),
            .. keys.SelectMany(key => announced[key])
                .Distinct()
                .Select(device => new KnownDevice(device.Username, Enrolled: false)),
        ];
    }

    private static List<string> Upper(IEnumerable<string?> texts) =>
        [.. texts.OfType<string>().Select(text => text.ToUpperInvariant()).Distinct()];

    public bool IsAnnounced(DeviceWish wish) => Keys(wish.SerialNumber, wish.Udid).Any(announced.Contains);

    private static IEnumerable<string> Keys(string? serial, string? udid)
    {
        if (!string.IsNullOrWhiteSpace(serial))
        {
            yield return $"serial {serial.ToUpperInvariant()}";
        }

        if (!string.IsNullOrWhiteSpace(udid))
        {
            yield return $"udid {udid.ToUpperInvariant()}";
        }
    }
}
