using CsCheck;
using Picket.Core.Sync;

namespace Picket.Core.Tests.Sync;

public sealed class LossPlanTests
{
    private static readonly LossBrake Brake = new();

    private static readonly ListingFacts Good = new()
    {
        Complete = true,
        Coherent = true,
        Pages = 2,
        Total = 990,
        Received = 990,
        GroupReadable = true,
        StoredBefore = 1000,
        Missing = 10,
    };

    public static TheoryData<ListingFacts, IncompleteReason> Doubts =>
        new()
        {
            { Good with { Errors = 1, FirstError = "503" }, IncompleteReason.Errors },
            { Good with { Complete = false }, IncompleteReason.NotRead },
            { Good with { Coherent = false }, IncompleteReason.RowsMoved },
            { Good with { Total = 1000 }, IncompleteReason.TotalDiffers },
            { Good with { Total = 980 }, IncompleteReason.TotalDiffers },
            { Good with { GroupReadable = false }, IncompleteReason.GroupNotReadable },
            { Good with { GroupReadable = null }, IncompleteReason.GroupNotReadable },
        };

    [Fact]
    public void Removes_what_a_complete_listing_lacks() =>
        Assert.Equal(new LossOutcome.RemoveMissing(10), LossPlan.Decide(Good, Brake));

    [Theory]
    [MemberData(nameof(Doubts))]
    public void Removes_nothing_while_there_is_a_doubt(ListingFacts facts, IncompleteReason reason)
    {
        var outcome = Assert.IsType<LossOutcome.Incomplete>(LossPlan.Decide(facts, Brake));

        Assert.Equal(reason, outcome.Reason);
        Assert.NotEmpty(outcome.Explanation);
    }

    [Fact]
    public void Removes_only_under_the_brake_and_without_doubt_whatever_the_figures() =>
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, Gen.Int[0, 2], Gen.Int[0, 300], Gen.Int[0, 300], Gen.Int[-1, 1])
            .Sample(
                (complete, coherent, readable, errors, stored, missing, off) =>
                {
                    missing = Math.Min(missing, stored);
                    var facts = Good with
                    {
                        Complete = complete,
                        Coherent = coherent,
                        GroupReadable = readable,
                        Errors = errors,
                        StoredBefore = stored,
                        Missing = missing,
                        Total = Good.Received + off,
                    };
                    var sound = complete && coherent && readable && errors == 0 && off == 0;
                    var under = missing == 0 || (missing < stored && (missing <= 5 || missing <= stored * 0.10));

                    var outcome = LossPlan.Decide(facts, Brake);

                    Assert.Equal(sound && under, outcome is LossOutcome.RemoveMissing);
                    Assert.Equal(!sound, outcome is LossOutcome.Incomplete);
                }
            );

    [Theory]
    [InlineData(1000, 101, true)]
    [InlineData(1000, 100, false)]
    [InlineData(20, 5, false)]
    [InlineData(20, 6, true)]
    [InlineData(1, 1, true)]
    [InlineData(5, 5, true)]
    [InlineData(0, 0, false)]
    public void Holds_a_loss_over_the_brake(int stored, int missing, bool held)
    {
        var outcome = LossPlan.Decide(Good with { StoredBefore = stored, Missing = missing }, Brake);

        Assert.Equal(held, outcome is LossOutcome.HoldForApproval);
    }

    [Fact]
    public void Removes_what_was_approved_and_holds_again_when_it_grew()
    {
        var facts = Good with { Missing = 600 };

        Assert.IsType<LossOutcome.RemoveMissing>(LossPlan.Decide(facts, Brake, approvedLoss: 600));
        Assert.IsType<LossOutcome.HoldForApproval>(LossPlan.Decide(facts, Brake, approvedLoss: 599));
        Assert.IsType<LossOutcome.Incomplete>(
            LossPlan.Decide(facts with { Coherent = false }, Brake, approvedLoss: 600)
        );
    }
}
