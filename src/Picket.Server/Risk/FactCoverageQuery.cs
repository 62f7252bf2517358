using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Devices;
using Picket.Core.Risk;
using Picket.Server.Access;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Risk;

/// <summary>
/// What share of the judgements rests on which facts, with which age. Counted for each integration once, and added up for
/// whoever asks.
/// </summary>
public sealed class FactCoverageQuery(PicketDatabase database, FleetBlindSpots spots, TimeProvider time) : IDisposable
{
    private readonly CostlyAnswer<Counted> counted = new(time);

    public async Task<BlindSpotsView> OfAsync(Visible visible, CancellationToken cancellation)
    {
        var all = await counted.GetAsync(() => CountAsync(cancellation), cancellation);
        var causes = (await spots.CausesAsync(visible, cancellation)).ToLookup(spot => spot.Fact);
        var fleet = all.Fleet.Where(each => visible.Shows(each.Integration)).ToList();
        var facts = FactTimes
            .Facts.Select(fact => Coverage(fact, all.Ages.Where(each => visible.Shows(each.Integration)), causes))
            .Concat(WithoutTime(causes))
            .OrderByDescending(fact => fact.Lacking)
            .ThenBy(fact => fact.Fact, StringComparer.Ordinal);
        return new BlindSpotsView(
            fleet.Sum(each => each.Devices),
            fleet.Sum(each => each.Secure),
            fleet.Sum(each => each.Whole),
            [.. facts]
        );
    }

    private static FactCoverage Coverage(FactName fact, IEnumerable<Aged> aged, ILookup<string, MissedFact> causes)
    {
        var counts = aged.Where(each => each.Fact == fact)
            .GroupBy(each => each.Age)
            .ToDictionary(group => group.Key, group => group.Sum(each => each.Devices));
        var ages = new FactAges(
            counts.GetValueOrDefault(FactAge.Fresh),
            counts.GetValueOrDefault(FactAge.Recent),
            counts.GetValueOrDefault(FactAge.Old),
            counts.GetValueOrDefault(FactAge.Older),
            counts.GetValueOrDefault(FactAge.Never)
        );
        var known = ages.Fresh + ages.Recent + ages.Old + ages.Older;
        // What is too old is the policy's to say, and each verdict says it.
        var rests = Math.Max(0, known - causes[$"{fact}"].Where(IsTooOld).Sum(cause => cause.Devices));
        var concerned = known + ages.Never;
        return Of($"{fact}", ages, rests, concerned == 0 ? null : Math.Round(100.0 * rests / concerned, 1), causes);
    }

    private static bool IsTooOld(MissedFact fact) => fact.Cause == nameof(MissingReason.TooOld);

    /// <summary>Facts that no device has a time for, such as profiles, which Picket does not read.</summary>
    private static IEnumerable<FactCoverage> WithoutTime(ILookup<string, MissedFact> causes) =>
        from fact in causes
        where FactTimes.Named(fact.Key) is null
        select Of(fact.Key, new FactAges(0, 0, 0, 0, 0), 0, null, causes);

    private static FactCoverage Of(
        string fact,
        FactAges ages,
        int rests,
        double? share,
        ILookup<string, MissedFact> causes
    ) =>
        new(
            fact,
            ages,
            rests,
            share,
            causes[fact].Where(cause => cause.First).Sum(cause => cause.Devices),
            [
                .. causes[fact]
                    .GroupBy(cause => cause.Cause)
                    .Select(group => new FactCause(
                        group.Key,
                        group.First().Reason,
                        group.Sum(cause => cause.Devices),
                        group.Where(cause => cause.Required).Sum(cause => cause.Devices)
                    ))
                    .OrderByDescending(cause => cause.Devices),
            ]
        );

    private async Task<Counted> CountAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        var devices = db.Devices.AsNoTracking().Where(row => row.GoneAt == null);
        var fleet = await devices
            .GroupBy(row => row.IntegrationId)
            .Select(group => new Fleet(
                group.Key,
                group.Count(),
                group.Count(row => row.Level == RiskLevel.Secure),
                group.Count(row => row.JudgedAt != null && (row.Unknowns == null || row.Unknowns == "[]"))
            ))
            .ToListAsync(cancellation);
        var (now, ages) = (time.GetUtcNow(), new List<Aged>());
        foreach (var fact in FactTimes.Facts)
        {
            foreach (var age in Enum.GetValues<FactAge>())
            {
                var counts = await devices
                    .WhereAged(fact, age, now)
                    .GroupBy(row => row.IntegrationId)
                    .Select(group => new { group.Key, Devices = group.Count() })
                    .ToListAsync(cancellation);
                ages.AddRange(counts.Select(count => new Aged(count.Key, fact, age, count.Devices)));
            }
        }

        return new Counted(fleet, ages);
    }

    public void Dispose() => counted.Dispose();

    private sealed record Counted(List<Fleet> Fleet, List<Aged> Ages);

    private sealed record Fleet(Guid Integration, int Devices, int Secure, int Whole);

    private sealed record Aged(Guid Integration, FactName Fact, FactAge Age, int Devices);
}
