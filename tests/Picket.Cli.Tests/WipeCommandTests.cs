using Picket.Api;

namespace Picket.Cli.Tests;

/// <summary>
/// A wipe on the command line: both people type a code of their second factor at a terminal, and nothing that a program could
/// give in their stead is taken for it.
/// </summary>
public sealed class WipeCommandTests
{
    private const string Code = "417032";

    private static readonly string Wipe = Routes.Fill(Routes.DeviceWipe, Samples.DeviceId);
    private static readonly string Approve = Routes.Fill(Routes.CommandApprove, Samples.RunId);
    private static readonly string[] AskArgs = ["commands", "wipe", $"{Samples.DeviceId}", "--reason", "Stolen"];
    private static readonly string[] ApproveArgs = ["approvals", "approve", $"{Samples.RunId}"];

    private static readonly CommandView Command = Fabricate.A<CommandView>() with
    {
        Id = Samples.RunId,
        Command = DeviceCommand.EnterpriseWipe,
        State = DeviceCommandState.Waiting,
        Brake = DeviceCommandBrake.TwoPeople,
    };

    private static readonly ApprovalView Waiting = new()
    {
        Kind = ApprovalKind.EnterpriseWipe,
        Id = Samples.RunId,
        IntegrationId = Samples.IntegrationId,
        Since = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero),
        FriendlyName = "Ada's phone",
        Devices = 1,
        NeedsSecondFactor = true,
    };

    [Fact]
    public async Task Nothing_is_asked_for_or_approved_where_no_terminal_can_ask_for_the_code()
    {
        await using var stub = await StartAsync();
        var environment = CliRun.Signed(stub);
        environment["PICKET_SECOND_FACTOR"] = Code;

        foreach (var args in new[] { AskArgs, ApproveArgs })
        {
            var run = await CliRun.WithAsync([.. args, "--yes"], environment, $"{Code}\n");

            Assert.Equal(ExitCodes.Usage, run.Code);
            Assert.Contains("typed at a terminal, and there is none here. Nothing was done.", Line(run.Error));
        }

        Assert.DoesNotContain(stub.Requests, request => request.Method == "POST");
    }

    [Fact]
    public async Task The_code_is_no_argument()
    {
        await using var stub = await StartAsync();

        foreach (var args in new[] { AskArgs, ApproveArgs })
        {
            foreach (var code in new[] { new[] { Code }, ["--code", Code], ["--second-factor", Code] })
            {
                var run = await CliRun.AgainstAsync(stub, [.. args, "--yes", .. code]);

                Assert.Equal(ExitCodes.Usage, run.Code);
                Assert.Contains("Unrecognized command or argument", run.Error, StringComparison.Ordinal);
            }
        }

        Assert.Empty(stub.Requests);
    }

    [Fact]
    public async Task Who_asks_says_yes_to_what_the_device_loses_and_types_a_code()
    {
        await using var stub = await StartAsync();
        stub.Answer("POST", Wipe, Command, 202);

        using var program = ProgramRun.OnATerminal(
            stub,
            $"commands wipe {Samples.DeviceId} --reason 'Stolen at the station'"
        );
        await program.StandardInput.WriteAsync($"y\n{Code}\n");
        var (screen, _) = await ProgramRun.EndAsync(program);

        Assert.Equal(ExitCodes.Ok, program.ExitCode);
        Assert.Contains("would lose 7 managed apps", Line(screen), StringComparison.Ordinal);
        Assert.Contains("Code of your authenticator app", screen, StringComparison.Ordinal);
        var sent = Assert.Single(stub.Requests, request => request.Method == "POST");
        Assert.Contains($"\"secondFactor\":\"{Code}\"", sent.Body, StringComparison.Ordinal);
        Assert.Contains("\"reason\":\"Stolen at the station\"", sent.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_code_approves_nothing_and_says_what_to_do()
    {
        await using var stub = await StartAsync();
        stub.Refuse(
            "POST",
            Approve,
            new Problem
            {
                Status = 422,
                Title = "The code is not right",
                Detail = "It is wrong, was used already, or came too late.",
                Next = "Wait for the next code of your authenticator app.",
            }
        );

        using var program = ProgramRun.OnATerminal(stub, $"approvals approve {Samples.RunId}");
        await program.StandardInput.WriteAsync($"y\n{Code}\n");
        var (screen, _) = await ProgramRun.EndAsync(program);

        Assert.Equal(ExitCodes.Refused, program.ExitCode);
        Assert.Contains("Wipe the organization's part of Ada's phone? It cannot be undone.", Line(screen));
        Assert.Contains("The code is not right", screen, StringComparison.Ordinal);
        Assert.Contains("Wait for the next code of your authenticator app.", Line(screen), StringComparison.Ordinal);
        var sent = Assert.Single(stub.Requests, request => request.Method == "POST");
        Assert.Equal((Approve, $"{{\"secondFactor\":\"{Code}\"}}"), (sent.Address, sent.Body));
    }

    private static async Task<PicketStub> StartAsync() =>
        (await PicketStub.StartAsync())
            .Answer("GET", Wipe, Fabricate.A<WipePreview>())
            .Answer("GET", Routes.Approvals, new ApprovalsView { Waiting = 1, Items = [Waiting] });

    /// <summary>As it reads where nothing is wrapped.</summary>
    private static string Line(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
