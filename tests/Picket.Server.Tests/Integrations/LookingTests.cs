using Picket.Api;

namespace Picket.Server.Tests.Integrations;

/// <summary>The UEM's calls are spent on work (law 5), never on somebody who looks.</summary>
public sealed class LookingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_open_pages_read_again_and_again_asks_the_uem_nothing()
    {
        await using var picket = await PicketApplication.StartAsync();
        var integration = await picket.CreateIntegrationAsync();
        await picket.Client.PauseIntegrationAsync(integration.Id, Cancel); // Else the schedule may begin meanwhile.
        var before = picket.Emulator.RequestLog.Total;

        for (var i = 0; i < 3; i++)
        {
            await picket.Client.IntegrationAsync(integration.Id, Cancel);
            await picket.Client.Integrations().PageAsync(Cancel);
            await picket.Client.Links(integration.Id).PageAsync(Cancel);
            await picket.Client.TaggingAsync(integration.Id, Cancel);
            await picket.Client.Runs(new RunFilter { IntegrationId = integration.Id }).PageAsync(Cancel);
            await picket.Client.Ledger(new LedgerFilter { IntegrationId = integration.Id }).PageAsync(Cancel);
            await picket.Client.OverviewAsync(Cancel);
        }

        Assert.True(before > 0);
        Assert.Equal(before, picket.Emulator.RequestLog.Total);
    }
}
