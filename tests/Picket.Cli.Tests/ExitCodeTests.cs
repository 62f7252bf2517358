using Picket.Api;

namespace Picket.Cli.Tests;

/// <summary>What the program tells its caller, and where it says it.</summary>
public sealed class ExitCodeTests
{
    private static readonly string RunPath = Routes.Fill(Routes.Run, Samples.RunId);

    [Theory]
    [InlineData(RunState.Completed, ExitCodes.Ok)]
    [InlineData(RunState.Running, ExitCodes.Ok)]
    [InlineData(RunState.Incomplete, ExitCodes.Problem)]
    [InlineData(RunState.Failed, ExitCodes.Problem)]
    [InlineData(RunState.Held, ExitCodes.Problem)]
    public async Task Tells_how_a_run_ended(RunState state, int code)
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("GET", RunPath, Samples.Run(state));

        var run = await CliRun.AgainstAsync(stub, "runs", "show", Samples.RunId.ToString());

        Assert.Equal(code, run.Code);
        Assert.Contains(state.ToString(), run.Out, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Theory]
    [InlineData(401, ExitCodes.NotAllowed)]
    [InlineData(403, ExitCodes.NotAllowed)]
    [InlineData(404, ExitCodes.NotFound)]
    [InlineData(400, ExitCodes.Refused)]
    [InlineData(409, ExitCodes.Refused)]
    [InlineData(412, ExitCodes.Refused)]
    [InlineData(422, ExitCodes.Refused)]
    [InlineData(429, ExitCodes.Refused)]
    [InlineData(302, ExitCodes.Unreachable)]
    [InlineData(500, ExitCodes.Unreachable)]
    [InlineData(503, ExitCodes.Unreachable)]
    public async Task Tells_why_the_server_refused(int status, int code)
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Refuse(
            "GET",
            RunPath,
            new Problem
            {
                Status = status,
                Title = "Refused",
                Detail = "the run 17",
            }
        );

        var run = await CliRun.AgainstAsync(stub, "runs", "show", Samples.RunId.ToString());

        Assert.Equal(code, run.Code);
        Assert.StartsWith("Refused: the run 17", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("runs", "show", "no-id")]
    [InlineData("runs", "list", "--limit", "501")]
    [InlineData("apps", "who", "com.example", "--at", "yesterday")]
    [InlineData("devices", "list", "--level", "Awful")]
    [InlineData("--server", "http://picket.example.com", "status")]
    [InlineData("--server", "ftp://localhost", "status")]
    [InlineData("--ca", "/no/such/file", "status")]
    [InlineData("tokens", "create", "dashboard", "--scope", "Owner")]
    [InlineData("doctor", "Acme", "--og", "acme")]
    [InlineData("doctor", "Acme", "--address", "https://as1.example.com", "--og", "acme")]
    [InlineData("integrations", "add", "--address", "https://as1.example.com")]
    public async Task Says_what_is_wrong_with_the_command_line(params string[] args)
    {
        await using var stub = await PicketStub.StartAsync();

        var run = await CliRun.AgainstAsync(stub, args);

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.NotEmpty(run.Error);
        Assert.Empty(run.Out);
        Assert.Empty(stub.Requests);
    }

    [Fact]
    public async Task Says_that_no_server_is_named()
    {
        var run = await CliRun.WithAsync(["status"], new Dictionary<string, string>(), "");

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains("PICKET_SERVER", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_the_server_cannot_be_reached()
    {
        var stub = await PicketStub.StartAsync();
        var address = stub.Address;
        await stub.DisposeAsync();

        var run = await CliRun.WithAsync(["--server", address, "status"], new Dictionary<string, string>(), "");

        Assert.Equal(ExitCodes.Unreachable, run.Code);
        Assert.Contains(
            $"The server {address}/ cannot be reached: Connection refused",
            run.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Owns_up_to_a_bug_and_does_not_blame_the_server()
    {
        var terminal = SecretArgumentTests.SomeTerminal() with
        {
            Error = new StringWriter(),
            Environment = _ => throw new InvalidOperationException("nobody thought of this"),
        };

        var code = await PicketCommand.RunAsync(["status"], terminal, TestContext.Current.CancellationToken);

        Assert.Equal(ExitCodes.Bug, code);
        Assert.Contains("a bug in picket", terminal.Error.ToString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_cancelled_while_the_server_thinks()
    {
        await using var stub = await PicketStub.StartAsync();
        using var cancellation = new CancellationTokenSource();
        stub.Do(
            "GET",
            Routes.Overview,
            async context =>
            {
                await cancellation.CancelAsync();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
            }
        );

        var run = await CliRun.WithAsync(["status"], CliRun.Signed(stub), "", cancellation: cancellation.Token);

        Assert.Equal(ExitCodes.Cancelled, run.Code);
    }

    [Fact]
    public async Task Names_every_exit_code_in_its_help_and_in_the_readme()
    {
        var run = await CliRun.WithAsync(["--help"], new Dictionary<string, string>(), "");

        var codes = typeof(ExitCodes)
            .GetFields(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static)
            .Where(field => field.FieldType == typeof(int))
            .Select(field => field.GetRawConstantValue()!.ToString()!);
        var readme = await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "README.md"),
            TestContext.Current.CancellationToken
        );
        Assert.All(codes, code => Assert.Matches($@"(?m)^\s+{code}\s+\w", run.Out));
        Assert.All(codes, code => Assert.Contains($"| {code} |", readme, StringComparison.Ordinal));
    }
}
