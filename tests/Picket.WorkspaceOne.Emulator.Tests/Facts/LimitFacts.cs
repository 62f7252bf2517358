using System.Globalization;

namespace Picket.WorkspaceOne.Emulator.Tests.Facts;

/// <summary>Section 3: limits.</summary>
public sealed class LimitFacts
{
    [Fact]
    public async Task The_day_has_250000_calls_and_every_answer_counts_down()
    {
        await using var visitor = await Visitor.ComeAsync();
        using var first = await visitor.GetAsync("system/info");
        using var nothing = await visitor.GetAsync("mdm/devices/search?page=99");
        Assert.Equal("250000", first.Header("X-RateLimit-Limit"));
        Assert.Equal("249999", first.Header("X-RateLimit-Remaining"));
        Assert.Equal(204, (int)nothing.StatusCode);
        Assert.Equal("249998", nothing.Header("X-RateLimit-Remaining"));
    }

    [Fact]
    public async Task The_day_opens_with_the_first_call_and_lasts_24_hours()
    {
        await using var visitor = await Visitor.ComeAsync(Scene.Frozen);
        using var first = await visitor.GetAsync("system/info");
        visitor.Host.Clock.Step(TimeSpan.FromHours(17));
        using var later = await visitor.GetAsync("system/info");
        visitor.Host.Clock.Step(TimeSpan.FromHours(7));
        using var next = await visitor.GetAsync("system/info");
        Assert.Equal(Scene.Noon.AddDays(1), Reset(first));
        Assert.Equal(Scene.Noon.AddDays(1), Reset(later));
        Assert.Equal(Scene.Noon.AddDays(2), Reset(next));
    }

    private static DateTimeOffset Reset(HttpResponseMessage response) =>
        DateTimeOffset.FromUnixTimeSeconds(
            long.Parse(response.Header("X-RateLimit-Reset"), CultureInfo.InvariantCulture)
        );
}
