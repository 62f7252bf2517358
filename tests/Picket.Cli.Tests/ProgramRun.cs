using System.Diagnostics;

namespace Picket.Cli.Tests;

/// <summary>The built program in a process of its own.</summary>
internal static class ProgramRun
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>As a person sees it: util-linux's script gives the program a terminal of its own.</summary>
    public static Process OnATerminal(PicketStub stub, string args)
    {
        var picket = Path.Combine(AppContext.BaseDirectory, "picket.dll");
        var start = new ProcessStartInfo("script", ["-qec", $"dotnet '{picket}' {args}", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in CliRun.Signed(stub))
            start.Environment[name] = value;
        start.Environment["TERM"] = "xterm-256color";
        start.Environment["COLUMNS"] = "100";
        return Process.Start(start)!;
    }

    public static async Task<(string Output, string Error)> EndAsync(Process program)
    {
        var output = program.StandardOutput.ReadToEndAsync(Cancellation);
        var error = program.StandardError.ReadToEndAsync(Cancellation);
        await program.WaitForExitAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        return (await output, await error);
    }
}
