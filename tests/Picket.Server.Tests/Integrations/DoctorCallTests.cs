using Picket.Api;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Integrations;

/// <summary>What one examination costs, counted by the UEM itself.</summary>
public sealed class DoctorCallTests
{
    private const int MostCalls = 40;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Costs_at_most_40_calls_where_the_group_is_on_none_of_a_thousand_pages(bool oauth)
    {
        await using var picket = await PicketApplication.StartAsync();
        picket.Emulator.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "system/groups/search",
                Action = FaultAction.LyingTotal,
                Rows = 500_000,
            }
        );
        var draft = picket.Draft() with { OrganizationGroup = $"{Guid.NewGuid()}" };
        draft = oauth ? draft with { Credential = picket.OAuthCredential() } : draft;

        var report = await picket.Client.DoctorAsync(draft, cancellationToken: Cancel);

        // The token service is not part of the API, and costs nothing of its quota.
        var tokens = oauth ? 1 : 0;
        Assert.InRange(picket.Emulator.RequestLog.Total + tokens, 1, MostCalls);
        Assert.Equal(picket.Emulator.RequestLog.Total + tokens, report.Calls);
        Assert.NotEqual(CheckState.Pass, report.Check("group-scope").State);
    }

    [Fact]
    public async Task Costs_at_most_40_calls_while_every_answer_is_an_error()
    {
        await using var picket = await PicketApplication.StartAsync(
            new() { Settings = new Dictionary<string, string?> { ["Uem:MaxRetries"] = "10" } }
        );
        picket.Emulator.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/search",
                Action = FaultAction.Status,
                Status = 500,
            }
        );

        var report = await picket.Client.DoctorAsync(picket.Draft(), cancellationToken: Cancel);

        Assert.InRange(picket.Emulator.RequestLog.Total, 1, MostCalls);
        Assert.Equal(picket.Emulator.RequestLog.Total, report.Calls);
    }
}
