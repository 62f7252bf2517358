using System.Diagnostics;

namespace Picket.Server.Tests;

/// <summary>The server's program as a person at its host runs it with a command, beside the running server.</summary>
internal static class HostProgram
{
    public static async Task<(int Code, string Said)> RunAsync(
        PicketApplication picket,
        string command,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "Picket.Server.dll"),
                command,
                "--Storage:DataFolder",
                picket.DataFolder,
                .. arguments,
            ]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        using var process = Process.Start(start)!;
        var (said, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await said + await error);
    }
}
