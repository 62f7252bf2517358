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
        var (output, error) = await ProgramRun.EndAsync(program);

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
        var (output, error) = await ProgramRun.EndAsync(program);

        Assert.Equal(ExitCodes.Cancelled, program.ExitCode);
        Assert.Empty(output);
        Assert.Contains($"picket runs cancel {Samples.RunId}", error, StringComparison.Ordinal);
        Assert.DoesNotContain(stub.Requests, request => request.Address.EndsWith("/cancel", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Remembers_a_login_in_a_folder_that_did_not_exist_and_never_in_the_present_one()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("GET", Routes.Me, Fabricate.A<MeView>());
        var home = Directory.CreateTempSubdirectory("picket-home-").FullName;

        using var program = Start(
            stub,
            start =>
            {
                start.WorkingDirectory = home;
                start.Environment["XDG_CONFIG_HOME"] = Path.Combine(home, "not-yet");
            },
            "login"
        );
        var (_, error) = await ProgramRun.EndAsync(program);

        Assert.Equal((0, ""), (program.ExitCode, error));
        Assert.Equal(
            [Path.Combine(home, "not-yet", "picket", "config.json")],
            Directory.GetFiles(home, "*", SearchOption.AllDirectories)
        );
        Directory.Delete(home, recursive: true);
    }

    [Fact]
    public async Task Takes_no_for_an_answer()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("GET", Routes.Fill(Routes.Integration, Samples.IntegrationId), Samples.Integration());

        using var program = ProgramRun.OnATerminal(stub, $"integrations remove {Samples.IntegrationId}");
        await program.StandardInput.WriteLineAsync("n");
        var (screen, _) = await ProgramRun.EndAsync(program);

        Assert.Equal(ExitCodes.Cancelled, program.ExitCode);
        Assert.Contains("Remove integration 'Headquarters' with", screen, StringComparison.Ordinal);
        Assert.Contains("Nothing was done.", screen, StringComparison.Ordinal);
        Assert.DoesNotContain(stub.Requests, request => request.Method == "DELETE");
    }

    [Fact]
    public async Task Shows_bars_and_colours_on_a_terminal_alone()
    {
        await using var stub = await PicketStub.StartAsync();
        var asked = 0;
        stub.Answer(
                "POST",
                Routes.Fill(Routes.IntegrationRuns, Samples.IntegrationId),
                Samples.Run(RunState.Running),
                202
            )
            .Do(
                "GET",
                Routes.Fill(Routes.Run, Samples.RunId),
                context =>
                    PicketStub.WriteAsync(
                        context,
                        Samples.Run(Interlocked.Increment(ref asked) < 2 ? RunState.Running : RunState.Completed)
                    )
            );

        using var program = ProgramRun.OnATerminal(stub, $"sync {Samples.IntegrationId} --wait");
        var (screen, _) = await ProgramRun.EndAsync(program);

        Assert.Equal(ExitCodes.Ok, program.ExitCode);
        Assert.Contains("25%", screen, StringComparison.Ordinal);
        Assert.Contains("Completed", screen, StringComparison.Ordinal);
        Assert.Contains('\u001b', screen);
    }

    [Fact]
    public async Task Shows_how_far_the_doctor_is_on_a_terminal()
    {
        await using var stub = await PicketStub.StartAsync();
        var (looks, seen) = (0, new TaskCompletionSource());
        var report = Samples.Doctor(CheckState.Pass);
        stub.Do(
                "POST",
                Routes.Fill(Routes.IntegrationDoctor, Samples.IntegrationId),
                async context =>
                {
                    var round = Guid.Parse(context.Request.Query["round"].Single()!);
                    stub.Do(
                        "GET",
                        Routes.Fill(Routes.DoctorRound, round),
                        async look =>
                        {
                            await PicketStub.WriteAsync(look, new DoctorProgress([report.Checks[0]], 4));
                            if (Interlocked.Increment(ref looks) == 3) // What the first one told is on the screen by now.
                            {
                                seen.SetResult();
                            }
                        }
                    );
                    await seen.Task;
                    await PicketStub.WriteAsync(context, report);
                }
            )
            .Answer("GET", Routes.Fill(Routes.Integration, Samples.IntegrationId), Samples.Integration());

        using var program = ProgramRun.OnATerminal(stub, $"doctor {Samples.IntegrationId}");
        var (screen, _) = await ProgramRun.EndAsync(program);

        Assert.Equal(ExitCodes.Ok, program.ExitCode);
        Assert.Contains("25%", screen, StringComparison.Ordinal);
        Assert.Contains(report.Checks[0].Title, screen, StringComparison.Ordinal);
    }

    private static Process Start(PicketStub stub, params string[] args) => Start(stub, _ => { }, args);

    private static Process Start(PicketStub stub, Action<ProcessStartInfo> prepare, params string[] args)
    {
        // Ctrl-C may be ignored where the tests run, and a program inherits that.
        var picket = Path.Combine(AppContext.BaseDirectory, "picket.dll");
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", picket, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in CliRun.Signed(stub))
            start.Environment[name] = value;
        prepare(start);
        return Process.Start(start)!;
    }
}
