using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Picket.Cli.Tests.Demo;

/// <summary><c>./run demo</c> after its build: the real programs, in a temporary folder of this test.</summary>
internal sealed class DemoRun : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly Process _process;
    private readonly StringBuilder _error = new();
    private readonly Task<string> _output;

    private DemoRun(Process process, string folder)
    {
        (_process, Folder) = (process, folder);
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_error)
                _error.AppendLine(line.Data);
        };
        process.BeginErrorReadLine();
        _output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
    }

    /// <summary>Everything that the demo leaves on disk is below it.</summary>
    public string Folder { get; }

    public string EnvironmentFile => Path.Combine(Folder, ".data", "demo.env");

    public string Error
    {
        get
        {
            lock (_error)
                return _error.ToString();
        }
    }

    /// <summary>What the file for a shell says.</summary>
    public string Variable(string name) =>
        File.ReadLines(EnvironmentFile)
            .Select(line => line.Split('=', 2))
            .Single(parts => parts[0] == $"export {name}")[1]
            .Trim('\'');

    public static DemoRun Start(params string[] args)
    {
        var folder = Directory.CreateTempSubdirectory("picket-demo-test-").FullName;
        string[] demo =
        [
            Checkout.Program("Picket.Cli", "picket"),
            "demo",
            "--server-program",
            Checkout.Program("Picket.Server", "Picket.Server"),
            "--emulator-program",
            Checkout.Program("Picket.WorkspaceOne.Emulator", "Picket.WorkspaceOne.Emulator"),
            "--samples",
            Path.Combine(Checkout.Root, "samples"),
            "--environment",
            Path.Combine(folder, ".data", "demo.env"),
            .. args,
        ];
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", .. demo])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // A program that is ended before its runtime is up leaves its diagnostic pipes behind.
            Environment = { ["TMPDIR"] = folder, ["DOTNET_EnableDiagnostics"] = "0" },
        };
        return new DemoRun(Process.Start(start)!, folder);
    }

    /// <summary>Waits until the demo has said these words.</summary>
    public async Task UntilAsync(string words, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        while (!Error.Contains(words, StringComparison.Ordinal))
        {
            Assert.False(_process.HasExited, $"The demo ended before it said '{words}':\n{Error}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }

    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async Task<(int Code, string LastLine)> EndAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation).WaitAsync(Patience, cancellation);
        return (_process.ExitCode, (await _output).TrimEnd().Split('\n')[^1]);
    }

    /// <summary>Files and programs that outlived the demo.</summary>
    public IEnumerable<string> Leftovers() =>
        Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Concat(Programs());

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private IEnumerable<string> Programs() =>
        Process.GetProcesses().Select(CommandLine).Where(line => line.Contains(Folder, StringComparison.Ordinal));

    private static string CommandLine(Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline").Replace('\0', ' ');
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return "";
        }
    }
}

/// <summary>One test with demos at a time, and nothing beside it: each demo is three programs.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class DemoTurns
{
    public const string Name = "demos";
}
