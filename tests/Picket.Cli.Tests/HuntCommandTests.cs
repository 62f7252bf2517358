using Picket.Api;

namespace Picket.Cli.Tests;

/// <summary><c>picket hunts</c>: what a saved hunt found, and of how much it does not speak.</summary>
public sealed class HuntCommandTests
{
    private static readonly SavedHunt Hunt = new()
    {
        Id = Samples.IntegrationId,
        Name = "spyware",
        Kind = HuntKind.AppPattern,
        Value = "com.example.*",
        Owner = "Blue team",
        Reason = "Case 17",
        Now = 3,
        Had = 2,
        NotSeen = 41,
        UnansweredApps = 1_234,
        UnansweredDevices = 56,
    };

    [Fact]
    public async Task Show_says_beside_the_devices_of_how_many_it_is_not_known()
    {
        await using var stub = await StubAsync();
        stub.Answer("GET", Routes.Fill(Routes.HuntDevices, Hunt.Id), new Page<HuntHit>([], null));

        var run = await CliRun.AgainstAsync(stub, "hunts", "show", Hunt.Id.ToString());

        Assert.Equal(ExitCodes.Ok, run.Code);
        Assert.Contains("of 41 it is not known", run.Error, StringComparison.Ordinal);
        Assert.Contains("1,234 personal apps on 56 devices", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_counts_the_times_that_it_was_there()
    {
        await using var stub = await StubAsync();
        var then = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
        var hit = new HuntHit
        {
            DeviceId = Samples.IntegrationId,
            IntegrationId = Samples.IntegrationId,
            DeviceName = "Phone",
            Value = "com.example.spy",
            HasNow = true,
            FirstSeenAt = then,
            Periods = [new HuntPeriod { Value = "com.example.spy", FirstSeenAt = then }],
            EarlierPeriods = 41,
        };
        stub.Answer("GET", Routes.Fill(Routes.HuntDevices, Hunt.Id), new Page<HuntHit>([hit], null));

        var run = await CliRun.AgainstAsync(stub, "hunts", "show", Hunt.Id.ToString());

        Assert.Contains("42", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_and_list_say_it_too()
    {
        await using var stub = await StubAsync();
        stub.Answer("POST", Routes.Fill(Routes.HuntRun, Hunt.Id), Hunt);
        stub.Answer("GET", Routes.Hunts, new Page<SavedHunt>([Hunt], null));

        var ran = await CliRun.AgainstAsync(stub, "hunts", "run", Hunt.Id.ToString());
        var listed = await CliRun.AgainstAsync(stub, "hunts", "list");

        Assert.Contains("41", ran.Out, StringComparison.Ordinal);
        Assert.Contains("1,234 personal apps on 56 devices", ran.Out, StringComparison.Ordinal);
        Assert.Contains("41", listed.Out, StringComparison.Ordinal);
        Assert.Contains("1,234", listed.Out, StringComparison.Ordinal);
    }

    private static async Task<PicketStub> StubAsync()
    {
        var stub = await PicketStub.StartAsync();
        stub.Answer("GET", Routes.Fill(Routes.Hunt, Hunt.Id), Hunt);
        return stub;
    }
}
