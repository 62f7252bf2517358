using System.Text.Json;
using Picket.Api;

namespace Picket.Cli.Tests;

/// <summary>Making and changing integrations: what is sent, and where the secrets come from.</summary>
public sealed class IntegrationCommandTests
{
    private static readonly string[] Add =
    [
        "integrations",
        "add",
        "--address",
        "https://as1.example.com",
        "--og",
        "acme",
        "--account",
        "picket-api",
    ];

    [Fact]
    public async Task Takes_the_secrets_from_standard_input()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("POST", Routes.Integrations, Samples.Integration(), 201);

        var run = await CliRun.WithAsync(
            [.. Add, "--secrets-stdin"],
            CliRun.Signed(stub),
            """{"address": "ignored", "password": "p1", "apiKey": "k1"}"""
        );

        Assert.Equal(ExitCodes.Ok, run.Code);
        var sent = Body(stub, PicketApiJson.Default.CreateIntegration);
        Assert.Equal(("acme", 50, 240), (sent.Name, sent.QuotaSharePercent, sent.SyncIntervalMinutes));
        Assert.Equal(new BasicCredential("picket-api", "p1", "k1"), sent.Credential);
    }

    [Fact]
    public async Task Takes_the_secrets_from_the_environment()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("POST", Routes.Doctor, Samples.Doctor(CheckState.Pass));
        var environment = CliRun.Signed(stub);
        environment["PICKET_UEM_CLIENT_SECRET"] = "c1";

        var run = await CliRun.WithAsync(
            [
                "doctor",
                "--address",
                "https://as1.example.com",
                "--og",
                "acme",
                "--token-address",
                "https://token.example.com",
                "--client-id",
                "me",
            ],
            environment,
            ""
        );

        Assert.Equal(ExitCodes.Ok, run.Code);
        var sent = Body(stub, PicketApiJson.Default.CreateIntegration);
        Assert.Equal(new OAuthCredential("https://token.example.com", "me", "c1"), sent.Credential);
    }

    [Fact]
    public async Task Says_how_a_missing_secret_can_be_given()
    {
        await using var stub = await PicketStub.StartAsync();

        var run = await CliRun.AgainstAsync(stub, Add);

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains("PICKET_UEM_PASSWORD", run.Error, StringComparison.Ordinal);
        Assert.Empty(stub.Requests);
    }

    [Fact]
    public async Task Shows_the_doctor_when_saving_is_refused()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Refuse(
            "POST",
            Routes.Integrations,
            new Problem
            {
                Status = 422,
                Title = "The preparation is not complete",
                Doctor = Samples.Doctor(CheckState.Fail),
            }
        );

        var run = await CliRun.WithAsync(
            [.. Add, "--secrets-stdin"],
            CliRun.Signed(stub),
            """{"password": "p1-secret", "apiKey": "k1-secret"}"""
        );

        Assert.Equal(ExitCodes.Refused, run.Code);
        Assert.Contains("Add a key of the kind Admin", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("-secret", run.Error + run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Never_repeats_what_it_could_not_read_from_standard_input()
    {
        await using var stub = await PicketStub.StartAsync();

        var run = await CliRun.WithAsync([.. Add, "--secrets-stdin"], CliRun.Signed(stub), "hunter2");

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.DoesNotContain("hunter2", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_an_integration_by_its_name_under_its_version()
    {
        await using var stub = await PicketStub.StartAsync();
        var path = Routes.Fill(Routes.Integration, Samples.IntegrationId);
        stub.Answer("GET", Routes.Integrations, new Page<IntegrationView>([Samples.Integration()], null))
            .Answer("GET", path, Samples.Integration())
            .Answer("PATCH", path, Samples.Integration("Renamed"));

        var run = await CliRun.AgainstAsync(stub, "integrations", "change", "headquarters", "--name", "Renamed");

        Assert.Equal(ExitCodes.Ok, run.Code);
        var patch = stub.Requests.Single(request => request.Method == "PATCH");
        Assert.Equal("\"v7\"", patch.IfMatch);
        Assert.Equal("""{"name":"Renamed"}""", patch.Body);
    }

    [Fact]
    public async Task Asks_for_the_secrets_anew_when_the_address_changes()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("GET", Routes.Fill(Routes.Integration, Samples.IntegrationId), Samples.Integration());

        var run = await CliRun.AgainstAsync(
            stub,
            ["integrations", "change", Samples.IntegrationId.ToString(), "--address", "https://as2.example.com"]
        );

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains("Password of picket-api is missing", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(stub.Requests, request => request.Method == "PATCH");
    }

    [Fact]
    public async Task Does_not_guess_between_two_integrations()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer(
            "GET",
            Routes.Integrations,
            new Page<IntegrationView>([Samples.Integration("North"), Samples.Integration("South")], null)
        );

        var run = await CliRun.AgainstAsync(stub, "sync");

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains("'North', 'South'", run.Error, StringComparison.Ordinal);
    }

    private static T Body<T>(PicketStub stub, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(stub.Requests.Single(request => request.Method == "POST").Body, type)!;
}
