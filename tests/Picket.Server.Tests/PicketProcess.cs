using System.Diagnostics;
using System.Text.RegularExpressions;
using Picket.Api;

namespace Picket.Server.Tests;

/// <summary>
/// The server as a process of its own, for what only a process can show: exit codes, a kill (-9), a lock between two.
/// Give the same folder again to go on with the same data. The emulator is the test's own.
/// </summary>
public sealed partial class PicketProcess : IAsyncDisposable
{
    /// <summary>Where in the data folder the tests keep the owner's token.</summary>
    public const string TokenFile = "test-token";

    private readonly Process process;
    private readonly List<string> output = [];

    private PicketProcess(Process process, string dataFolder) => (this.process, DataFolder) = (process, dataFolder);

    /// <summary>Where it listens, at a port that it took itself; known once it says so.</summary>
    public Uri Address =>
        ListensAt().Match(Output) is { Success: true } line
            ? new Uri(line.Groups[1].Value)
            : throw new InvalidOperationException("Wait for the server first.");

    public string DataFolder { get; }

    public bool HasExited => process.HasExited;

    /// <summary>Everything on standard output and error so far.</summary>
    public string Output
    {
        get
        {
            lock (output)
            {
                return string.Join('\n', output);
            }
        }
    }

    public static PicketProcess Start(string dataFolder, params string[] settings) =>
        Start(dataFolder, new Dictionary<string, string>(), settings);

    /// <param name="environment">For what is a secret and no argument.</param>
    public static PicketProcess Start(
        string dataFolder,
        IReadOnlyDictionary<string, string> environment,
        params string[] settings
    )
    {
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "Picket.Server.dll"),
            "--urls",
            "http://127.0.0.1:0",
            "--Storage:DataFolder",
            dataFolder,
            "--Outbound:AllowLoopback",
            "true",
            "--Uem:RetryDelayMilliseconds",
            "10",
            .. settings,
        ];
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = AppContext.BaseDirectory,
            },
        };
        foreach (var (name, value) in environment)
        {
            process.StartInfo.Environment[name] = value;
        }

        var started = new PicketProcess(process, dataFolder);
        process.OutputDataReceived += (_, line) => started.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => started.Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return started;
    }

    /// <summary>Waits until requests can be served, and hands out a client with the owner's token.</summary>
    public async Task<PicketClient> ReadyAsync(CancellationToken cancellation)
    {
        using var probe = new HttpClient { BaseAddress = new Uri(await ListensAsync(cancellation)) };
        while (!await IsReadyAsync(probe, cancellation))
        {
            await AgainAsync(cancellation);
        }

        return new PicketClient(new HttpClient { BaseAddress = Address }, await TokenAsync(cancellation));
    }

    /// <summary>Waits until it listens; what it does in the background begins then.</summary>
    public Task<string> ListensAsync(CancellationToken cancellation) => ToldAsync(ListensAt(), cancellation);

    /// <summary>The owner's, claimed at the first start and kept beside the data for those that follow.</summary>
    private async Task<string> TokenAsync(CancellationToken cancellation)
    {
        var file = Path.Combine(DataFolder, TokenFile);
        if (!File.Exists(file))
        {
            using var nobody = new HttpClient { BaseAddress = Address };
            var wish = new ClaimLink(
                await FirstOwnerCodeAsync(cancellation),
                "owner",
                "owner@example.com",
                "correct horse battery",
                TokenDays: 366
            );
            var signedIn = await new PicketClient(nobody).ClaimLinkAsync(wish, cancellation);
            await File.WriteAllTextAsync(file, signedIn.Token.Secret, cancellation);
        }

        return await File.ReadAllTextAsync(file, cancellation);
    }

    /// <summary>What it prints once it listens, where nobody owns it.</summary>
    public Task<string> FirstOwnerCodeAsync(CancellationToken cancellation) => ToldAsync(Link(), cancellation);

    /// <summary>Waits until its output says something.</summary>
    private async Task<string> ToldAsync(Regex told, CancellationToken cancellation)
    {
        while (true)
        {
            if (told.Match(Output) is { Success: true } line)
            {
                return line.Groups[1].Value;
            }

            await AgainAsync(cancellation);
        }
    }

    private Task AgainAsync(CancellationToken cancellation) =>
        process.HasExited
            ? throw new InvalidOperationException($"The server ended with {process.ExitCode}:\n{Output}")
            : Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellation);

    [GeneratedRegex(@"Now listening on: (http://127\.0\.0\.1:\d+)")]
    private static partial Regex ListensAt();

    [GeneratedRegex("/first-owner#([A-Za-z0-9_-]{43})")]
    private static partial Regex Link();

    /// <summary>As the kernel would: no handler runs.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>Asks it to end (SIGTERM), as supervisors do.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public async Task<int> ExitCodeAsync(CancellationToken cancellation)
    {
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private static async Task<bool> IsReadyAsync(HttpClient probe, CancellationToken cancellation)
    {
        try
        {
            using var answer = await probe.GetAsync(Routes.Ready, cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        lock (output)
        {
            output.Add(line ?? "");
        }
    }
}
