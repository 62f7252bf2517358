using System.Diagnostics;
using System.Globalization;

namespace Picket.Bench.Harness;

/// <summary>A .NET program that runs beside the bench, with its output kept.</summary>
internal sealed class ChildProgram : IAsyncDisposable
{
    private readonly Process process;
    private readonly List<string> lines = [];
    private readonly TaskCompletionSource<string> firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildProgram(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Take(line.Data, isOutput: true);
        process.ErrorDataReceived += (_, line) => Take(line.Data, isOutput: false);
        process.Exited += (_, _) => firstLine.TrySetException(Ended());
    }

    public bool HasExited => process.HasExited;

    public static ChildProgram Start(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(program),
        };
        var child = new ChildProgram(new Process { StartInfo = start, EnableRaisingEvents = true });
        child.process.Start();
        child.process.BeginOutputReadLine();
        child.process.BeginErrorReadLine();
        return child;
    }

    public Task<string> FirstLineAsync() => firstLine.Task.WaitAsync(TimeSpan.FromSeconds(90));

    /// <summary>Everything that it printed so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (lines)
            {
                return [.. lines];
            }
        }
    }

    /// <summary>Largest resident set since the start, in megabytes.</summary>
    public double PeakMegabytes() => StatusKilobytes("VmHWM") / 1024.0;

    public InvalidOperationException Ended() =>
        new($"{process.StartInfo.ArgumentList[0]} ended by itself: {string.Join('\n', Lines.TakeLast(15))}");

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            using var end = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
            }
        }

        process.Dispose();
    }

    private long StatusKilobytes(string name) =>
        File.ReadLines($"/proc/{process.Id}/status")
            .Where(line => line.StartsWith($"{name}:", StringComparison.Ordinal))
            .Select(line =>
                long.Parse(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], Invariant)
            )
            .Single();

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    private void Take(string? line, bool isOutput)
    {
        if (line is null)
        {
            return;
        }

        if (isOutput)
        {
            firstLine.TrySetResult(line);
        }

        lock (lines)
        {
            lines.Add(line);
        }
    }
}
