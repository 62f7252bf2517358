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
}
