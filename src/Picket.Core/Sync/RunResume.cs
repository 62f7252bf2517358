namespace Picket.Core.Sync;

/// <summary>A run can be killed anywhere; from its stored state alone this says how it goes on.</summary>
public static class RunResume
{
    /// <summary>
    /// A listing that rested longer is read anew from its first page: its rows have moved meanwhile, and pages of two
    /// different hours do not add up to a proof of absence.
    /// </summary>
    public static readonly TimeSpan ListingMayRest = TimeSpan.FromMinutes(30);

    public static RunStep Next(StoredRun run, DateTimeOffset now) =>
        run.State switch
        {
            RunState.Queued => new RunStep.Work(RunStage.OrganizationGroups, null),
            RunState.Held => new RunStep.AwaitApproval(),
            RunState.Running or RunState.Approved => run.StageDone ? After(run.Stage) : GoOn(run, now),
            _ => new RunStep.Nothing(),
        };

    /// <summary>The stage that follows, or the end.</summary>
    public static RunStep After(RunStage stage)
    {
        var later = Enum.GetValues<RunStage>().Where(next => next > stage).Order().ToList();
        return later.Count == 0 ? new RunStep.Conclude() : new RunStep.Work(later[0], null);
    }

    /// <summary>Whether the stage reads pages of a listing whose absences count.</summary>
    public static bool IsListing(RunStage stage) => stage < RunStage.Losses;

    private static RunStep.Work GoOn(StoredRun run, DateTimeOffset now)
    {
        var stale = IsListing(run.Stage) && now - run.Moved > ListingMayRest;
        return new(run.Stage, stale ? null : run.Cursor);
    }
}
