using CsCheck;
using Picket.Core.Sync;

namespace Picket.Core.Tests.Sync;

public sealed class RunTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Goes_on_at_its_cursor_after_a_kill() =>
        Assert.Equal(
            new RunStep.Work(RunStage.Devices, "7"),
            RunResume.Next(new(RunState.Running, RunStage.Devices, "7", StageDone: false, Noon), Noon.AddMinutes(1))
        );

    [Fact]
    public void Reads_a_listing_anew_when_it_rested_too_long() =>
        Assert.Equal(
            new RunStep.Work(RunStage.Devices, null),
            RunResume.Next(new(RunState.Running, RunStage.Devices, "7", StageDone: false, Noon), Noon.AddHours(1))
        );

    [Fact]
    public void Goes_on_with_details_however_long_they_rested() =>
        Assert.Equal(
            new RunStep.Work(RunStage.Details, "7"),
            RunResume.Next(new(RunState.Running, RunStage.Details, "7", StageDone: false, Noon), Noon.AddHours(9))
        );

    [Theory]
    [InlineData(RunState.Completed)]
    [InlineData(RunState.Incomplete)]
    [InlineData(RunState.Cancelled)]
    [InlineData(RunState.Failed)]
    public void Does_nothing_with_a_run_that_ended(RunState state) =>
        Assert.IsType<RunStep.Nothing>(RunResume.Next(new(state, RunStage.Devices, "7", false, Noon), Noon));

    [Fact]
    public void Waits_for_a_person_while_held() =>
        Assert.IsType<RunStep.AwaitApproval>(
            RunResume.Next(new(RunState.Held, RunStage.Losses, null, false, Noon), Noon)
        );

    [Fact]
    public void Passes_through_every_stage_once_and_concludes()
    {
        var run = new StoredRun(RunState.Queued, RunStage.OrganizationGroups, null, false, Noon);
        List<RunStage> passed = [];
        while (RunResume.Next(run, Noon) is RunStep.Work work)
        {
            passed.Add(work.Stage);
            run = new(RunState.Running, work.Stage, null, StageDone: true, Noon);
        }

        Assert.Equal(Enum.GetValues<RunStage>(), passed);
        Assert.IsType<RunStep.Conclude>(RunResume.Next(run, Noon));
    }

    [Fact]
    public void Is_due_within_a_tenth_of_the_interval_and_the_same_for_the_same_seed() =>
        Gen.ULong.Sample(seed =>
        {
            var next = SyncSchedule.Next(Noon, SyncSchedule.DefaultInterval, seed, Noon);
            var again = SyncSchedule.Next(Noon, SyncSchedule.DefaultInterval, seed, Noon);
            return next == again && next >= Noon.AddHours(3.6) && next <= Noon.AddHours(4.4);
        });

    [Fact]
    public void Is_due_now_when_it_never_ran_or_was_missed()
    {
        Assert.Equal(Noon, SyncSchedule.Next(null, SyncSchedule.DefaultInterval, 1, Noon));
        Assert.Equal(Noon, SyncSchedule.Next(Noon.AddDays(-2), SyncSchedule.DefaultInterval, 1, Noon));
    }

    [Fact]
    public void Spreads_neighbouring_seeds()
    {
        var times = Enumerable
            .Range(0, 100)
            .Select(seed => SyncSchedule.Next(Noon, SyncSchedule.DefaultInterval, (ulong)seed, Noon));

        Assert.True(times.Select(time => (time - Noon).TotalMinutes).Max() > 255);
        Assert.True(times.Select(time => (time - Noon).TotalMinutes).Min() < 225);
    }
}
