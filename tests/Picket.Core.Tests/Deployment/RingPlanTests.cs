using CsCheck;
using Picket.Core.Deployment;

namespace Picket.Core.Tests.Deployment;

public sealed class RingPlanTests
{
    private static readonly DateTimeOffset Began = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly RingRules Rules = new();

    private static readonly Gen<int?> Count = Gen.Select(
        Gen.Bool,
        Gen.Int[-1, 120],
        (known, count) => known ? count : (int?)null
    );

    private static readonly Gen<(RingFacts Facts, DateTimeOffset Now)> Situations = Gen.Select(
        Gen.Select(Count, Count, Count, Count, Count, Count),
        Gen.Int[-10, 300],
        Gen.Int[0, 300],
        (counts, read, now) =>
            (
                new RingFacts
                {
                    BeganAt = Began,
                    ReadAt = read < -5 ? null : Began.AddHours(Math.Min(read, now)),
                    Assigned = counts.Item1,
                    Installed = counts.Item2,
                    Failed = counts.Item3,
                    Worsened = counts.Item4,
                    Fitting = counts.Item5,
                    VerdictsLost = counts.Item6,
                },
                Began.AddHours(now)
            )
    );

    private static RingFacts Good =>
        new()
        {
            BeganAt = Began,
            ReadAt = Began.AddHours(30),
            Fitting = 100,
            Assigned = 100,
            Installed = 95,
            Failed = 0,
            Worsened = 0,
            VerdictsLost = 0,
        };

    [Fact]
    public void Goes_on_when_enough_devices_have_it_and_it_was_watched_long_enough()
    {
        Assert.IsType<RingStep.GoOn>(Decide(Good));
        Assert.IsType<RingStep.Done>(RingPlan.Decide(Good, true, Rules, Began.AddHours(30)));
        Assert.IsType<RingStep.Wait>(
            RingPlan.Decide(Good with { ReadAt = Began.AddHours(20) }, false, Rules, Began.AddHours(20))
        );
    }

