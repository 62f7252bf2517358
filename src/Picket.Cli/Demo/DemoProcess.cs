using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Picket.Cli.Demo;

/// <summary>A program of the demo: its log goes to a file, its end is noticed, and it is ended with SIGTERM.</summary>
internal sealed partial class DemoProcess : IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private readonly Process process;
    private readonly string logFile;
    private readonly StreamWriter log;
    private readonly TaskCompletionSource<string> firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> firstOwnerCode = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly Lock gate = new();

    private DemoProcess(Process process, string logFile)
    {
        (this.process, this.logFile) = (process, logFile);
        log = new StreamWriter(logFile) { AutoFlush = true };
        process.OutputDataReceived += (_, line) => Take(line.Data, isOutput: true);
        process.ErrorDataReceived += (_, line) => Take(line.Data, isOutput: false);
        process.Exited += (_, _) => firstLine.TrySetException(Ended());
        process.Exited += (_, _) => firstOwnerCode.TrySetException(Ended());
    }

    public static DemoProcess Start(FileInfo program, IEnumerable<string> arguments, string logFile)
    {
        var start = new ProcessStartInfo("dotnet", [program.FullName, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Static files of the console lie beside the program.
            WorkingDirectory = program.DirectoryName,
        };
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var running = new DemoProcess(process, logFile);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return running;
    }

    public async Task<string> FirstLineAsync(TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            return await firstLine.Task.WaitAsync(limit, cancellation);
        }
        catch (TimeoutException)
        {
            throw NotReady(limit);
        }
    }

    /// <summary>What the server prints for whoever is to own it.</summary>
    public async Task<string> FirstOwnerCodeAsync(TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            return await firstOwnerCode.Task.WaitAsync(limit, cancellation);
        }
        catch (TimeoutException)
        {
            throw NotReady(limit);
        }
    }

    public async Task UntilEndAsync(CancellationToken cancellation)
    {
        await process.WaitForExitAsync(cancellation);
        throw Ended();
    }

    public async Task WaitUntilAsync(Func<Task<bool>> condition, TimeSpan limit, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (process.HasExited)
            {
                throw Ended();
            }

            if (Stopwatch.GetElapsedTime(started) > limit)
            {
                throw NotReady(limit);
            }

            await Task.Delay(Poll, TimeProvider.System, cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        process.Dispose();
        lock (gate)
        {
            log.Dispose();
        }
    }

    private void Take(string? line, bool isOutput)
    {
        if (line is null)
        {
            return;
        }

        if (isOutput && firstLine.TrySetResult(line))
        {
            // The emulator's first line holds its credentials; they have no business in a log.
            return;
        }

        if (FirstOwnerLink().Match(line) is { Success: true } link)
        {
            firstOwnerCode.TrySetResult(link.Groups[1].Value);
            return;
        }

        lock (gate)
        {
            if (log.BaseStream is { CanWrite: true })
            {
                log.WriteLine(line);
            }
        }
    }

    [GeneratedRegex("/first-owner#([A-Za-z0-9_-]{43})")]
    private static partial Regex FirstOwnerLink();

    private DemoFailedException Ended() => new($"{Program} ended by itself.\n{LogEnd()}");

    private DemoFailedException NotReady(TimeSpan limit) =>
        new($"{Program} did not become ready in {limit.TotalSeconds:0} s.\n{LogEnd()}");

    private string Program => Path.GetFileName(process.StartInfo.ArgumentList[0]);

    private string LogEnd()
    {
        using var file = new FileStream(logFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return string.Join('\n', reader.ReadToEnd().Split('\n').TakeLast(20));
    }
}
