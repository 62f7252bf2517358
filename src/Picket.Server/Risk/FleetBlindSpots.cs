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
            .. seen.Where(spot => visible.Shows(spot.Integration))
                .GroupBy(spot => spot.What.Fact)
                .Select(Count)
                .OrderByDescending(count => count.Devices)
                .ThenBy(count => count.Fact, StringComparer.Ordinal),
        ];
    }

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
            from spot in FindingJson.ReadUnknowns(each.Unknowns).DistinctBy(spot => spot.Fact)
            select new Spot(each.IntegrationId, spot, each.Devices),
        ];
    }

    public void Dispose() => spots.Dispose();

    private sealed record Spot(Guid Integration, BlindSpot What, int Devices);
}