    [Fact]
    public void Pauses_when_installs_fail_or_verdicts_worsen()
    {
        var failed = Assert.IsType<RingStep.Pause>(Decide(Good with { Installed = 80, Failed = 6 }));
        var worsened = Assert.IsType<RingStep.Pause>(Decide(Good with { Worsened = 6 }));

        Assert.Contains("6 of 100", failed.Why, StringComparison.Ordinal);
        Assert.Contains("verdict", worsened.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void One_failure_in_a_small_ring_is_no_reason_and_two_are()
    {
        var small = Good with { Fitting = 5, Assigned = 5, Installed = 4, Failed = 1 };
        var rules = Rules with { Installed = 0.5 };

        Assert.IsType<RingStep.GoOn>(RingPlan.Decide(small, false, rules, Began.AddHours(30)));
        Assert.IsType<RingStep.Pause>(
            RingPlan.Decide(small with { Installed = 3, Failed = 2 }, false, rules, Began.AddHours(30))
        );
    }

    [Fact]
    public void A_ring_without_devices_proves_nothing() =>
        Assert.IsType<RingStep.Wait>(Decide(Good with { Fitting = 0, Assigned = 0, Installed = 0 }));

    [Fact]
    public void Devices_to_which_the_UEM_does_not_assign_the_app_are_devices_of_the_ring()
    {
        var few = Assert.IsType<RingStep.Wait>(Decide(Good with { Fitting = 500, Assigned = 2, Installed = 2 }));

        Assert.StartsWith("2 of 500 devices have the app", few.Why, StringComparison.Ordinal);
        Assert.IsType<RingStep.Wait>(Decide(Good with { Fitting = null }));
    }

    [Fact]
    public void Verdicts_that_are_not_known_any_more_are_no_good_news_and_no_bad_ones()
    {
        var lost = Assert.IsType<RingStep.Wait>(Decide(Good with { VerdictsLost = 90 }));

        Assert.StartsWith("The verdict of 90 of 100 devices is not known", lost.Why, StringComparison.Ordinal);
        Assert.IsType<RingStep.GoOn>(Decide(Good with { Worsened = 2, VerdictsLost = 3 }));
        Assert.IsType<RingStep.Wait>(Decide(Good with { Worsened = 2, VerdictsLost = 4 }));
        Assert.IsType<RingStep.Wait>(Decide(Good with { VerdictsLost = null }));
    }

    [Fact]
    public void What_is_not_good_by_the_deadline_is_a_persons_to_decide()
    {
        var slow = Good with { Installed = 50, ReadAt = Began.AddDays(8) };

        Assert.IsType<RingStep.Pause>(RingPlan.Decide(slow, false, Rules, Began.AddDays(8)));
        Assert.IsType<RingStep.Pause>(RingPlan.Decide(new() { BeganAt = Began }, false, Rules, Began.AddDays(8)));
        Assert.IsType<RingStep.Wait>(RingPlan.Decide(new() { BeganAt = Began }, false, Rules, Began.AddDays(2)));
    }

    [Fact]
    public void What_is_not_known_or_too_old_is_never_good() =>
        Situations.Sample(situation =>
        {
            var (facts, now) = situation;
            if (RingPlan.Decide(facts, false, Rules, now) is RingStep.GoOn)
            {
                Assert.NotNull(facts.Worsened);
                Assert.InRange(now - facts.ReadAt!.Value, TimeSpan.Zero, Rules.MaxAge);
                Assert.InRange(facts.ReadAt.Value, Began, now);
                Assert.True(facts.Installed + facts.Failed <= facts.Assigned);
                Assert.True(facts.Installed >= Rules.Installed * facts.Fitting && facts.Fitting > 0);
                Assert.True(facts.Worsened + facts.VerdictsLost <= Math.Max(1, Rules.Worsened * facts.Assigned.Value));
            }
        });

    [Fact]
    public void Worse_news_never_make_a_better_step() =>
        Gen.Select(Situations, Gen.Int[0, 50], Gen.Int[0, 50], Gen.Int[0, 50], Gen.Int[0, 50])
            .Sample(
                (situation, fewer, failed, worsened, lost) =>
                {
                    var (facts, now) = situation;
                    var worse = facts with
                    {
                        Installed = facts.Installed - fewer,
                        Failed = facts.Failed + failed,
                        Worsened = facts.Worsened + worsened,
                        VerdictsLost = facts.VerdictsLost + lost,
                    };

                    // Of counts that contradict each other nothing can be said.
                    Assert.True(!IsCoherent(facts) || Rank(worse, now) <= Rank(facts, now));
                }
            );

    [Fact]
    public void Each_device_is_in_one_share_for_ever_and_shares_are_as_large_as_they_should_be()
    {
        var publication = Guid.Parse("c0ffee00-0000-4000-8000-000000000001");
        var devices = Enumerable
            .Range(1, 20_000)
            .Select(number => new Guid(number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10))
            .ToList();
        double[] shares = [0.1, 0.4];

        var counts = devices.CountBy(device => RingShares.ShareOf(publication, device, shares) ?? -1).ToDictionary();

        Assert.InRange(counts[0], 1_850, 2_150);
        Assert.InRange(counts[1], 7_700, 8_300);
        Assert.All(
            devices.Take(100),
            device => Assert.Equal(RingShares.PlaceOf(publication, device), RingShares.PlaceOf(publication, device))
        );

        // Another publication begins with others, and a larger first share keeps those of the smaller one.
        var other = devices.Count(device =>
            RingShares.ShareOf(publication, device, shares) == 0
            && RingShares.ShareOf(Guid.Parse("c0ffee00-0000-4000-8000-000000000002"), device, shares) == 0
        );
        Assert.InRange(other, 120, 280);
        Assert.All(
            devices.Where(device => RingShares.ShareOf(publication, device, shares) == 0),
            device => Assert.Equal(0, RingShares.ShareOf(publication, device, [0.2]))
        );
        Assert.All(devices.Take(500), device => Assert.Equal(0, RingShares.ShareOf(publication, device, [1.0])));
    }

    private static RingStep Decide(RingFacts facts) => RingPlan.Decide(facts, false, Rules, Began.AddHours(30));

    private static bool IsCoherent(RingFacts facts) =>
        facts is { Assigned: >= 0, Installed: >= 0, Failed: >= 0, Worsened: >= 0, VerdictsLost: >= 0 }
        && facts.Assigned <= facts.Fitting
        && facts.Installed + facts.Failed <= facts.Assigned;

    private static int Rank(RingFacts facts, DateTimeOffset now) =>
        RingPlan.Decide(facts, false, Rules, now) switch
        {
            RingStep.GoOn => 2,
            RingStep.Wait => 1,
            _ => 0,
        };
}
