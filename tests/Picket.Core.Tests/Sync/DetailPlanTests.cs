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
    public void Asks_again_after_half_a_day_or_the_later_the_oftener_it_failed()
    {
        Assert.Equal(Noon.AddHours(12), DetailPlan.NotBefore(Noon, failures: 0));
        Assert.Equal(Noon.AddHours(2), DetailPlan.NotBefore(Noon, failures: 1));
        Assert.Equal(Noon.AddHours(8), DetailPlan.NotBefore(Noon, failures: 3));
        Assert.Equal(Noon.AddDays(7), DetailPlan.NotBefore(Noon, failures: 8));
        Assert.Equal(Noon.AddDays(7), DetailPlan.NotBefore(Noon, failures: int.MaxValue));
    }

    [Fact]
    public void Reads_at_risk_first_then_the_longest_untried() =>
        Assert.Equal([4, 3, 2, 1], DetailPlan.Choose([4], [3, 2, 4, 1], _ => 2, calls: 8));

    [Fact]
    public void Leaves_half_the_calls_to_devices_that_are_not_at_risk_though_these_cost_more()
    {
        var chosen = DetailPlan.Choose(
            Enumerable.Range(0, 100),
            Enumerable.Range(100, 100),
            device => device < 100 ? 3 : 2,
            calls: 24
        );

        Assert.Equal([0, 1, 2, 3, 100, 101, 102, 103, 104, 105], chosen);
    }

    [Fact]
    public void Chooses_each_device_once_and_as_many_as_their_calls_allow() =>
        Gen.Select(Gen.Int[0, 40].Array[0, 30], Gen.Int[0, 40].ArrayUnique[0, 30], Gen.Int[0, 70])
            .Sample(
                (atRisk, others, calls) =>
                {
                    static int CallsOf(int device) => device % 2 + 2;
                    var chosen = DetailPlan.Choose(atRisk, others, CallsOf, calls);

                    Assert.Equal(chosen.Count, chosen.Distinct().Count());
                    Assert.True(chosen.Sum(CallsOf) <= calls);
                    var next = others.Except(chosen).Select(CallsOf).FirstOrDefault(calls + 1);
                    Assert.True(chosen.Sum(CallsOf) + next > calls);
                }
            );
}
