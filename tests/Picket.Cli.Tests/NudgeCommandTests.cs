using Picket.Api;

namespace Picket.Cli.Tests;

/// <summary>Messages to whoever lags behind, on the command line: nobody gets one by mistake.</summary>
public sealed class NudgeCommandTests
{
    private static readonly Guid Id = Guid.Parse("0198c0de-0000-7000-8000-00000000000f");

    [Fact]
    public async Task Nobody_gets_a_message_unless_it_is_meant_and_the_devices_are_counted_first()
    {
        await using var stub = await StubAsync();
        string[] line = ["publications", "nudge", $"{Id}", "--gap", "pending", "--text", "Please install Guard."];

        var asked = await CliRun.AgainstAsync(stub, line);

        Assert.Equal(ExitCodes.Usage, asked.Code);
        Assert.Contains("12 devices? It cannot be taken back.", asked.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(stub.Requests, request => request.Method == "POST");

        var sent = await CliRun.AgainstAsync(stub, [.. line, "--yes"]);

        Assert.Equal((ExitCodes.Ok, ""), (sent.Code, sent.Error));
        var body = Assert.Single(stub.Requests, request => request.Method == "POST").Body;
        Assert.Contains("\"gap\":\"Pending\"", body, StringComparison.Ordinal);
        Assert.Contains("\"channel\":\"Push\"", body, StringComparison.Ordinal);
        Assert.Contains("Please install Guard.", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nudges_are_listed_with_what_became_of_them_down_to_the_devices()
    {
        await using var stub = await StubAsync();

        var nudges = await CliRun.AgainstAsync(stub, "publications", "nudges", $"{Id}");
        var devices = await CliRun.AgainstAsync(stub, "publications", "nudged", $"{Id}", "--state", "unclear");
        var stopped = await CliRun.AgainstAsync(stub, "publications", "stop-nudge", $"{Id}");

        Assert.All(new[] { nudges, devices, stopped }, run => Assert.Equal((ExitCodes.Ok, ""), (run.Code, run.Error)));
        Assert.Contains("Pending", nudges.Out, StringComparison.Ordinal);
        Assert.Contains("The answer is lost.", devices.Out, StringComparison.Ordinal);
        Assert.Contains(stub.Requests, request => request.Address.EndsWith("?state=Unclear", StringComparison.Ordinal));
        Assert.Contains("Stopped", stopped.Out, StringComparison.Ordinal);
    }

    private static async Task<PicketStub> StubAsync()
    {
        var nudge = new NudgeView
        {
            Id = Id,
            PublicationId = Id,
            IntegrationId = Samples.IntegrationId,
            Gap = DeploymentGap.Pending,
            Channel = NudgeChannel.Push,
            Text = "Please install Guard.",
            State = NudgeState.Stopped,
            MadeAt = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero),
        };
        var device = new NudgeDeviceView
        {
            UemId = 7,
            State = NudgeDeviceState.Unclear,
            Reason = "The answer is lost.",
        };
        var funnel = new FunnelView
        {
            Gaps =
            [
                new GapCount(DeploymentStage.Assigned, DeploymentGap.Pending, 12, "", ""),
                new GapCount(DeploymentStage.Assigned, DeploymentGap.Failed, 5, "", ""),
            ],
        };
        var stub = await PicketStub.StartAsync();
        return stub.Answer("GET", Routes.Fill(Routes.PublicationFunnel, Id), funnel)
            .Answer("POST", Routes.Fill(Routes.PublicationNudges, Id), nudge, 202)
            .Answer("GET", Routes.Fill(Routes.PublicationNudges, Id), new Page<NudgeView>([nudge], null))
            .Answer("GET", Routes.Fill(Routes.NudgeDevices, Id), new Page<NudgeDeviceView>([device], null))
            .Answer("POST", Routes.Fill(Routes.NudgeStop, Id), nudge, 202);
    }
}
