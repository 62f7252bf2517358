using Picket.Api;

namespace Picket.Cli.Tests;

/// <summary>What waits for a person's word on the command line: it is decided by its kind, and only after a yes.</summary>
public sealed class ApprovalCommandTests
{
    private static readonly ApprovalView Held = new()
    {
        Kind = ApprovalKind.AppGroupRun,
        Id = Samples.IntegrationId,
        IntegrationId = Samples.IntegrationId,
        Since = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero),
        Cause = "7 apps would change, more than the 5 of an hour.",
        Devices = 0,
        Apps = 7,
    };

    private static readonly AppGroupRunView Run = new()
    {
        Id = Held.Id,
        IntegrationId = Held.IntegrationId,
        State = RunState.Queued,
        QueuedAt = Held.Since,
    };

    [Fact]
    public async Task A_held_run_of_denied_apps_goes_on_only_after_a_yes()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("GET", Routes.Approvals, new ApprovalsView { Waiting = 1, Items = [Held] })
            .Answer("POST", Routes.Fill(Routes.AppGroupRunApprove, Held.Id), Run);

        var asked = await CliRun.AgainstAsync(stub, "approvals", "approve", $"{Held.Id}");
        Assert.DoesNotContain(stub.Requests, request => request.Method == "POST");
        var approved = await CliRun.AgainstAsync(stub, "approvals", "approve", $"{Held.Id}", "--yes");

        Assert.Equal(ExitCodes.Usage, asked.Code);
        Assert.Contains("Let 7 apps be added", asked.Error, StringComparison.Ordinal);
        Assert.Equal((ExitCodes.Ok, ""), (approved.Code, approved.Error));
        Assert.Matches("State +Queued", approved.Out);
    }

    [Fact]
    public async Task A_held_run_of_denied_apps_is_declined_as_such()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("GET", Routes.Approvals, new ApprovalsView { Waiting = 1, Items = [Held] })
            .Answer("POST", Routes.Fill(Routes.AppGroupRunDiscard, Held.Id), Run with { State = RunState.Cancelled });

        var declined = await CliRun.AgainstAsync(stub, "approvals", "decline", $"{Held.Id}");

        Assert.Equal((ExitCodes.Ok, ""), (declined.Code, declined.Error));
        Assert.Matches("State +Cancelled", declined.Out);
    }
}
