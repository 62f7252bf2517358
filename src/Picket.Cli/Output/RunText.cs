using Picket.Api;

namespace Picket.Cli.Output;

/// <summary>Runs for people.</summary>
internal static class RunText
{
    private static readonly Column<KeyValuePair<string, RunCounts>>[] Counts =
    [
        new("Rows", row => row.Key),
        new("Read", row => row.Value.Read),
        new("Added", row => row.Value.Added),
        new("Changed", row => row.Value.Changed),
        new("Touched", row => row.Value.Touched),
        new("Removed", row => row.Value.Removed),
    ];

    public static void Write(RunView run, Screen screen)
    {
        screen.Pairs(
            ("State", new Styled(run.State, Palette.Of(run.State))),
            ("Because", string.Join('\n', run.IncompleteReasons)),
            ("Notes", string.Join('\n', run.Notes)),
            ("Held", Hold(run)),
            ("Run", run.Id),
            ("Kind", $"{run.Kind}, started by {run.Trigger}"),
            ("Stage", Stage(run)),
            ("UEM calls", run.UemCalls),
            ("Bytes read", run.Bytes),
            ("Began", run.StartedAt),
            ("Ended", run.EndedAt),
            ("Took", Took(run)),
            ("Taken up again", run.Resumes > 0 ? $"{run.Resumes} times" : null)
        );
        if (run.Counts.Count == 0)
            return;
        screen.Line();
        screen.Rows(run.Counts, Counts);
    }

    /// <summary>A run that is still under way is no problem; one that ended short is.</summary>
    public static int ExitCode(RunState state) =>
        state is RunState.Queued or RunState.Running or RunState.Completed ? ExitCodes.Ok : ExitCodes.Problem;

    public static string? Took(RunView run) =>
        run is { StartedAt: { } from, EndedAt: { } to } ? Age.Seconds((to - from).TotalSeconds) : null;

    /// <summary>One fact that changed: what it was, and what it is.</summary>
    public static string Part(RunRowPart part) => $"{part.Fact}: {part.Before ?? "-"} → {part.After ?? "-"}";

    private static string? Stage(RunView run) =>
        run.Progress is { } at && !RunFollowing.IsOver(run.State)
            ? $"{at.Stage}: {Cell.Number(at.Done)}{(at.Total is { } total ? $" of {Cell.Number(total)}" : "")}"
            : run.Stage;

    private static string? Hold(RunView run) =>
        run.Hold is { } hold
            ? $"{Cell.Number(hold.Lost)} of {Cell.Number(hold.Stored)} devices ({Cell.Share(hold.Share)}) are no longer listed, more than "
                + $"{Cell.Share(hold.Limit)}. `picket runs approve {run.Id}` removes them, `picket runs discard {run.Id}` keeps them, `picket runs rows {run.Id} --change missing` lists them."
            : null;
}
