using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Storage;

namespace Picket.Server.Risk;

/// <summary>
/// What could not be seen, added up over the fleet. Read row by row, and so remembered for all who ask: for twenty times
/// as long as the reading took, a minute at most.
/// </summary>
public sealed class FleetBlindSpots(PicketDatabase database, TimeProvider time) : IDisposable
{
    private const int TimesItsCost = 20;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim gate = new(1);
    private (DateTimeOffset Until, IReadOnlyList<Spot> Spots)? seen;

    /// <returns>Those of most devices first.</returns>
    public async Task<IReadOnlyList<BlindSpotCount>> CountAsync(Visible visible, CancellationToken cancellation)
    {
        var spots = await SpotsAsync(cancellation);
        return
        [
            .. spots
                .Where(spot => visible.Shows(spot.Integration))
                .GroupBy(spot => spot.What.Fact)
                .Select(Count)
                .OrderByDescending(count => count.Devices)
                .ThenBy(count => count.Fact, StringComparer.Ordinal),
        ];
    }

    private static BlindSpotCount Count(IGrouping<string, Spot> fact)
    {
        var causes = fact.GroupBy(spot => spot.What.Cause)
            .Select(cause => (Reason: cause.First().What.Reason, Devices: cause.Sum(spot => spot.Devices)));
        var (reason, devices) = causes.MaxBy(cause => cause.Devices);
        return new BlindSpotCount(
            fact.Key,
            fact.Sum(spot => spot.Devices),
            fact.Where(spot => spot.What.Required).Sum(spot => spot.Devices),
            reason,
            devices
        );
    }

    private async Task<IReadOnlyList<Spot>> SpotsAsync(CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            if (seen is { } known && time.GetUtcNow() < known.Until)
            {
                return known.Spots;
            }

            var started = time.GetTimestamp();
            var spots = await ReadAsync(cancellation);
            var worth = TimesItsCost * time.GetElapsedTime(started);
            seen = (time.GetUtcNow() + (worth < Longest ? worth : Longest), spots);
            return spots;
        }
        finally
        {
            gate.Release();
        }
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

    public void Dispose() => gate.Dispose();

    private sealed record Spot(Guid Integration, BlindSpot What, int Devices);
}
