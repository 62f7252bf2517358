using Picket.Api;

namespace Picket.Cli.Tests;

/// <summary><c>picket sync --wait</c> while another run is under way.</summary>
public sealed class SyncCommandTests
{
    private static readonly Guid Other = Guid.Parse("0198c0de-0000-7000-8000-0000000000ff");
    private static readonly string Start = Routes.Fill(Routes.IntegrationRuns, Samples.IntegrationId);

    [Fact]
    public async Task Waits_for_a_scheduled_run_that_reads_the_same()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Refuse("POST", Start, Busy(RunKind.Full))
            .Answer("GET", Routes.Fill(Routes.Run, Other), Open(RunKind.Full) with { State = RunState.Completed });

        var run = await CliRun.AgainstAsync(stub, "sync", Samples.IntegrationId.ToString(), "--wait");

        Assert.Equal(ExitCodes.Ok, run.Code);
        Assert.Contains("Completed", run.Out, StringComparison.Ordinal);
        Assert.Contains($"Run {Other} (Full, Running) is under way already", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waits_for_a_smaller_run_and_then_reads_everything()
    {
        await using var stub = await PicketStub.StartAsync();
        var asked = 0;
        stub.Do(
                "POST",
                Start,
                context =>
                    Interlocked.Increment(ref asked) == 1
                        ? PicketStub.WriteAsync(context, Busy(RunKind.Device), 409)
                        : PicketStub.WriteAsync(context, Samples.Run(RunState.Completed), 202)
            )
            .Answer("GET", Routes.Fill(Routes.Run, Other), Open(RunKind.Device) with { State = RunState.Completed });

        var run = await CliRun.AgainstAsync(stub, "sync", Samples.IntegrationId.ToString(), "--wait", "-o", "id");

        Assert.Equal((ExitCodes.Ok, $"{Samples.RunId}\n"), (run.Code, run.Out));
    }

    [Fact]
    public async Task Shows_a_held_run_that_stands_in_the_way()
    {
        await using var stub = await PicketStub.StartAsync();
        var held = Open(RunKind.Full) with { State = RunState.Held, Hold = new RunHold(60, 100, 0.6, 0.1) };
        stub.Refuse("POST", Start, Busy(RunKind.Full) with { Run = held });

        var run = await CliRun.AgainstAsync(stub, "sync", Samples.IntegrationId.ToString(), "--wait");

        Assert.Equal(ExitCodes.Problem, run.Code);
        Assert.Contains($"picket runs approve {Other}", run.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_refused_without_waiting_when_nobody_wants_to_wait()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Refuse("POST", Start, Busy(RunKind.Full));

        var run = await CliRun.AgainstAsync(stub, "sync", Samples.IntegrationId.ToString());

        Assert.Equal(ExitCodes.Refused, run.Code);
        Assert.Contains($"picket runs show {Other}", run.Error, StringComparison.Ordinal);
    }

    private static RunView Open(RunKind kind) => Samples.Run(RunState.Running) with { Id = Other, Kind = kind };

    private static Problem Busy(RunKind kind) =>
        new()
        {
            Status = 409,
            Title = "The run cannot start",
            Run = Open(kind),
        };
}
