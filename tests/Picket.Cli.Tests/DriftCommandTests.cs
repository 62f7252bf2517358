using Picket.Api;

namespace Picket.Cli.Tests;

/// <summary>Changes by others on the command line: what waits says so, and a repair asks first.</summary>
public sealed class DriftCommandTests
{
    private static readonly DriftView Asked = new()
    {
        Id = Samples.IntegrationId,
        IntegrationId = Samples.IntegrationId,
        Kind = DriftKind.Lost,
        Tag = "Picket: High",
        State = DriftState.Open,
        Asks = true,
        Fought = true,
        Devices = 3,
        Lasting = 2,
        Since = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero),
        LastSeenAt = new DateTimeOffset(2026, 11, 20, 13, 0, 0, TimeSpan.Zero),
    };

    [Fact]
    public async Task What_waits_is_listed_and_repaired_only_after_a_yes()
    {
        await using var stub = await PicketStub.StartAsync();
        var repair = Routes.Fill(Routes.DriftRepair, Asked.Id);
        stub.Answer("GET", Routes.Drift, new Page<DriftView>([Asked], null))
            .Answer("POST", repair, Asked with { Asks = false, Fought = false });

        var listed = await CliRun.AgainstAsync(stub, "drift", "list", "--lasting", "true");
        var asked = await CliRun.AgainstAsync(stub, "drift", "repair", $"{Asked.Id}");
        Assert.DoesNotContain(stub.Requests, request => request.Method == "POST");
        var repaired = await CliRun.AgainstAsync(stub, "drift", "repair", $"{Asked.Id}", "--yes");

        Assert.Equal((ExitCodes.Ok, ""), (listed.Code, listed.Error));
        Assert.Contains("lasting=True", stub.Requests.First().Address, StringComparison.Ordinal);
        Assert.Matches("(?s)Picket: +.*waits", listed.Out);
        Assert.Equal(ExitCodes.Usage, asked.Code);
        Assert.Contains("What hangs on the tag", asked.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Ok, repaired.Code);
        Assert.Matches("Devices +2", repaired.Out);
    }
}
