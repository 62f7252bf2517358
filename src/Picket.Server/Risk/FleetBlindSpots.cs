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
    private readonly CostlyAnswer<IReadOnlyList<Spot>> spots = new(time);

    /// <returns>Those of most devices first.</returns>
    public async Task<IReadOnlyList<BlindSpotCount>> CountAsync(Visible visible, CancellationToken cancellation)
    {
        var seen = await spots.GetAsync(() => ReadAsync(cancellation), cancellation);
        return
        [
            .. seen.Where(spot => spot.First && visible.Shows(spot.Integration))
                .GroupBy(spot => spot.What.Fact)
                .Select(Count)
                .OrderByDescending(count => count.Devices)
                .ThenBy(count => count.Fact, StringComparer.Ordinal),
        ];
    }

    /// <summary>Every cause for which a fact is missing; one device may lack it for several.</summary>
    public async Task<IReadOnlyList<MissedFact>> CausesAsync(Visible visible, CancellationToken cancellation)
    {
        var seen = await spots.GetAsync(() => ReadAsync(cancellation), cancellation);
        return
        [
            .. seen.Where(spot => visible.Shows(spot.Integration))
                .GroupBy(spot => (spot.What.Fact, spot.What.Cause))
                .SelectMany(alike => Missed(alike, Reason(alike))),
        ];
    }

    private static IEnumerable<MissedFact> Missed(IEnumerable<Spot> alike, string reason) =>
        alike.Select(spot => new MissedFact(
            spot.What.Fact,
            spot.What.Cause,
            reason,
            spot.What.Required,
            spot.First,
            spot.Devices
        ));

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
    private async Task<IReadOnlyList<Spot>> ReadAsync(CancellationToken cancellation)
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
            .. from each in alike
            from spot in Distinct(FindingJson.ReadUnknowns(each.Unknowns))
            select new Spot(each.IntegrationId, spot.What, spot.First, each.Devices),
        ];
    }

    /// <summary>Each fact with each of its causes once, and which of these comes first.</summary>
    private static IEnumerable<(BlindSpot What, bool First)> Distinct(IReadOnlyList<BlindSpot> spots)
    {
        var facts = new HashSet<string>();
        return spots.DistinctBy(spot => (spot.Fact, spot.Cause)).Select(spot => (spot, facts.Add(spot.Fact)));
    }

    public void Dispose() => spots.Dispose();

    private sealed record Spot(Guid Integration, BlindSpot What, bool First, int Devices);
}

/// <summary>A fact that some devices lack for one cause.</summary>
/// <param name="First">Of several causes of these devices the first: each device is counted once for the fact.</param>
public sealed record MissedFact(string Fact, string Cause, string Reason, bool Required, bool First, int Devices);
