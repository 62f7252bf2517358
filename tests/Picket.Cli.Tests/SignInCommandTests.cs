using Picket.Api;

namespace Picket.Cli.Tests;

/// <summary><c>picket join</c> and <c>picket sign-in</c>: people, where <c>picket login</c> takes a token.</summary>
public sealed class SignInCommandTests : IDisposable
{
    private const string Password = "correct horse battery";
    private const string Code = "pl_one-time";

    private readonly string _folder = Directory.CreateTempSubdirectory("picket-sign-in-").FullName;

    [Fact]
    public async Task Joins_by_a_one_time_link_and_is_signed_in_from_then_on()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("POST", Routes.ClaimLink, Ada()).Answer("GET", Routes.Me, Fabricate.A<MeView>());

        var run = await RunAsync(
            stub,
            ("PICKET_LINK", $"{stub.Address}/join#{Code}"),
            "join",
            "ada",
            "ada@example.com"
        );
        var later = await CliRun.WithAsync(["findings"], new Dictionary<string, string>(), "", _folder);

        Assert.Equal(ExitCodes.Ok, run.Code);
        var sent = Assert.Single(stub.Requests, request => request.Address == Routes.ClaimLink);
        Assert.Contains($"\"code\":\"{Code}\"", sent.Body, StringComparison.Ordinal);
        Assert.Contains(Password, sent.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, run.Out + run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(PicketStub.Token, run.Out + run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.NotFound, later.Code); // Signed in: the stub knows no findings, but it knows us.
    }

    [Fact]
    public async Task Signs_in_with_name_and_password_and_second_factor()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("POST", Routes.SignIn, Ada());

        var run = await RunAsync(stub, ("PICKET_SECOND_FACTOR", "123456"), "sign-in", "ada");

        Assert.Equal(ExitCodes.Ok, run.Code);
        Assert.Matches(@"Name +ada.*Roles +Owner", run.Out.ReplaceLineEndings(" "));
        var sent = Assert.Single(stub.Requests, request => request.Address == Routes.SignIn);
        Assert.Contains("\"secondFactor\":\"123456\"", sent.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_the_variable_where_nobody_can_be_asked_for_the_password()
    {
        await using var stub = await PicketStub.StartAsync();

        var run = await CliRun.WithAsync(["--server", stub.Address, "sign-in", "ada"], NoVariables, "", _folder);

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains("PICKET_PASSWORD", run.Error, StringComparison.Ordinal);
        Assert.Empty(stub.Requests);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Dictionary<string, string> NoVariables => [];

    private Task<CliRun> RunAsync(PicketStub stub, (string Name, string Value) variable, params string[] args) =>
        CliRun.WithAsync(
            ["--server", stub.Address, .. args],
            new Dictionary<string, string> { ["PICKET_PASSWORD"] = Password, [variable.Name] = variable.Value },
            "",
            _folder
        );

    private static SignedIn Ada() =>
        Fabricate.A<SignedIn>() with
        {
            Person = Fabricate.A<PersonView>() with { Name = "ada", Roles = [new RoleGiven(PersonRole.Owner, null)] },
            Token = Fabricate.A<CreatedToken>() with { Secret = PicketStub.Token },
        };
}
