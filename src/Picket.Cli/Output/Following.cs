using Spectre.Console;

namespace Picket.Cli.Output;

/// <summary>Waits for the end of something in the server; shows bars on standard error when that is a terminal.</summary>
internal sealed class Following<T>(Session session)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public required Func<T, bool> IsOver { get; init; }

    public required Func<T, CancellationToken, Task<T>> ReadAsync { get; init; }

    /// <summary>How far it is; null before it began.</summary>
    public required Func<T, FollowedStage?> Stage { get; init; }

    /// <summary>Why it rests, and until when; null while it works. Said once, where no bar says it.</summary>
    public Func<T, string?> Waits { get; init; } = _ => null;

    /// <summary>What a person has to know who stops waiting.</summary>
    public required string GoesOn { get; init; }

    public async Task<T> ToEndAsync(T first, CancellationToken cancellation)
    {
        try
        {
            if (session.Terminal.ErrorRedirected)
                return await PollAsync(first, Telling(), cancellation);
            return await session
                .Terminal.ErrorConsole.Progress()
                .AutoClear(true)
                .Columns(
                    new TaskDescriptionColumn { Alignment = Justify.Left },
                    new ProgressBarColumn { CompletedStyle = Palette.Good, FinishedStyle = Palette.Good },
                    new PercentageColumn(),
                    new ElapsedTimeColumn()
                )
                .StartAsync(async progress =>
                {
                    var bars = new Dictionary<string, ProgressTask>();
                    return await PollAsync(first, now => Show(progress, bars, now), cancellation);
                });
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            session.Printer.Remark(GoesOn);
            throw;
        }
    }

    private Action<T> Telling()
    {
        string? told = null;
        return now =>
        {
            if (Waits(now) is { } text && text != told)
                session.Printer.Remark(told = text);
        };
    }

    private async Task<T> PollAsync(T now, Action<T> show, CancellationToken cancellation)
    {
        while (!IsOver(now))
        {
            show(now);
            await Task.Delay(Pause, session.Terminal.Time, cancellation);
            now = await ReadAsync(now, cancellation);
        }
        return now;
    }

    private void Show(ProgressContext context, Dictionary<string, ProgressTask> bars, T now)
    {
        if (Stage(now) is not { } stage)
            return;
        if (!bars.TryGetValue(stage.Name, out var bar))
        {
            foreach (var earlier in bars.Values)
                (earlier.IsIndeterminate, earlier.Value) = (false, earlier.MaxValue);
            bar = bars[stage.Name] = context.AddTask(Markup.Escape(Cell.Clean(stage.Name)));
        }
        bar.IsIndeterminate = stage.Total is null or 0;
        bar.MaxValue = Math.Max(stage.Total ?? stage.Done + 1, 1);
        bar.Value = stage.Done;
    }
}

/// <summary>How far something is; without a total nobody knows yet.</summary>
internal sealed record FollowedStage(string Name, int Done, int? Total);
