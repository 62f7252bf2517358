namespace Picket.Core.Sync;

/// <summary>The stages of a run, in their order. Stored by number: never renumber, only add.</summary>
public enum RunStage
{
    OrganizationGroups = 10,
    Administrators = 20,
    Users = 30,
    UserGroups = 40,
    UserGroupMembers = 50,
    SmartGroups = 60,
    Devices = 70,
    Tags = 80,
    Losses = 90,
    Details = 100,
    Judging = 110,
}

public enum RunState
{
    Queued = 0,
    Running = 1,

    /// <summary>The brake cut in; a person decides.</summary>
    Held = 2,
    Approved = 3,
    Completed = 4,

    /// <summary>Ended without proof of what is absent; what was read is kept.</summary>
    Incomplete = 5,
    Cancelled = 6,
    Failed = 7,
}

/// <summary>A run as stored: the cursor moved in the transaction that wrote its rows.</summary>
/// <param name="Cursor">Where the stage goes on; null before its first page.</param>
/// <param name="StageDone">All of the stage is written; only the step to the next one is missing.</param>
/// <param name="Moved">When stage or cursor last moved.</param>
public sealed record StoredRun(RunState State, RunStage Stage, string? Cursor, bool StageDone, DateTimeOffset Moved);

/// <summary>What to do next with a run.</summary>
public abstract record RunStep
{
    private RunStep() { }

    /// <summary>Read on; without a cursor the stage starts at its beginning.</summary>
    public sealed record Work(RunStage Stage, string? Cursor) : RunStep;

    public sealed record AwaitApproval : RunStep;

    /// <summary>All stages are done: store the outcome.</summary>
    public sealed record Conclude : RunStep;

    /// <summary>The run has ended.</summary>
    public sealed record Nothing : RunStep;
}
