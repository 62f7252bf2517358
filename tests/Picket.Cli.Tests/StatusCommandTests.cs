using Picket.Api;

namespace Picket.Cli.Tests;

/// <summary><c>picket status</c>: what an administrator asks of a morning.</summary>
public sealed class StatusCommandTests
{
    [Fact]
    public async Task Says_when_each_integration_reads_next_with_what_budget_and_whether_it_writes()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("GET", Routes.Overview, Overview(IntegrationState.Active));

        var run = await CliRun.AgainstAsync(stub, "status");

        Assert.Equal(ExitCodes.Ok, run.Code);
        var line = run.Out.Split('\n').Single(line => line.Contains("Field", StringComparison.Ordinal));
        Assert.Contains("2131-05-06", line, StringComparison.Ordinal);
        Assert.Contains("12,345", line, StringComparison.Ordinal);
        Assert.Contains("on", line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Ends_with_1_when_an_integration_does_not_work()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("GET", Routes.Overview, Overview(IntegrationState.CredentialRefused));

        var run = await CliRun.AgainstAsync(stub, "status");

        Assert.Equal(ExitCodes.Problem, run.Code);
        Assert.Contains("Field: the account is locked", run.Out, StringComparison.Ordinal);
    }

    private static OverviewView Overview(IntegrationState state) =>
        new()
        {
            Devices = 1,
            Verdicts = new LevelCounts(0, 1, 0, 0, 0, 0),
            FindingKinds = new Dictionary<string, int>(),
            AppCoverage = new AppCoverage(0, 0, Percent: null, MedianAgeHours: null),
            Integrations =
            [
                new IntegrationHealth(
                    Samples.IntegrationId,
                    "Field",
                    state,
                    state == IntegrationState.Active ? null : "the account is locked",
                    RunState.Completed,
                    LastCompletedAt: null,
                    Devices: 1
                )
                {
                    NextRunAt = new DateTimeOffset(2131, 5, 6, 7, 8, 9, TimeSpan.Zero),
                    Quota = new QuotaView(20, 250_000, 200_000, 1_000, ResetsAt: null) { Left = 12_345 },
                    Writing = true,
                },
            ],
        };
}
