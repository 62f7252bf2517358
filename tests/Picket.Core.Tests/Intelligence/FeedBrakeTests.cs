using CsCheck;
using Picket.Core.Intelligence;

namespace Picket.Core.Tests.Intelligence;

/// <summary>When a new version of a feed waits for a person, when a feed is late, and when its source is asked again.</summary>
public sealed class FeedBrakeTests
{
    private static readonly FeedBrake Brake = new();

    private static readonly Gen<FeedShift> Shifts =
        from before in Gen.Int[0, 2000]
        from added in Gen.Int[0, 2000]
        from removed in Gen.Int[0, before]
        from changed in Gen.Int[0, before - removed]
        select new FeedShift(before, before - removed + added, added, removed, changed);

    [Theory]
    [InlineData(1000, 299, 0, 0, null)]
    [InlineData(1000, 301, 0, 0, "differs in 301 entries")]
    [InlineData(1000, 0, 99, 0, null)]
    [InlineData(1000, 0, 101, 0, "more than 10 % fewer")]
    [InlineData(1000, 0, 1000, 0, "It is empty")]
    [InlineData(1000, 200, 200, 0, "200 added, 200 removed")]
    [InlineData(1000, 0, 0, 301, "301 changed")]
    [InlineData(12, 9, 4, 2, null)] // A small list.
    [InlineData(12, 0, 12, 0, "It is empty")]
    [InlineData(0, 5000, 0, 0, null)] // Nothing to compare with.
    public void Asks_when_much_of_a_feed_changes_or_goes(
        int before,
        int added,
        int removed,
        int changed,
        string? reason
    )
    {
        var asks = Brake.ReasonToAsk(new FeedShift(before, before + added - removed, added, removed, changed));

        if (reason is null)
        {
            Assert.Null(asks);
        }
        else
        {
            Assert.Contains(reason, asks, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_differs_more_is_never_trusted_more() =>
        Gen.Select(Shifts, Gen.Int[0, 500])
            .Sample(
                (shift, more) =>
                {
                    if (shift.Before == 0 || Brake.ReasonToAsk(shift) is null)
                    {
                        return;
                    }

                    var removed = Math.Min(more, shift.Before - shift.Removed - shift.Changed);
                    var worse = shift with { Removed = shift.Removed + removed, After = shift.After - removed };
                    Assert.NotNull(Brake.ReasonToAsk(worse));
                    Assert.NotNull(Brake.ReasonToAsk(shift with { Changed = shift.Changed + more }));
                }
            );

    [Fact]
    public void What_is_the_same_never_waits() =>
        Gen.Int[0, 100_000].Sample(entries => Assert.Null(Brake.ReasonToAsk(new(entries, entries, 0, 0, 0))));

    [Fact]
    public void A_feed_is_late_by_its_own_rhythm()
    {
        Assert.Equal(FeedRhythm.Usual, FeedRhythm.OldAfter([]));
        Assert.Equal(FeedRhythm.Usual, FeedRhythm.OldAfter(Every(30, versions: 3)));
        Assert.Equal(TimeSpan.FromDays(7), FeedRhythm.OldAfter(Every(1, versions: 10)));
        Assert.Equal(TimeSpan.FromDays(28), FeedRhythm.OldAfter(Every(7, versions: 10)));
        Assert.Equal(TimeSpan.FromDays(180), FeedRhythm.OldAfter(Every(100, versions: 5)));
        // Three imports of one day say nothing of the rhythm of the rest.
        Assert.Equal(TimeSpan.FromDays(40), FeedRhythm.OldAfter([.. Every(10, versions: 8), .. Every(1, versions: 3)]));
    }

    [Theory]
    [InlineData(1440, 0, null, 1440)]
    [InlineData(1440, 1, null, 5)]
    [InlineData(1440, 4, null, 40)]
    [InlineData(1440, 60, null, 1440)]
    [InlineData(1, 1, null, 1)] // Never seldomer than without failures.
    [InlineData(1440, 1, 60, 60)]
    [InlineData(60, 1, 100_000, 1440)] // A day is enough.
    public void A_source_that_fails_is_asked_again_soon_and_then_more_seldom(
        int interval,
        int failures,
        int? wished,
        int minutes
    ) =>
        Assert.Equal(
            TimeSpan.FromMinutes(minutes),
            SourceSchedule.UntilNext(
                TimeSpan.FromMinutes(interval),
                failures,
                wished is { } wish ? TimeSpan.FromMinutes(wish) : null
            )
        );

    private static IEnumerable<DateTimeOffset> Every(int days, int versions) =>
        Enumerable
            .Range(0, versions)
            .Select(version => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(version * days));
}
