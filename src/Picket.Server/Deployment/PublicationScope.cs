using Microsoft.EntityFrameworkCore;
using Picket.Server.Inventory;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Deployment;

/// <summary>The devices of a publication's rings: each belongs to the first ring that holds it.</summary>
/// <param name="MembersOf">All devices of each ring, by its number; the UEM's numbers.</param>
/// <param name="RingOf">The first ring of each device.</param>
/// <param name="Known">Of these, devices of the inventory.</param>
internal sealed record PublicationScope(
    IReadOnlyDictionary<int, IReadOnlyList<int>> MembersOf,
    IReadOnlyDictionary<int, int> RingOf,
    IReadOnlyDictionary<int, DeviceRow> Known
)
{
    public static async Task<PublicationScope> ReadAsync(
        PicketDatabase database,
        WorkspaceOneClient client,
        PublicationRow publication,
        IReadOnlyList<PublicationRingRow> rings,
        CancellationToken cancellation
    )
    {
        var devicesOf = new Dictionary<int, IReadOnlyList<int>>();
        foreach (var group in rings.SelectMany(RingGroups.ToRead).Distinct())
        {
            var devices = await client.SmartGroups.DevicesAsync(group, cancellation);
            devicesOf[group] = [.. devices.Select(device => device.Id)];
        }

        var ofUsers = new Dictionary<int, IReadOnlyList<int>>();
        foreach (var ring in rings.Where(ring => RingGroups.IsToBeMade(ring) && RingGroups.OfUsers(ring).Count > 0))
        {
            ofUsers[ring.Number] = await OfUsersAsync(database, publication.IntegrationId, ring, cancellation);
        }

        var all = devicesOf.Values.Concat(ofUsers.Values).SelectMany(devices => devices).ToHashSet();
        var known = await KnownAsync(database, publication.IntegrationId, all, cancellation);
        var membersOf = rings.ToDictionary(
            ring => ring.Number,
            IReadOnlyList<int> (ring) =>
                [
                    .. RingGroups
                        .ToRead(ring)
                        .SelectMany(group => devicesOf[group])
                        .Where(device => Holds(publication, ring, known.GetValueOrDefault(device)))
                        .Concat(ofUsers.GetValueOrDefault(ring.Number, []))
                        .Distinct(),
                ]
        );
        var ringOf = new Dictionary<int, int>();
        foreach (var (ring, devices) in membersOf.OrderBy(each => each.Key))
        {
            foreach (var device in devices)
            {
                ringOf.TryAdd(device, ring);
            }
        }

        return new PublicationScope(membersOf, ringOf, known);
    }

    /// <summary>A share that is yet to be made holds only devices of which the inventory knows the unique id.</summary>
    private static bool Holds(PublicationRow publication, PublicationRingRow ring, DeviceRow? device) =>
        ring.SharePercent is null
        || !RingGroups.IsToBeMade(ring)
        || (device?.RemoteUuid is { } uuid && RingGroups.IsInShare(publication.Id, uuid, ring.SharePercent!.Value));

    /// <summary>Until the UEM has a smart group of them, the inventory says whose devices they are.</summary>
    private static async Task<IReadOnlyList<int>> OfUsersAsync(
        PicketDatabase database,
        Guid integration,
        PublicationRingRow ring,
        CancellationToken cancellation
    )
    {
        int[] numbers = [.. RingGroups.OfUsers(ring).Select(group => group.Id)];
        await using var db = database.Open();
        var groups = db
            .UserGroups.Where(row => row.IntegrationId == integration && numbers.Contains(row.RemoteId))
            .Select(row => row.Id);
        var names = db.UserGroupMembers.Where(row => groups.Contains(row.UserGroupId)).Select(row => row.UserName);
        return await db
            .Devices.Where(row =>
                row.IntegrationId == integration && row.GoneAt == null && names.Contains(row.UserName!)
            )
            .Select(row => row.RemoteId)
            .ToListAsync(cancellation);
    }

    private static async Task<Dictionary<int, DeviceRow>> KnownAsync(
        PicketDatabase database,
        Guid integration,
        IReadOnlyCollection<int> devices,
        CancellationToken cancellation
    )
    {
        var known = new Dictionary<int, DeviceRow>();
        await using var db = database.Open();
        foreach (var numbers in devices.Chunk(5000))
        {
            var rows = await db
                .Devices.AsNoTracking()
                .Where(row => row.IntegrationId == integration && numbers.Contains(row.RemoteId))
                .ToListAsync(cancellation);
            rows.ForEach(row => known[row.RemoteId] = row);
        }

        return known;
    }

    /// <summary>Devices of a ring, and of no earlier one, that can have the app; one that is not known can.</summary>
    public int Fitting(int ring, int? platform) => FittingOf(ring, platform).Count;

    /// <inheritdoc cref="Fitting"/>
    public IReadOnlyCollection<int> FittingOf(int ring, int? platform) =>
        [
            .. RingOf
                .Where(pair => pair.Value == ring && Supports(pair.Key, platform) is not false)
                .Select(pair => pair.Key),
        ];

    /// <summary>For the licences of a purchased app.</summary>
    public LicenceRing Licensed(PublicationRow publication, PublicationRingRow ring) =>
        new(FittingOf(ring.Number, publication.Platform), RingGroups.ToAssign(ring));

    /// <summary>Devices of a ring, also of earlier ones, for a smart group of its own.</summary>
    public IReadOnlyList<int> ToGroup(int ring, int? platform) =>
        [.. MembersOf[ring].Where(device => Supports(device, platform) is not false).Order()];

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
