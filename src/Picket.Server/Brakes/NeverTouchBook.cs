using Microsoft.EntityFrameworkCore;
using Picket.Core.Policy;
using Picket.Core.Response;
using Picket.Server.Policy;
using Picket.Server.Storage;

namespace Picket.Server.Brakes;

/// <summary>
/// The never-touch list of one integration, for who asks it again and again: which entries there are is looked at each
/// time, so that a new one counts at once; where devices and their users stand is read anew after a while. For use by one
/// at a time.
/// </summary>
internal sealed class NeverTouchBook(Guid integration)
{
    private static readonly IReadOnlyDictionary<int, NeverTouched> Nobody = new Dictionary<int, NeverTouched>();
    private static readonly TimeSpan Good = TimeSpan.FromSeconds(30);

    private IReadOnlyList<NeverTouchEntry> entries = [];
    private DevicePlaces? places;
    private DateTimeOffset readAt;

    /// <param name="numbers">
    /// The UEM's, of the devices that are asked about; of one that is in no inventory nothing but the number is known.
    /// </param>
    /// <returns>Those of them that are on the list, each with the entry by which it is.</returns>
    public async Task<IReadOnlyDictionary<int, NeverTouched>> OfAsync(
        PicketDbContext db,
        IReadOnlyCollection<int> numbers,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        if (numbers.Count == 0)
        {
            return Nobody;
        }

        var rows = await NeverTouchLists
            .InForce(db, integration, now)
            .AsNoTracking()
            .OrderBy(row => row.Id)
            .ToListAsync(cancellation);
        if (rows.Count == 0)
        {
            return Nobody;
        }

        await ReadAsync(db, rows, now, cancellation);
        var subjects = await SubjectsAsync(db, numbers, cancellation);
        var found = new Dictionary<int, NeverTouched>();
        foreach (var number in numbers)
        {
            var subject = subjects.GetValueOrDefault(number) ?? NeverTouchSubject.NotKnown;
            if (NeverTouch.Of(entries, subject) is { } never)
            {
                found[number] = never;
            }
        }

        return found;
    }

    private async Task ReadAsync(
        PicketDbContext db,
        List<NeverTouchRow> rows,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        if (now - readAt < Good && rows.Select(row => row.Id).SequenceEqual(entries.Select(entry => entry.Id)))
        {
            return;
        }

        var lost = await NeverTouchGroups.LostAsync(db, rows, integration, cancellation);
        entries = rows.ConvertAll(row => row.ToEntry() with { Lost = lost.ContainsKey(row.Id) });
        places = await DevicePlaces.LoadAsync(
            db,
            integration,
            rows.Exists(row => row.Kind == NeverTouchKind.OrganizationGroup),
            rows.Where(row => row.Kind == NeverTouchKind.UserGroup)
                .Select(row => row.Value)
                .ToHashSet(StringComparer.OrdinalIgnoreCase),
            cancellation
        );
        readAt = now;
    }

    private async Task<Dictionary<int, NeverTouchSubject>> SubjectsAsync(
        PicketDbContext db,
        IReadOnlyCollection<int> numbers,
        CancellationToken cancellation
    )
    {
        int[] asked = [.. numbers];
        var devices = await db
            .Devices.AsNoTracking()
            .Where(row => row.IntegrationId == integration && asked.Contains(row.RemoteId))
            .Select(row => new
            {
                row.RemoteId,
                row.RemoteUuid,
                row.FirstSeenAt,
                row.OrganizationGroupId,
                row.UserName,
                row.UserRemoteId,
                row.SerialNumber,
            })
            .ToListAsync(cancellation);
        return devices.ToDictionary(
            row => row.RemoteId,
            row =>
            {
                var place = places!.Of(
                    new PlacedDevice(
                        integration,
                        row.RemoteId,
                        row.FirstSeenAt,
                        row.OrganizationGroupId,
                        row.UserName,
                        row.SerialNumber
                    )
                );
                return new NeverTouchSubject(
                    row.SerialNumber ?? "",
                    row.RemoteUuid,
                    row.UserRemoteId,
                    place.Groups,
                    // Nobody knows in which groups a user is of whom the name is not known.
                    row.UserName
                        is null
                        ? Memberships.NotKnown
                        : place.UserGroups
                );
            }
        );
    }
}
