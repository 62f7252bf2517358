using Picket.Api;
using Spectre.Console;

namespace Picket.Cli.Output;

/// <summary>Follows a run to its end; shows a bar on standard error when that is a terminal.</summary>
internal static class RunProgressBar
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public static async Task<RunView> FollowAsync(Session session, RunView run, CancellationToken cancellationToken)
    {
        try
        {
            if (session.Terminal.ErrorRedirected)
                return await PollAsync(session, run, _ => { }, cancellationToken);
            return await session
                .Terminal.ErrorConsole.Progress()
                .AutoClear(true)
                .StartAsync(async progress =>
                {
                    var bars = new Dictionary<string, ProgressTask>();
                    return await PollAsync(session, run, state => Show(progress, bars, state), cancellationToken);
                });
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            session.Printer.Remark($"The run goes on in the server; `picket runs cancel {run.Id}` stops it.");
            throw;
        }
    }

    public static bool IsOver(RunState state) => state is not (RunState.Queued or RunState.Running);

    private static async Task<RunView> PollAsync(
        Session session,
        RunView run,
        Action<RunView> show,
        CancellationToken cancellationToken
    )
    {
        while (!IsOver(run.State))
        {
            await Task.Delay(Pause, session.Terminal.Time, cancellationToken);
            run = await session.Client.RunAsync(run.Id, cancellationToken);
            show(run);
        }
        return run;
    }

    private static void Show(ProgressContext context, Dictionary<string, ProgressTask> bars, RunView run)
    {
        if (run.Progress is not { } progress)
            return;
        if (!bars.TryGetValue(progress.Stage, out var bar))
        {
            foreach (var earlier in bars.Values)
                earlier.Value = earlier.MaxValue;
            bar = bars[progress.Stage] = context.AddTask(Markup.Escape(Cell.Clean(progress.Stage)));
        }
        bar.IsIndeterminate = progress.Total is null;
        bar.MaxValue = Math.Max(progress.Total ?? progress.Done + 1, 1);
        bar.Value = progress.Done;
    }
}
