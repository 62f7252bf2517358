using Microsoft.EntityFrameworkCore;
using Picket.Core.Policy;
using Picket.Core.Response;
using Picket.Server.Policy;
using Picket.Server.Storage;

namespace Picket.Server.Brakes;

/// <summary>Which devices are on the never-touch list now. Where it has no entry, that is one small query.</summary>
internal static class NeverTouchLists
{
    private static readonly IReadOnlyDictionary<int, NeverTouched> Nobody = new Dictionary<int, NeverTouched>();

    public static IQueryable<NeverTouchRow> InForce(PicketDbContext db, Guid integration, DateTimeOffset now) =>
        db.NeverTouch.Where(row =>
            (row.IntegrationId == null || row.IntegrationId == integration) && (row.EndsAt == null || row.EndsAt > now)
        );

    /// <param name="numbers">
    /// The UEM's, of the devices that are asked about; of one that is in no inventory nothing but the number is known.
    /// </param>
    /// <returns>Those of them that are on the list, each with the entry by which it is.</returns>
    public static async Task<IReadOnlyDictionary<int, NeverTouched>> OfAsync(
        PicketDbContext db,
        Guid integration,
        IReadOnlyCollection<int> numbers,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        if (numbers.Count == 0)
        {
            return Nobody;
        }

        var rows = await InForce(db, integration, now).AsNoTracking().OrderBy(row => row.Id).ToListAsync(cancellation);
        if (rows.Count == 0)
        {
            return Nobody;
        }

        var lost = await NeverTouchLost.OfAsync(db, rows, cancellation);
        var entries = rows.ConvertAll(row => row.ToEntry() with { Lost = lost.Contains(row.Id) });
        var subjects = await SubjectsAsync(db, integration, numbers, entries, cancellation);
        var found = new Dictionary<int, NeverTouched>();
        foreach (var number in numbers)
        {
            var subject =
                subjects.GetValueOrDefault(number)
                ?? new NeverTouchSubject(number, null, null, null, Memberships.NotKnown);
            if (NeverTouch.Of(entries, subject) is { } never)
            {
                found[number] = never;
            }
        }

        return found;
    }

    /// <summary>Of devices whose tags differ: as a plan leaves them out.</summary>
    public static async Task<IReadOnlySet<long>> OfAsync(
        PicketDbContext db,
        Guid integration,
        IEnumerable<TagState> states,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        int[] numbers = [.. states.Select(state => (int)state.Device)];
        return (await OfAsync(db, integration, numbers, now, cancellation)).Keys.Select(each => (long)each).ToHashSet();
    }

    private static async Task<Dictionary<int, NeverTouchSubject>> SubjectsAsync(
        PicketDbContext db,
        Guid integration,
        IReadOnlyCollection<int> numbers,
        List<NeverTouchEntry> entries,
        CancellationToken cancellation
    )
    {
        var userGroups = entries
            .Where(entry => entry.Kind == NeverTouchKind.UserGroup)
            .Select(entry => entry.Value)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var places = await DevicePlaces.LoadAsync(
            db,
            integration,
            entries.Exists(entry => entry.Kind == NeverTouchKind.OrganizationGroup),
            userGroups,
            cancellation
        );
        int[] asked = [.. numbers];
        var devices = await db
            .Devices.AsNoTracking()
            .Where(row => row.IntegrationId == integration && asked.Contains(row.RemoteId))
            .Select(row => new
            {
                row.RemoteId,
                row.FirstSeenAt,
                row.OrganizationGroupId,
                row.UserName,
                row.UserRemoteId,
                row.SerialNumber,
            })
            .ToListAsync(cancellation);
        var subjects = new Dictionary<int, NeverTouchSubject>();
        foreach (var row in devices)
        {
            var place = places.Of(
                new PlacedDevice(
                    integration,
                    row.RemoteId,
                    row.FirstSeenAt,
                    row.OrganizationGroupId,
                    row.UserName,
                    row.SerialNumber
                )
            );
            subjects[row.RemoteId] = new NeverTouchSubject(
                row.RemoteId,
                row.SerialNumber ?? "",
                row.UserRemoteId,
                place.Groups,
                // Nobody knows in which groups a user is of whom the name is not known.
                row.UserName
                    is null
                    ? Memberships.NotKnown
                    : place.UserGroups
            );
        }

        return subjects;
    }
}
