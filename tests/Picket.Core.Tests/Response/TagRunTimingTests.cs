using Picket.Core.Response;

namespace Picket.Core.Tests.Response;

public sealed class TagRunTimingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Starts_when_the_tags_are_not_as_wanted() => Assert.True(IsDue(differs: true, Run(TagRunEnd.Completed)));

    [Fact]
    public void Rests_when_they_are() => Assert.False(IsDue(differs: false, Run(TagRunEnd.Completed)));

    [Fact]
    public void Reads_back_once_after_each_reading_of_the_fleet()
    {
        Assert.True(IsDue(false, [Run(TagRunEnd.Completed)], read: 1, at: 2));
        Assert.False(IsDue(false, [Run(TagRunEnd.Completed)], read: -1, at: 2));
    }

    [Fact]
    public void Tries_again_after_a_short_end_although_nothing_seems_to_differ() =>
        Assert.True(IsDue(false, [Run(TagRunEnd.Incomplete)], read: -1, at: 1));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(6, 32)]
    [InlineData(7, 60)]
    [InlineData(40, 60)]
    public void Waits_longer_after_each_short_end(int failures, int minutes)
    {
        EndedTagRun[] runs =
        [
            .. Enumerable.Repeat(Run(TagRunEnd.Incomplete), failures),
            Run(TagRunEnd.Completed),
            Run(TagRunEnd.Incomplete),
        ];

        Assert.True(IsDue(true, runs, read: -1, at: minutes));
        Assert.False(IsDue(true, runs, read: -1, at: minutes - 0.1));
    }

    [Fact]
    public void Does_not_ask_a_person_twice_before_the_fleet_was_read_anew()
    {
        Assert.False(IsDue(true, [Run(TagRunEnd.Declined)], read: -1, at: 600));
        Assert.True(IsDue(true, [Run(TagRunEnd.Declined)], read: 1, at: 2));
    }

    [Fact]
    public void Goes_on_at_once_when_writing_is_switched_on_again() =>
        Assert.True(IsDue(differs: true, Run(TagRunEnd.Stopped)));

    private static EndedTagRun Run(TagRunEnd end) => new(end, Noon, Noon);

    private static bool IsDue(bool differs, EndedTagRun last) => IsDue(differs, [last], read: -1, at: 0.01);

    private static bool IsDue(bool differs, EndedTagRun[] runs, double read, double at) =>
        TagRunTiming.IsDue(differs, Noon + (Minute * read), runs, Noon + (Minute * at), Minute);
}
