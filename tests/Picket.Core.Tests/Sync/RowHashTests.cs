using CsCheck;
using Picket.Core.Sync;

namespace Picket.Core.Tests.Sync;

public sealed class RowHashTests
{
    [Fact]
    public void Stays_the_same_in_every_process() =>
        // Stored hashes depend on it: a new value here rewrites every row of every inventory.
        Assert.Equal("95285dd1b7ebd27f7d8937843fcd885b", RowHash.Of("iPhone", null, "17.4", "").ToString());

    [Fact]
    public void Differs_when_the_fields_differ()
    {
        var field = Gen.OneOf(Gen.Const((string?)null), Gen.String[0, 3].Select(text => (string?)text));
        Gen.Select(field.Array[0, 4], field.Array[0, 4])
            .Sample((one, other) => RowHash.Of(one) == RowHash.Of(other) == one.SequenceEqual(other));
    }

    [Fact]
    public void Tells_shifted_and_absent_fields_apart()
    {
        Assert.NotEqual(RowHash.Of("ab", "c"), RowHash.Of("a", "bc"));
        Assert.NotEqual(RowHash.Of("a", null), RowHash.Of("a", ""));
        Assert.NotEqual(RowHash.Of("a"), RowHash.Of("a", null));
    }

    [Fact]
    public void Comes_back_from_its_bytes()
    {
        var hash = RowHash.Of("x");
        Assert.Equal(hash, RowHash.FromBytes(hash.ToBytes()));
        Assert.Throws<ArgumentException>(() => RowHash.FromBytes([1, 2, 3]));
    }

    [Fact]
    public void Tells_absent_values_of_any_type_from_their_zero()
    {
        Assert.NotEqual(Hash((ref hasher) => hasher.Add((long?)null)), Hash((ref hasher) => hasher.Add(0)));
        Assert.NotEqual(Hash((ref hasher) => hasher.Add((bool?)null)), Hash((ref hasher) => hasher.Add(false)));
        Assert.NotEqual(Hash((ref hasher) => hasher.Add((Guid?)null)), Hash((ref hasher) => hasher.Add(Guid.Empty)));
        Assert.NotEqual(
            Hash((ref hasher) => hasher.Add((DateOnly?)null)),
            Hash((ref hasher) => hasher.Add(DateOnly.MinValue))
        );
        Assert.NotEqual(
            Hash((ref hasher) => hasher.Add((DateTimeOffset?)null)),
            Hash((ref hasher) => hasher.Add(DateTimeOffset.MinValue))
        );
    }

    [Fact]
    public void Takes_a_moment_for_the_same_in_whatever_zone_it_is_told()
    {
        var moment = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.FromHours(2));
        Assert.Equal(
            Hash((ref hasher) => hasher.Add(moment)),
            Hash((ref hasher) => hasher.Add(moment.ToUniversalTime()))
        );
    }

    [Fact]
    public void Takes_texts_of_any_length() =>
        Gen.String[0, 3000]
            .Array[1, 5]
            .Sample(texts =>
                RowHash.Of(texts) == RowHash.Of([.. texts]) && RowHash.Of(texts) != RowHash.Of([.. texts, ""])
            );

    private delegate void Adding(ref RowHasher hasher);

    private static RowHash Hash(Adding add)
    {
        var hasher = new RowHasher();
        add(ref hasher);
        return hasher.Finish();
    }
}
