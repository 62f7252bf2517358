using Picket.Api;
using Spectre.Console;

namespace Picket.Cli.Output;

/// <summary>Runs for people.</summary>
internal static class RunText
{
    private static readonly Column<KeyValuePair<string, RunCounts>>[] Counts =
    [
        new("Rows", row => row.Key),
        new("Read", row => Cell.Number(row.Value.Read)),
        new("Added", row => Cell.Number(row.Value.Added)),
        new("Changed", row => Cell.Number(row.Value.Changed)),
        new("Touched", row => Cell.Number(row.Value.Touched)),
        new("Removed", row => Cell.Number(row.Value.Removed)),
    ];

    public static void Write(RunView run, IAnsiConsole console)
    {
        console.Write(
            Tables.Pairs(
                ("Run", run.Id.ToString()),
                ("Kind", $"{run.Kind}, started by {run.Trigger}"),
                ("State", run.State.ToString()),
                ("Stage", Stage(run)),
                ("UEM calls", Cell.Number(run.UemCalls)),
                ("Began", Cell.Time(run.StartedAt)),
                ("Ended", Cell.Time(run.EndedAt)),
                (
                    "Took",
                    run is { StartedAt: { } from, EndedAt: { } to }
                        ? $"{Cell.Number((to - from).TotalSeconds)} s"
                        : null
                ),
                ("Held", Hold(run)),
                ("Because", string.Join('\n', run.IncompleteReasons))
            )
        );
        if (run.Counts.Count == 0)
            return;
        console.WriteLine();
        console.Write(Tables.Of(run.Counts, Counts));
    }

    /// <summary>A run that is still under way is no problem; one that ended short is.</summary>
    public static int ExitCode(RunState state) =>
        state is RunState.Queued or RunState.Running or RunState.Completed ? ExitCodes.Ok : ExitCodes.Problem;

    private static string? Stage(RunView run) =>
        run.Progress is { } at && !RunProgressBar.IsOver(run.State)
            ? $"{at.Stage}: {at.Done}{(at.Total is { } total ? $" of {total}" : "")}"
            : run.Stage;

    private static string? Hold(RunView run) =>
        run.Hold is { } hold
            ? $"{hold.Lost} of {hold.Stored} devices ({Cell.Share(hold.Share)}) are no longer listed, more than "
                + $"{Cell.Share(hold.Limit)}. `picket runs approve {run.Id}` removes them, `picket runs discard {run.Id}` keeps them."
            : null;
}
