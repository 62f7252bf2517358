using Picket.Api;

namespace Picket.Cli.Tests;

/// <summary><c>picket tags run</c> where Picket began a run by itself.</summary>
public sealed class TagCommandTests
{
    private static readonly string Start = Routes.Fill(Routes.TaggingRun, Samples.IntegrationId);

    private static readonly TagRunView Held = new()
    {
        Id = Guid.Parse("0198c0de-0000-7000-8000-0000000000fe"),
        IntegrationId = Samples.IntegrationId,
        State = RunState.Held,
        IncompleteReasons = ["Too many devices would change."],
    };

    [Fact]
    public async Task Whoever_waits_is_shown_the_run_that_is_held_already()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Refuse("POST", Start, Busy).Answer("GET", Routes.TagRuns, new Page<TagRunView>([Held], Next: null));

        var run = await CliRun.AgainstAsync(stub, "tags", "run", Samples.IntegrationId.ToString(), "--wait");

        Assert.Equal(ExitCodes.Problem, run.Code);
        Assert.Contains("Too many devices would change.", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_does_not_wait_is_refused_and_so_is_whoever_finds_none_held()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Refuse("POST", Start, Busy).Answer("GET", Routes.TagRuns, new Page<TagRunView>([], Next: null));

        var (one, other) = (
            await CliRun.AgainstAsync(stub, "tags", "run", Samples.IntegrationId.ToString()),
            await CliRun.AgainstAsync(stub, "tags", "run", Samples.IntegrationId.ToString(), "--wait")
        );

        Assert.Equal((ExitCodes.Refused, ExitCodes.Refused), (one.Code, other.Code));
    }

    private static Problem Busy => new() { Status = 409, Title = "A tag run is held" };
}
