using System.Text.Json;
using System.Text.Json.Nodes;
using Picket.Api;

namespace Picket.Cli.Tests.Demo;

/// <summary>The whole product on one machine, as a stranger starts it.</summary>
[Collection(DemoTurns.Name)]
public sealed class DemoTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_demos_at_once_do_everything_and_print_their_figures()
    {
        await using var one = DemoRun.Start("--once", "--devices", "300");
        // Large enough that silent devices are in its canary ring.
        await using var other = DemoRun.Start("--once", "--devices", "1000", "--seed", "2");

        foreach (var (demo, devices) in new[] { (one, 300), (other, 1000) })
        {
            var (code, last) = await demo.EndAsync(Cancellation);
            Assert.True(code == ExitCodes.Ok, $"exit code {code}\n{demo.Error}\n{last}");
            IsSound(JsonNode.Parse(last)!, devices);
            Assert.Empty(demo.Leftovers());
        }
    }

    [Theory]
    [InlineData("Starting the server", "INT")]
    [InlineData("Reading the fleet", "TERM")]
    public async Task Ends_its_programs_and_removes_its_data_whenever_it_is_interrupted(string during, string signal)
    {
        await using var demo = DemoRun.Start("--devices", "300", "--port", "0");

        await demo.UntilAsync(during, Cancellation);
        demo.Signal(signal);
        var (code, _) = await demo.EndAsync(Cancellation);

        Assert.True(code == ExitCodes.Cancelled, $"exit code {code}\n{demo.Error}");
        Assert.EndsWith("Cancelled.", demo.Error.TrimEnd(), StringComparison.Ordinal);
        Assert.Empty(demo.Leftovers());
    }

    [Fact]
    public async Task Says_that_its_port_is_taken()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        await using var demo = DemoRun.Start("--once", "--devices", "10", "--port", $"{port}");

        var (code, _) = await demo.EndAsync(Cancellation);

        Assert.Equal(ExitCodes.Usage, code);
        Assert.Contains($"Port {port} is taken", demo.Error, StringComparison.Ordinal);
        Assert.Empty(demo.Leftovers());
    }

    [Fact]
    public async Task Shows_findings_of_eight_kinds_or_more_each_with_what_it_rests_on()
    {
        await using var demo = DemoRun.Start("--devices", "300", "--port", "0");
        await demo.UntilAsync("Ctrl-C ends both programs", Cancellation);
        using var http = new HttpClient { BaseAddress = new Uri(demo.Variable("PICKET_SERVER")) };
        var picket = new PicketClient(http, demo.Variable("PICKET_TOKEN"));

        var kinds = (await picket.OverviewAsync(Cancellation)).FindingKinds;

        Assert.True(kinds.Count >= 8, string.Join(", ", kinds.Keys));
        foreach (var kind in kinds.Keys)
        {
            var findings = await picket.Findings(new FindingFilter { Kind = kind }).PageAsync(Cancellation);
            Assert.Equal(kinds[kind], findings.Items.Count);
            Assert.All(findings.Items, HasEvidence);
        }

        await RulesTellAsync(picket);
        demo.Signal("TERM");
        await demo.EndAsync(Cancellation);
    }

    /// <summary>What was read of the device or stands in a feed, since when, and by which rule.</summary>
    private static void HasEvidence(FindingView finding)
    {
        var evidence = finding.Evidence;
        Assert.StartsWith($"{finding.Kind}/", evidence.Rule, StringComparison.Ordinal);
        Assert.True(
            finding.FirstTrueAt > default(DateTimeOffset) && finding.LastTrueAt >= finding.FirstTrueAt,
            finding.Kind
        );
        Assert.NotEmpty(evidence.Facts.Keys.Except(["advice", "proof", "attack"]));
        Assert.True(evidence.Feed is null || evidence is { FeedVersion: not null, Licence: not null }, finding.Kind);
    }

    /// <summary>Grace, exception, denied app, own indicator and hunt: each has devices that it tells on.</summary>
    private static async Task RulesTellAsync(PicketClient picket)
    {
        async Task<IReadOnlyList<FindingView>> FindingsAsync(string kind) =>
            (await picket.Findings(new FindingFilter { Kind = kind }).PageAsync(Cancellation)).Items;

        var exception = Assert.Single((await picket.PolicyExceptions().PageAsync(Cancellation)).Items);
        Assert.Equal(ExceptionState.Active, exception.State);
        Assert.True(exception.Findings > 0);
        Assert.All(
            await FindingsAsync("device.not-compliant"),
            each => Assert.Equal(FindingWeight.InGrace, each.Weight)
        );
        Assert.NotEmpty(await FindingsAsync("app.denied"));
        Assert.NotEmpty(await FindingsAsync("device.not-supervised"));
        Assert.Contains(
            await FindingsAsync("os.exploited-cves"),
            each => each.Evidence.Feed == "sample-android-osv.jsonl"
        );
        var indicator = Assert.Single((await picket.OwnIndicators().PageAsync(Cancellation)).Items);
        Assert.True(indicator is { Hits: > 0, ExpiresAt: not null });
        Assert.Equal(indicator.Hits, Assert.Single((await picket.Hunts().PageAsync(Cancellation)).Items).Now);
    }

    internal static void IsSound(JsonNode figures, int devices)
    {
        int Of(string name) => figures[name]!.GetValue<int>();
        var verdicts = figures["verdicts"]!
            .AsObject()
            .ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<int>());
        var doctor = figures["doctor"]!;

        Assert.Equal(devices, Of("devices"));
        Assert.Equal(["critical", "high", "low", "medium", "secure", "unknown"], verdicts.Keys.Order());
        Assert.Equal(devices, verdicts.Values.Sum());
        Assert.Equal(devices - verdicts["unknown"], Of("tagged"));
        Assert.Equal(0, Of("tagMismatches"));
        Assert.Equal((20, 12, 8), (Of("importedUsers"), Of("registeredDevices"), Of("groupMembers")));
        Assert.True(figures["importsAgree"]!.GetValue<bool>(), "The UEM lists other newcomers than the imports made.");
        Assert.True(Of("publishedDevices") > Of("installedDevices") && Of("installedDevices") > 0);
        Assert.True(figures["publicationAgrees"]!.GetValue<bool>(), "The UEM says otherwise of the app than Picket.");
        var kinds = figures["findingsByKind"]!.AsObject();
        Assert.True(kinds.Count >= 8, kinds.ToJsonString());
        Assert.Equal(kinds.Count, Of("findingKinds"));
        Assert.Equal(Of("findings"), kinds.Sum(kind => kind.Value!.GetValue<int>()));
        Assert.Equal((3, 1), (Of("policies"), Of("hunts")));
        Assert.Equal((1, 1), (Of("wipesWaiting"), Of("tagRunsHeld")));
        Assert.True(Of("appsKnownForDevices") >= 0.95 * Of("appsEligibleDevices") && Of("appsEligibleDevices") > 0);
        Assert.All(["users", "organizationGroups", "smartGroups", "uemCalls"], name => Assert.True(Of(name) > 0, name));
        Assert.Equal(0, doctor["fail"]!.GetValue<int>());
        Assert.All(
            ["pass", "warn", "notTested"],
            name => Assert.Equal(JsonValueKind.Number, doctor[name]!.GetValueKind())
        );
        Assert.Equal(JsonValueKind.Number, figures["seconds"]!.GetValueKind());
    }
}
