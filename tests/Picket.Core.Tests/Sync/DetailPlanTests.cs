using CsCheck;
using Picket.Core.Sync;

namespace Picket.Core.Tests.Sync;

public sealed class DetailPlanTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Spends_the_share_as_a_ceiling_of_the_day_and_keeps_a_tenth_for_people()
    {
        var budget = CallBudget.Of(new CallQuota(10_000, 9_000, Noon.AddHours(6)), 0.5, used: 400, Noon);

        Assert.Equal(5_000, budget.Ceiling);
        Assert.Equal(4_100, budget.Background);
        Assert.Equal(4_600, budget.Interactive);
    }

    [Fact]
    public void Spends_no_more_than_others_left()
    {
        var budget = CallBudget.Of(new CallQuota(10_000, 30, Noon.AddHours(6)), 0.5, used: 400, Noon);

        Assert.Equal((30, 30), (budget.Background, budget.Interactive));
    }

    [Fact]
    public void Starts_anew_after_the_reset()
    {
        var budget = CallBudget.Of(new CallQuota(10_000, 0, Noon), 0.5, used: 5_000, Noon);

        Assert.Equal(4_500, budget.Background);
        Assert.Null(budget.Reset);
    }

    [Fact]
    public void Assumes_a_small_quota_until_it_is_told() =>
        Assert.Equal(CallBudget.AssumedLimit / 2, CallBudget.Of(null, 0.5, 0, Noon).Ceiling);

    [Fact]
    public void Never_spends_more_than_ceiling_or_remainder() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[0, 100_000], Gen.Double[0.01, 1], Gen.Int[0, 100_000])
            .Sample(
                (limit, remaining, share, used) =>
                {
                    var budget = CallBudget.Of(new CallQuota(limit, remaining, Noon.AddHours(1)), share, used, Noon);
                    return budget.Background >= 0
                        && budget.Background <= budget.Interactive
                        && budget.Interactive <= remaining
                        && (budget.Interactive == 0 || budget.Interactive + used <= limit * share);
                }
            );

    [Fact]
    public void Reads_a_device_again_only_after_it_made_contact()
    {
        Assert.True(DetailPlan.IsDue(Device(1, seen: Noon, read: null)));
        Assert.True(DetailPlan.IsDue(Device(1, seen: Noon, read: Noon.AddHours(-1))));
        Assert.False(DetailPlan.IsDue(Device(1, seen: Noon, read: Noon.AddHours(1))));
        Assert.False(DetailPlan.IsDue(Device(1, seen: Noon, read: Noon)));
        Assert.False(DetailPlan.IsDue(Device(1, seen: null, read: Noon)));
    }

    [Fact]
    public void Reads_a_device_at_most_twice_a_day() =>
        Assert.False(DetailPlan.IsDue(Device(1, seen: Noon, read: Noon.AddHours(-1)) with { ReadsToday = 2 }));

    [Fact]
    public void Reads_at_risk_first_then_never_read_then_stalest()
    {
        DetailCandidate<int>[] devices =
        [
            Device(1, Noon, Noon.AddHours(-1)),
            Device(2, Noon, Noon.AddHours(-9)),
            Device(3, Noon, null),
            Device(4, Noon, Noon.AddHours(-2)) with
            {
                AtRisk = true,
            },
        ];

        Assert.Equal([4, 3, 2, 1], DetailPlan.Choose(devices, DetailPlan.Allow(calls: 8, callsPerDevice: 2)));
    }

    [Fact]
    public void Leaves_half_the_calls_to_devices_that_are_not_at_risk()
    {
        var risky = Enumerable.Range(0, 100).Select(key => Device(key, Noon, Noon.AddHours(-1)) with { AtRisk = true });
        var others = Enumerable.Range(100, 100).Select(key => Device(key, Noon, null));

        var chosen = DetailPlan.Choose(risky.Concat(others), DetailPlan.Allow(20, 2));

        Assert.Equal(10, chosen.Count);
        Assert.Equal(5, chosen.Count(key => key < 100));
    }

    [Fact]
    public void Chooses_each_due_device_once_and_no_more_than_fit() =>
        Gen.Select(Gen.Select(Gen.Bool, Gen.Int[-5, 5], Gen.Int[0, 3]).Array[0, 30], Gen.Int[0, 70])
            .Sample(
                (rows, calls) =>
                {
                    var devices = rows.Select(
                            (row, key) =>
                                new DetailCandidate<int>(key, row.Item1, Noon, Noon.AddHours(row.Item2), row.Item3)
                        )
                        .ToList();
                    var chosen = DetailPlan.Choose(devices, DetailPlan.Allow(calls, 2));

                    Assert.Equal(Math.Min(calls / 2, devices.Count(DetailPlan.IsDue)), chosen.Count);
                    Assert.Equal(chosen.Count, chosen.Distinct().Count());
                    Assert.All(chosen, key => Assert.True(DetailPlan.IsDue(devices[key])));
                }
            );

    private static DetailCandidate<int> Device(int key, DateTimeOffset? seen, DateTimeOffset? read) =>
        new(key, AtRisk: false, seen, read, ReadsToday: 0);
}
