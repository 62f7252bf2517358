using System.Diagnostics;
using System.Globalization;
using Picket.Api;

namespace Picket.Cli.Tests;

/// <summary>The built program itself, as a shell starts it.</summary>
public sealed class ProgramTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Waits_for_a_run_and_prints_its_end()
    {
        await using var stub = await PicketStub.StartAsync();
        var asked = 0;
        stub.Answer(
                "POST",
                Routes.Fill(Routes.IntegrationRuns, Samples.IntegrationId),
                Samples.Run(RunState.Queued),
                202
            )
            .Do(
                "GET",
                Routes.Fill(Routes.Run, Samples.RunId),
                context =>
                    PicketStub.WriteAsync(
                        context,
                        Samples.Run(Interlocked.Increment(ref asked) < 2 ? RunState.Running : RunState.Incomplete)
                    )
            );

        using var program = Start(stub, "sync", Samples.IntegrationId.ToString(), "--wait");
        var (output, error) = await EndAsync(program);

        Assert.Equal(ExitCodes.Problem, program.ExitCode);
        Assert.Contains("The UEM answered 503 five times.", output, StringComparison.Ordinal);
        // The bar is for a terminal; a file would fill up with it.
        Assert.Empty(error);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Ends_at_once_with_130_when_it_is_interrupted(string signal)
    {
        await using var stub = await PicketStub.StartAsync();
        var polled = new TaskCompletionSource();
        stub.Answer(
                "POST",
                Routes.Fill(Routes.IntegrationRuns, Samples.IntegrationId),
                Samples.Run(RunState.Queued),
                202
            )
            .Do(
                "GET",
                Routes.Fill(Routes.Run, Samples.RunId),
                context =>
                {
                    polled.TrySetResult();
                    return PicketStub.WriteAsync(context, Samples.Run(RunState.Running));
                }
            );

        using var program = Start(stub, "sync", Samples.IntegrationId.ToString(), "--wait");
        await polled.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        using var kill = Process.Start("kill", ["-" + signal, program.Id.ToString(CultureInfo.InvariantCulture)]);
        var (output, error) = await EndAsync(program);

        Assert.Equal(ExitCodes.Cancelled, program.ExitCode);
        Assert.Empty(output);
        Assert.Contains($"picket runs cancel {Samples.RunId}", error, StringComparison.Ordinal);
        Assert.DoesNotContain(stub.Requests, request => request.Address.EndsWith("/cancel", StringComparison.Ordinal));
    }

    private static Process Start(PicketStub stub, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "picket.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in CliRun.Signed(stub))
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task<(string Output, string Error)> EndAsync(Process program)
    {
        var output = program.StandardOutput.ReadToEndAsync(Cancellation);
        var error = program.StandardError.ReadToEndAsync(Cancellation);
        await program.WaitForExitAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        return (await output, await error);
    }
}
