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

    [Fact]
    public async Task The_brake_is_shown_and_only_what_is_named_of_it_is_changed()
    {
        await using var stub = await PicketStub.StartAsync();
        var path = Routes.Fill(Routes.Integration, Samples.IntegrationId);
        var saved = Samples.Integration() with
        {
            TagBrake = new TagBrakeSettings { Percent = 2, PerRun = 40 },
        };
        stub.Answer("GET", path, saved).Answer("PATCH", path, saved);
        string[] brake = ["tags", "brake", Samples.IntegrationId.ToString()];

        var shown = await CliRun.AgainstAsync(stub, brake);

        Assert.Equal((ExitCodes.Ok, ""), (shown.Code, shown.Error));
        Assert.Matches("(?s)2% of the fleet.*Always allowed +5.*In one run +40.*Of one group +no limit", shown.Out);
        Assert.DoesNotContain(stub.Requests, request => request.Method == "PATCH");

        await CliRun.AgainstAsync(stub, [.. brake, "--group-percent", "20", "--per-run", "0"]);

        Assert.Equal(
            """{"tagBrake":{"percent":2,"least":5,"groupPercent":20}}""",
            stub.Requests.Single(request => request.Method == "PATCH").Body
        );
    }

    [Fact]
    public async Task Devices_that_differ_and_are_never_touched_can_be_listed()
    {
        await using var stub = await PicketStub.StartAsync();
        var path = Routes.Fill(Routes.TaggingDifferences, Samples.IntegrationId);
        stub.Answer("GET", path, new Page<TagDifference>([], null));

        await CliRun.AgainstAsync(stub, "tags", "differences", Samples.IntegrationId.ToString(), "--never-touched");

        Assert.Equal($"{path}?neverTouched=True", Assert.Single(stub.Requests).Address);
    }

    [Fact]
    public async Task Tags_of_the_policy_are_shown_beside_those_of_levels()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer(
            "GET",
            Routes.Fill(Routes.Tagging, Samples.IntegrationId),
            new TaggingView(Samples.IntegrationId, true, "Picket: ", [], null, [])
            {
                Sets = [new SetTag("Access", "Acme-Quarantine", 31, TagState.Created, 7)],
            }
        );

        var run = await CliRun.AgainstAsync(stub, "tags", "status", Samples.IntegrationId.ToString());

        Assert.Equal(ExitCodes.Ok, run.Code);
        Assert.Matches("Access +Acme-Quarantine +31 +Created +7", run.Out);
    }

    private static Problem Busy => new() { Status = 409, Title = "A tag run is held" };
}
