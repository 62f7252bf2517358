using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Deployment;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Deployment;

/// <summary>A ring of a purchased app: its devices take a licence each.</summary>
/// <param name="Devices">The UEM's numbers of those that can have the app.</param>
/// <param name="Groups">Unique ids of the smart groups by which they get it.</param>
internal sealed record LicenceRing(IReadOnlyCollection<int> Devices, IReadOnlyList<Guid> Groups);

/// <summary>Licences of a purchased app: each device takes one, so a ring begins only when there are enough for all of it.</summary>
internal static class Licences
{
    /// <param name="begun">Rings that have begun, of all publications of the app: they hold or take theirs, whether the UEM counts them yet or not.</param>
    /// <param name="next">Rings that are to begin, in their order.</param>
    public static async Task<LicenceView> OfAsync(
        WorkspaceOneClient client,
        Guid app,
        IEnumerable<LicenceRing> begun,
        IEnumerable<LicenceRing> next,
        CancellationToken cancellation
    )
    {
        var details = await client.PurchasedApps.GetAsync(app, cancellation);
        var counts = details.Licences;
        var served = new HashSet<int>();
        var notCounted = NotCounted(begun, details.Assignments ?? [], served);
        var needs = next.Select(ring => ring.Devices.Count(served.Add)).ToList();
        int? free = counts is { Unallocated: { } left, Total: { } total }
            ? Math.Max(0, Math.Min(left, total - (counts.OnHold ?? 0) - (counts.Allocated ?? 0)) - notCounted)
            : null;
        var plan = LicencePlan.For(
            free,
            counts?.Total,
            [.. needs.Select((need, ring) => new LicenceWish(ring, 0, need))]
        );
        return new LicenceView(counts?.Total, free, needs.Sum(), plan.Reason);
    }

    /// <summary>Rings of other publications of the app whose assignments are in the UEM, or on their way there.</summary>
    public static async Task<IReadOnlyList<LicenceRing>> ElsewhereAsync(
        PicketDatabase database,
        PublicationRow publication,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var rings = await db
            .PublicationRings.AsNoTracking()
            .Where(ring =>
                ring.PublicationId != publication.Id
                && db.Publications.Any(row =>
                    row.Id == ring.PublicationId
                    && row.IntegrationId == publication.IntegrationId
                    && row.AppUuid == publication.AppUuid
                    && row.State != PublicationState.Undone
                )
            )
            .Where(ring =>
                ring.State == RingState.Left
                || db.OwnedAssignments.Any(own => own.PublicationId == ring.PublicationId && own.Ring == ring.Number)
            )
            .OrderBy(ring => ring.PublicationId)
            .ThenBy(ring => ring.Number)
            .ToListAsync(cancellation);
        var found = new List<LicenceRing>();
        foreach (var ring in rings)
        {
            var devices = await db
                .PublicationDevices.Where(row => row.PublicationId == ring.PublicationId && row.Ring == ring.Number)
                .Where(row => row.Gap != FunnelGap.PlatformNotSupported)
                .Select(row => row.RemoteId)
                .ToListAsync(cancellation);
            found.Add(new LicenceRing(devices, RingGroups.ToAssign(ring)));
        }

        return found;
    }

    /// <summary>Devices that take a licence without being among those that the UEM has given to their smart groups.</summary>
    /// <param name="served">Takes up the devices of these rings, each once.</param>
    private static int NotCounted(
        IEnumerable<LicenceRing> begun,
        IReadOnlyList<UemRuleAllocation> allocations,
        HashSet<int> served
    )
    {
        var given = allocations
            .Where(each => each.SmartGroupUuid is not null)
            .GroupBy(each => each.SmartGroupUuid!.Value)
            .ToDictionary(group => group.Key, group => group.Sum(each => Math.Max(0, each.Allocated ?? 0)));
        var all = 0;
        foreach (var ring in begun)
        {
            var left = ring.Devices.Count(served.Add);
            foreach (var group in ring.Groups.Where(given.ContainsKey))
            {
                var counted = Math.Min(left, given[group]);
                (left, given[group]) = (left - counted, given[group] - counted);
            }

            all += left;
        }

        return all;
    }
}
