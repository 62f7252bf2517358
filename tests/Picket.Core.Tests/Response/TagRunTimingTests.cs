using Picket.Core.Response;

namespace Picket.Core.Tests.Response;

public sealed class TagRunTimingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Starts_when_the_tags_are_not_as_wanted() =>
        Assert.Equal(TagRunDue.Whole, Due(differs: true, Run(TagRunEnd.Completed)));

    [Fact]
    public void Rests_when_they_are() => Assert.Equal(TagRunDue.No, Due(differs: false, Run(TagRunEnd.Completed)));

    [Fact]
    public void Reads_nothing_first_where_what_was_confirmed_may_be_trusted()
    {
        Assert.Equal(TagRunDue.Quick, Due(true, [Run(TagRunEnd.Completed)], read: -1, at: 0.01, trusted: true));
        Assert.Equal(TagRunDue.Quick, Due(true, [Run(TagRunEnd.Completed)], read: 1, at: 2, trusted: true));
        Assert.Equal(TagRunDue.No, Due(false, [Run(TagRunEnd.Completed)], read: -1, at: 2, trusted: true));
    }

    [Fact]
    public void Reads_back_once_after_each_reading_of_the_fleet_however_many_quick_runs_there_were()
    {
        Assert.Equal(TagRunDue.Whole, Due(false, [Run(TagRunEnd.Completed)], read: 1, at: 2, trusted: true));
        Assert.Equal(TagRunDue.No, Due(false, [Run(TagRunEnd.Completed)], read: -1, at: 2));
        EndedTagRun quick = new(TagRunEnd.Completed, Noon + (2 * Minute), Noon + (2 * Minute));
        Assert.Equal(TagRunDue.Whole, Due(false, [quick, Run(TagRunEnd.Completed)], read: 1, at: 3, trusted: true));
    }

    [Fact]
    public void Tries_again_after_a_short_end_although_nothing_seems_to_differ() =>
        Assert.Equal(TagRunDue.Whole, Due(false, [Run(TagRunEnd.Incomplete)], read: -1, at: 1));

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

        Assert.Equal(TagRunDue.Whole, Due(true, runs, read: -1, at: minutes));
        Assert.Equal(TagRunDue.No, Due(true, runs, read: -1, at: minutes - 0.1));
    }

    [Fact]
    public void Does_not_ask_a_person_twice_before_the_fleet_was_read_anew()
    {
        Assert.Equal(TagRunDue.No, Due(true, [Run(TagRunEnd.Declined)], read: -1, at: 600));
        Assert.Equal(TagRunDue.Whole, Due(true, [Run(TagRunEnd.Declined)], read: 1, at: 2));
    }

    [Fact]
    public void Goes_on_at_once_when_writing_is_switched_on_again() =>
        Assert.Equal(TagRunDue.Whole, Due(differs: true, Run(TagRunEnd.Stopped)));

    [Fact]
    public void Trusts_what_was_confirmed_for_a_day_and_only_while_nothing_is_open_or_went_wrong()
    {
        var completed = Run(TagRunEnd.Completed);

        Assert.True(TagRunTiming.MayTrust(completed, Noon, hasOpen: false, Noon + (1439 * Minute)));
        Assert.False(TagRunTiming.MayTrust(completed, Noon, hasOpen: false, Noon + (1440 * Minute)));
        Assert.False(TagRunTiming.MayTrust(completed, Noon, hasOpen: true, Noon));
        Assert.False(TagRunTiming.MayTrust(completed, wholeBegan: null, hasOpen: false, Noon));
        Assert.False(TagRunTiming.MayTrust(last: null, Noon, hasOpen: false, Noon));
        Assert.All(
            [TagRunEnd.Incomplete, TagRunEnd.Declined, TagRunEnd.Stopped],
            end => Assert.False(TagRunTiming.MayTrust(Run(end), Noon, hasOpen: false, Noon))
        );
    }

    [Fact]
    public void Is_sparing_while_verdicts_come_in_for_long()
    {
        Assert.Equal(TagRunTiming.WhileJudging, TagRunTiming.WaitForJudging(manyth: null, Noon));
        Assert.Equal(TagRunTiming.WhileJudging, TagRunTiming.WaitForJudging(Noon - (11 * Minute), Noon));
        Assert.Equal(TagRunTiming.WhileJudgingSparingly, TagRunTiming.WaitForJudging(Noon - (9 * Minute), Noon));
    }

    private static EndedTagRun Run(TagRunEnd end) => new(end, Noon, Noon);

    private static TagRunDue Due(bool differs, EndedTagRun last) => Due(differs, [last], read: -1, at: 0.01);

    private static TagRunDue Due(bool differs, EndedTagRun[] runs, double read, double at, bool trusted = false) =>
        TagRunTiming.Due(differs, trusted, Noon + (Minute * read), Noon, runs, Noon + (Minute * at), Minute);
}
