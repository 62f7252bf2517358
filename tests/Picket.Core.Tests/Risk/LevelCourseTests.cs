using CsCheck;
using Picket.Core.Devices;
using Picket.Core.Policy;
using Picket.Core.Risk;

namespace Picket.Core.Tests.Risk;

/// <summary>Levels over many days, with few judgements.</summary>
public sealed class LevelCourseTests
{
    private static readonly DateTimeOffset[] Days =
    [
        .. Enumerable.Range(0, 31).Select(day => SomeDevices.Now.AddDays(day - 30)),
    ];

    [Fact]
    public void It_is_what_judging_on_each_day_gives()
    {
        var device =
            from patch in Gen.Int[0, 400]
            from seen in Gen.Int[0, 120]
            from collected in Gen.Int[0, 70]
            from apps in Gen.OneOf(
                new[] { "com.example.harmless", "com.example.hiddenmonitor", "org.example.spycam.pro" }
                    .Select(Gen.Const)
                    .ToArray()
            )
            select SomeDevices.Android with
            {
                SecurityPatch = SomeDevices.Known(DateOnly.FromDateTime(Days[^1].UtcDateTime).AddDays(-patch)),
                LastSeen = SomeDevices.Known(Days[^1].AddDays(-seen)),
                Compromised = Fact.Known(false, Days[^1].AddDays(-collected)),
                Apps = SomeDevices.Apps(apps),
            };
        var ends = Gen.Int[-40, 10];
        Gen.Select(device, ends)
            .Sample(
                (facts, end) =>
                {
                    var context = SomeDevices.Context with { Policies = Excepting(Days[^1].AddDays(end)) };
                    RiskLevel? At(DateTimeOffset day) => RiskEngine.Judge(facts, context, day).Level;

                    var course = LevelCourse.Of(Days, context.TurnsBetween(Days[0], Days[^1]), At);
                    Assert.Equal(Days.Select(At), course);
                }
            );
    }

    [Fact]
    public void A_device_of_which_nothing_changes_is_judged_twice()
    {
        var judged = 0;
        var course = LevelCourse.Of(Days, [], _ => ++judged is 0 ? null : RiskLevel.Low);
        Assert.Equal(2, judged);
        Assert.All(course, level => Assert.Equal(RiskLevel.Low, level));
    }

    [Fact]
    public void A_device_that_came_and_went_has_levels_in_between_only()
    {
        var (came, went) = (Days[10].AddHours(-1), Days[20].AddHours(1));
        var course = LevelCourse.Of(Days, [went, came], day => day >= came && day < went ? RiskLevel.Secure : null);
        Assert.Equal(
            Enumerable.Range(10, 11),
            course.Index().Where(day => day.Item is not null).Select(day => day.Index)
        );
    }

    [Fact]
    public void Moments_that_are_none_need_no_judgement() =>
        Assert.Empty(LevelCourse.Of([], [Days[0]], _ => throw new InvalidOperationException()));

    private static PolicyBook Excepting(DateTimeOffset until)
    {
        var text = $"""
            version: 1
            policies: []
            exceptions:
              - name: spied on with consent
                finding: app.stalkerware
                everywhere: true
                owner: Ada Example
                reason: tested
                ends: {until:yyyy-MM-dd}
            """;
        var read = PolicyReader.Read(text, DateOnly.FromDateTime(until.UtcDateTime));
        Assert.True(read.Succeeded, string.Join(" ", read.Mistakes));
        return new PolicyBook(read.Document);
    }
}
