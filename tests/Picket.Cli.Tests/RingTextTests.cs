using Picket.Cli.Commands;

namespace Picket.Cli.Tests;

/// <summary>How a ring is said on the command line.</summary>
public sealed class RingTextTests
{
    [Theory]
    [InlineData("Canary", "Canary", "Canary", null)]
    [InlineData("10%=All Android", "10% of All Android", "All Android", 10)]
    [InlineData("10% of All Android", "10% of All Android", "10% of All Android", null)] // Somebody's group.
    [InlineData("100%=All", "100%=All", "100%=All", null)]
    public void A_ring_is_a_smart_group_or_a_share_of_one(string text, string name, string group, int? share)
    {
        var ring = RingText.Parse(text);

        Assert.Equal(name, ring.Name);
        Assert.Equal([group], ring.SmartGroups);
        Assert.Equal(share, ring.SharePercent);
    }

    [Fact]
    public void A_ring_is_the_people_of_a_user_group()
    {
        var ring = RingText.Parse("users=Canary");

        Assert.Equal("Canary", ring.Name);
        Assert.Empty(ring.SmartGroups);
        Assert.Equal(["Canary"], ring.UserGroups);
        Assert.Equal(["users="], RingText.Parse("users=").SmartGroups);
    }

    [Fact]
    public void Several_groups_and_a_name_of_its_own_are_said_as_the_API_takes_them()
    {
        var ring = RingText.Parse("""{"name":"Pilots","smartGroups":["IT","10%=Field"],"sharePercent":20}""");

        Assert.Equal("Pilots", ring.Name);
        Assert.Equal(["IT", "10%=Field"], ring.SmartGroups);
        Assert.Equal(20, ring.SharePercent);
    }

    [Fact]
    public void A_long_name_of_a_group_is_cut_for_the_ring_and_not_for_the_group()
    {
        var group = new string('x', 80);

        var ring = RingText.Parse(group);

        Assert.Equal(60, ring.Name.Length);
        Assert.Equal([group], ring.SmartGroups);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"name\":1}")]
    public void What_is_no_ring_is_refused_with_an_example(string text)
    {
        var refused = Assert.Throws<UsageException>(() => RingText.Parse(text));

        Assert.Contains("smartGroups", refused.Message);
    }
}
