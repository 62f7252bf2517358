using CsCheck;
using Picket.Core.Deployment;

namespace Picket.Core.Tests.Deployment;

public sealed class LicencePlanTests
{
    private static readonly Gen<int?> Maybe = Gen.Select(
        Gen.Int[0, 9],
        Gen.Int[0, 80],
        (known, count) => known > 0 ? count : (int?)null
    );

    [Fact]
    public void Never_gives_more_than_are_free_and_says_how_many_lack() =>
        Gen.Select(Maybe, Gen.Select(Maybe, Maybe).Array[0, 6])
            .Sample(
                (free, rows) =>
                {
                    var wishes = rows.Select((row, place) => new LicenceWish(place, row.Item1, row.Item2)).ToList();

                    var plan = LicencePlan.For(free, 1_000, wishes);

                    var given = plan.Gifts.Sum(gift => gift.Becomes - gift.Had);
                    Assert.InRange(given, 0, free ?? 0);
                    Assert.All(plan.Gifts, gift => Assert.True(gift.Becomes > gift.Had));
                    if (plan.Reason is null)
                    {
                        Assert.Equal(wishes.Sum(wish => Math.Max(0, wish.Needs!.Value - wish.Has!.Value)), given);
                    }
                    else if (
                        free is not null
                        && wishes.TrueForAll(wish => wish.Has is not null && wish.Needs is not null)
                    )
                    {
                        Assert.Equal(
                            wishes.Sum(wish => Math.Max(0, wish.Needs!.Value - wish.Has!.Value)) - free.Value,
                            plan.Lacking
                        );
                    }
                }
            );

    [Fact]
    public void Serves_rings_in_their_order_and_wholly()
    {
        var plan = LicencePlan.For(10, 500, [new(1, 2, 6), new(2, 0, 20), new(3, 0, 1)]);

        Assert.Equal([new LicenceGift(1, 2, 6)], plan.Gifts);
        Assert.Equal(15, plan.Lacking);
        Assert.Contains("15 licences are lacking", plan.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Guesses_nothing()
    {
        Assert.NotNull(LicencePlan.For(null, 500, [new(1, 0, 1)]).Reason);
        Assert.NotNull(LicencePlan.For(501, 500, [new(1, 0, 1)]).Reason);
        Assert.NotNull(LicencePlan.For(-1, 500, [new(1, 0, 1)]).Reason);
        var unread = LicencePlan.For(9, 500, [new(1, null, 1), new(2, 0, 1)]);
        Assert.Empty(unread.Gifts);
        Assert.Contains("not known", unread.Reason, StringComparison.Ordinal);
    }
}
