using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Devices;
using Picket.Core.Risk;
using Picket.Server.Access;
using Picket.Server.Storage;

namespace Picket.Server.Risk;

/// <summary>What could not be seen, added up over the fleet.</summary>
public sealed class FleetBlindSpots(PicketDatabase database, TimeProvider time) : IDisposable
{
    private readonly CostlyAnswer<IReadOnlyList<Alike>> spots = new(time);

    /// <returns>Those of most devices first.</returns>
    public async Task<IReadOnlyList<BlindSpotCount>> CountAsync(Visible visible, CancellationToken cancellation)
    {
        var seen = await spots.GetAsync(() => ReadAsync(cancellation), cancellation);
        return
        [
            .. Flat(seen, visible, spot => spot.Fact)
                .GroupBy(spot => spot.What.Fact)
                .Select(Count)
                .OrderByDescending(count => count.Devices)
                .ThenBy(count => count.Fact, StringComparer.Ordinal),
        ];
    }

    /// <summary>Told apart by cause, too: each is a kind of its own.</summary>
    /// <returns>Those of most devices first.</returns>
    public async Task<IReadOnlyList<UnseenCause>> CausesAsync(Visible visible, CancellationToken cancellation)
    {
        var seen = await spots.GetAsync(() => ReadAsync(cancellation), cancellation);
        return
        [
            .. Flat(seen, visible, spot => (spot.Fact, spot.Cause))
                .GroupBy(spot => (spot.What.Fact, spot.What.Cause))
                .Select(cause => new UnseenCause(
                    UnknownKinds.IdOf(cause.Key.Fact, cause.Key.Cause),
                    $"{cause.Key.Fact}.{cause.Key.Cause}",
                    Reason(cause),
                    cause.Sum(spot => spot.Devices),
                    cause.Where(spot => spot.What.Required).Sum(spot => spot.Devices)
                ))
                .OrderByDescending(cause => cause.Devices)
                .ThenBy(cause => cause.Kind, StringComparer.Ordinal),
        ];
    }

    /// <summary>A device that lacks a fact for two reasons counts once.</summary>
    private static IEnumerable<Spot> Flat<TKey>(
        IReadOnlyList<Alike> seen,
        Visible visible,
        Func<BlindSpot, TKey> once
    ) =>
        from alike in seen
        where visible.Shows(alike.Integration)
        from spot in alike.Spots.DistinctBy(once)
        select new Spot(spot, alike.Devices);

    private static BlindSpotCount Count(IGrouping<string, Spot> fact)
    {
        var causes = fact.GroupBy(spot => spot.What.Cause)
            .Select(cause => (Reason: Reason(cause), Devices: cause.Sum(spot => spot.Devices)));
        var (reason, devices) = causes.MaxBy(cause => cause.Devices);
        return new BlindSpotCount(
            fact.Key,
            fact.Sum(spot => spot.Devices),
            fact.Where(spot => spot.What.Required).Sum(spot => spot.Devices),
            reason,
            devices
        );
    }

    /// <summary>The one text of all these devices; where each has its own, what is true of them all.</summary>
    private static string Reason(IEnumerable<Spot> alike)
    {
        var texts = alike.Select(spot => spot.What).DistinctBy(spot => spot.Reason).Take(2).ToList();
        return
            texts is [var one, _]
            && Enum.TryParse<FactName>(one.Fact, out var fact)
            && Enum.TryParse<MissingReason>(one.Cause, out var cause)
            ? BlindSpotTexts.Of(fact, cause)
            : texts[0].Reason;
    }

    /// <summary>Many devices lack the same for the same reasons: the database tells these apart, and each is read once.</summary>
    private async Task<IReadOnlyList<Alike>> ReadAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        var alike = await db
            .Devices.AsNoTracking()
            .Where(row => row.GoneAt == null && row.Unknowns != null && row.Unknowns != "[]")
            .GroupBy(row => new { row.IntegrationId, row.Unknowns })
            .Select(group => new
            {
                group.Key.IntegrationId,
                group.Key.Unknowns,
                Devices = group.Count(),
            })
            .ToListAsync(cancellation);
        return
        [
            .. alike.Select(each => new Alike(
                each.IntegrationId,
                FindingJson.ReadUnknowns(each.Unknowns),
                each.Devices
            )),
        ];
    }

    public void Dispose() => spots.Dispose();

    /// <summary>Devices of which the same is not known.</summary>
    private sealed record Alike(Guid Integration, IReadOnlyList<BlindSpot> Spots, int Devices);

    private sealed record Spot(BlindSpot What, int Devices);
}

/// <param name="Kind">Its id in the API.</param>
/// <param name="Filter">Filters devices as <see cref="DeviceFilter.Lacks"/>.</param>
/// <param name="Required">Devices that are not called Secure for want of it.</param>
public sealed record UnseenCause(string Kind, string Filter, string Reason, int Devices, int Required);
