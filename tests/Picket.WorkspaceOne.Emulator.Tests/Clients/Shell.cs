using System.Diagnostics;

namespace Picket.WorkspaceOne.Emulator.Tests.Clients;

/// <summary>Runs a program of the system against an emulator, with its address and credentials in the environment.</summary>
internal static class Shell
{
    public static async Task<string> RunAsync(EmulatorHost host, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["UEM_ADDRESS"] = host.Address.ToString();
        start.Environment["UEM_KEY"] = host.Credentials.ApiKey;
        start.Environment["UEM_USER"] = host.Credentials.Account;
        start.Environment["UEM_PASSWORD"] = host.Credentials.Password;
        start.Environment["UEM_CA"] = host.CaFile;
        using var process =
            Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started.");
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await errors}{await output}");
        return await output;
    }

    /// <summary>A script that lies beside the tests in the checkout.</summary>
    public static string Script(string name) =>
        Path.Combine(
            Checkout(AppContext.BaseDirectory),
            "tests",
            "Picket.WorkspaceOne.Emulator.Tests",
            "Clients",
            name
        );

    private static string Checkout(string folder) =>
        Path.Exists(Path.Combine(folder, "Picket.slnx")) ? folder : Checkout(Directory.GetParent(folder)!.FullName);
}
