using Picket.WorkspaceOne.Emulator.Tests.Facts;

namespace Picket.WorkspaceOne.Emulator.Tests;

/// <summary>Facts that nobody knows: one decision each, and a switch where two forms are likely.</summary>
public sealed class UnknownTests
{
    [Theory]
    [InlineData(BelowLowestVersion.ServeLowest, 422)]
    [InlineData(BelowLowestVersion.NotFound, 404)]
    public async Task A_version_below_the_lowest_gets_what_was_chosen(BelowLowestVersion choice, int status)
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 5, BelowLowest = choice });
        using var response = await visitor.PostAsync("mdm/tags", new { tag_name = "New" }, version: 1);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData(EmptySearch.NoContent, 204)]
    [InlineData(EmptySearch.EmptyList, 200)]
    public async Task A_search_that_finds_nothing_answers_what_was_chosen(EmptySearch choice, int status)
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 5, EmptySearches = choice });
        foreach (var path in new[] { "mdm/devices/search?page=9", "mdm/smartgroups/search?name=none" })
        {
            Assert.Equal(status, (int)(await visitor.GetAsync(path)).StatusCode);
        }
    }

    [Fact]
    public async Task Smart_groups_lag_behind_as_long_as_was_chosen()
    {
        var lagging = Scene.Frozen with { MembershipDelay = TimeSpan.FromMinutes(5) };
        await using var visitor = await Visitor.ComeAsync(lagging);
        var tag = visitor.Host.Tags.Create("Slow", visitor.Host.Groups.Customer.Index);
        var body = new { Name = "Slow", Tags = new[] { new { Id = $"{tag.Id}", Name = "Slow" } } };
        var id = (await visitor.ReadAsync("POST", "mdm/smartgroups", body)).GetProperty("Value").GetInt32();
        Assert.Equal(204, (int)(await visitor.GetAsync($"mdm/smartgroups/{id}/devices")).StatusCode);
        visitor.Host.Tags.Attach(tag, visitor.Host.Fleet.All.First());
        Assert.Equal(204, (int)(await visitor.GetAsync($"mdm/smartgroups/{id}/devices")).StatusCode);
        visitor.Host.Clock.Step(TimeSpan.FromMinutes(5));
        Assert.Equal(200, (int)(await visitor.GetAsync($"mdm/smartgroups/{id}/devices")).StatusCode);
    }
}
