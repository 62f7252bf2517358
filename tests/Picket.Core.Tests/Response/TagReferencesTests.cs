using Picket.Core.Response;

namespace Picket.Core.Tests.Response;

/// <summary>Which smart groups are read when each is a call, and what is seen of a reference.</summary>
public sealed class TagReferencesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_names_a_tag_comes_first_then_what_was_never_read_then_what_was_read_longest_ago()
    {
        var readAt = new Dictionary<int, DateTimeOffset>
        {
            [1] = Now.AddHours(-1),
            [2] = Now.AddHours(-9),
            [4] = Now,
            [5] = Now,
        };

        var all = TagReferences.ToRead([1, 2, 3, 4, 5], new HashSet<int> { 5 }, readAt, Now.AddMinutes(-5));
        Assert.Equal([5, 3, 2, 1], all);
        Assert.Equal([5, 3], TagReferences.ToRead([1, 2, 3, 4, 5], new HashSet<int> { 5 }, readAt, Now, most: 2));
    }

    [Theory]
    [InlineData(7, 7, new[] { 6, 7 }, ReferenceSight.Named)]
    [InlineData(7, 9, new[] { 9 }, ReferenceSight.Named)]
    [InlineData(7, 9, new[] { 7 }, ReferenceSight.NamedByOldNumber)]
    [InlineData(7, 9, new[] { 8 }, ReferenceSight.NotNamed)]
    [InlineData(7, 7, null, ReferenceSight.NoGroup)]
    public void A_tag_is_named_by_its_number(int named, int now, int[]? tags, ReferenceSight sight) =>
        Assert.Equal(sight, TagReferences.Of(named, now, tags));
}
