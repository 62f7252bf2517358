using Microsoft.EntityFrameworkCore;
using Picket.Server.Inventory;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Deployment;

/// <summary>The devices of a publication's rings: each belongs to the first ring whose smart group holds it.</summary>
/// <param name="RingOf">By the UEM's numbers.</param>
/// <param name="Known">Of these, devices of the inventory.</param>
internal sealed record PublicationScope(IReadOnlyDictionary<int, int> RingOf, IReadOnlyDictionary<int, DeviceRow> Known)
{
    public static async Task<PublicationScope> ReadAsync(
        PicketDatabase database,
        WorkspaceOneClient client,
        Guid integration,
        IReadOnlyList<PublicationRingRow> rings,
        CancellationToken cancellation
    )
    {
        var ringOf = new Dictionary<int, int>();
        foreach (var ring in rings)
        {
            foreach (var device in await client.SmartGroups.DevicesAsync(ring.SmartGroupId, cancellation))
            {
                ringOf.TryAdd(device.Id, ring.Number);
            }
        }

        var known = new Dictionary<int, DeviceRow>();
        await using var db = database.Open();
        foreach (var numbers in ringOf.Keys.Chunk(5000))
        {
            var rows = await db
                .Devices.AsNoTracking()
                .Where(row => row.IntegrationId == integration && numbers.Contains(row.RemoteId))
                .ToListAsync(cancellation);
            rows.ForEach(row => known[row.RemoteId] = row);
        }

        return new PublicationScope(ringOf, known);
    }

    /// <summary>Devices of a ring that can have the app; one that is not known can.</summary>
    public int Fitting(int ring, int? platform) =>
        RingOf.Count(pair => pair.Value == ring && Supports(pair.Key, platform) is not false);

    /// <summary>Null where the device or its platform is not known.</summary>
    public bool? Supports(int device, int? platform) =>
        !Known.TryGetValue(device, out var row) || platform is null
            ? null
            : (platform, DeviceWords.Platform(row)) switch
            {
                (UemPlatforms.Apple, "iOS" or "iPadOS") => true,
                (UemPlatforms.Android, "Android") => true,
                (UemPlatforms.Apple or UemPlatforms.Android, "iOS" or "iPadOS" or "Android" or "macOS" or "Windows") =>
                    false,
                _ => null,
            };

    public bool? IsManaged(int device) =>
        Known.GetValueOrDefault(device) is not { } row ? null
        : row.GoneAt is not null ? false
        : row.EnrollmentStatus is { } status ? status.Equals("Enrolled", StringComparison.OrdinalIgnoreCase)
        : null;
}
