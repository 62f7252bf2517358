using Picket.Api;

namespace Picket.Server.Tests.Risk;

/// <summary>What is too old to rest on is the policy's to say, for verdicts and for what is told of them.</summary>
public sealed class FactLimitTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Blind_spots_go_by_the_limit_of_the_policy()
    {
        await using var picket = await PicketApplication.StartAsync();
        var fleet = await SeededFleet.OfAsync(picket);
        var now = TimeProvider.System.GetUtcNow();
        await fleet.AddAsync();
        await fleet.AddAsync(row => row.AppsReadAt = now.AddDays(-9));
        await fleet.AddAsync(row => row.AppsReadAt = now.AddDays(-40));
        await picket.Client.ApplyPolicyAsync(
            new ApplyPolicy("version: 1\npolicies:\n  - name: Short\n    group: \"*\"\n    ages: {oldestFact: 5d}", 0),
            Cancel
        );
        await fleet.JudgedAsync();

        var view = await picket.Client.BlindSpotCoverageAsync(Cancel);

        var apps = view.Facts.Single(fact => fact.Fact == "Apps");
        Assert.Equal(new FactAges(1, 0, 1, 1, 0), apps.Ages);
        Assert.Equal((1, 33.3, 2), (apps.RestsOn, apps.Share, apps.Lacking));
        Assert.Equal(1, view.Secure);
    }
}
