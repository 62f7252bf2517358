using Picket.Api;

namespace Picket.Cli.Tests;

/// <summary>Brakes on the command line: to stop is one line, to release asks first and says what waits.</summary>
public sealed class BrakeCommandTests
{
    private static readonly WriteStopView Stop = new()
    {
        Id = Samples.IntegrationId,
        Number = 3,
        StoppedBy = "ada",
        StoppedAt = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero),
        Reason = "Profiles vanish.",
    };

    [Fact]
    public async Task Stopping_takes_a_reason_and_asks_nobody()
    {
        await using var stub = await PicketStub.StartAsync();
        var before = Stop with { Number = 2, StoppedBy = "grace", Reason = "Tags vanish." };
        stub.Answer("POST", Routes.WriteStop, new WritesStopped(Stop, 2) { Before = before, Unseen = ["other/17"] });

        var without = await CliRun.AgainstAsync(stub, "brakes", "stop");
        var stopped = await CliRun.AgainstAsync(stub, "brakes", "stop", "--reason", "Profiles vanish.");

        Assert.Equal(ExitCodes.Usage, without.Code);
        Assert.Equal((ExitCodes.Ok, ""), (stopped.Code, stopped.Error));
        Assert.Contains("Still under way", stopped.Out, StringComparison.Ordinal);
        Assert.Matches("(?s)Stopped before by +grace.*Because +Tags vanish.*Not seen yet by +other/17", stopped.Out);
        Assert.Contains("Profiles vanish.", Assert.Single(stub.Requests).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Releasing_says_what_waits_and_releases_the_stop_that_was_shown()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("GET", Routes.Brakes, Brakes(Stop)).Answer("DELETE", Routes.WriteStop, Stop);

        var asked = await CliRun.AgainstAsync(stub, "brakes", "release");

        Assert.Equal(ExitCodes.Usage, asked.Code);
        Assert.Contains("2 tag runs, 1 import, 40 lines", asked.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(stub.Requests, request => request.Method == "DELETE");

        var released = await CliRun.AgainstAsync(stub, "brakes", "release", "--yes");

        Assert.Equal((ExitCodes.Ok, ""), (released.Code, released.Error));
        Assert.EndsWith("?number=3", Assert.Single(stub.Requests, request => request.Method == "DELETE").Address);
    }

    [Fact]
    public async Task The_exit_code_tells_a_script_whether_writes_are_stopped()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("GET", Routes.Brakes, Brakes(Stop));
        var stopped = await CliRun.AgainstAsync(stub, "brakes");
        stub.Answer("GET", Routes.Brakes, Brakes(null));
        var open = await CliRun.AgainstAsync(stub, "brakes");

        Assert.Equal((ExitCodes.Problem, ExitCodes.Ok), (stopped.Code, open.Code));
        Assert.Contains("Profiles vanish.", stopped.Out, StringComparison.Ordinal);
        Assert.Contains("go out", open.Out, StringComparison.Ordinal);
    }

    private static BrakesView Brakes(WriteStopView? stop) =>
        new()
        {
            Stop = stop,
            Waiting = new WaitingWork(2, 1, 40, 0, 0),
            Integrations = [new IntegrationBrake(Samples.IntegrationId, "Acme", 0.05, 5, 300, 15, 2, 0)],
        };
}
