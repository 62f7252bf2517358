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
        "--administrator",
        "ada",
    ];

    [Fact]
    public async Task Takes_the_secrets_from_standard_input()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("POST", Routes.Integrations, Samples.Integration(), 201);

        var run = await CliRun.WithAsync(
            [.. Add, "--secrets-stdin"],
            CliRun.Signed(stub),
            """{"address": "ignored", "password": "p1", "apiKey": "k1", "administratorPassword": "a1"}"""
        );

        Assert.Equal(ExitCodes.Ok, run.Code);
        var sent = Body(stub, PicketApiJson.Default.CreateIntegration);
        Assert.Equal(("acme", 50, 240), (sent.Name, sent.QuotaSharePercent, sent.SyncIntervalMinutes));
        Assert.Equal(new BasicCredential("picket-api", "p1", "k1"), sent.Credential);
        Assert.Equal(new AdministratorProof("ada", "a1"), sent.Creator);
    }

    [Fact]
    public async Task Links_with_a_password_that_is_never_an_argument_and_with_the_key_only_where_one_is_needed()
    {
        await using var stub = await PicketStub.StartAsync();
        var path = Routes.Fill(Routes.IntegrationLink, Samples.IntegrationId);
        stub.Answer("GET", IntegrationPath, Samples.Integration())
            .Answer("POST", path, Fabricate.A<AdministratorLink>());
        var environment = CliRun.Signed(stub);
        environment["PICKET_UEM_ADMINISTRATOR_PASSWORD"] = "a1";
        string[] link = ["integrations", "link", Samples.IntegrationId.ToString(), "--administrator", "ada"];

        var basic = await CliRun.WithAsync(link, environment, "");
        stub.Answer("GET", IntegrationPath, Samples.Integration() with { CredentialKind = CredentialKind.OAuth });
        environment["PICKET_UEM_API_KEY"] = "k1";
        var oauth = await CliRun.WithAsync(link, environment, "");

        Assert.Equal((ExitCodes.Ok, ExitCodes.Ok), (basic.Code, oauth.Code));
        Assert.Equal(
            [new AdministratorProof("ada", "a1"), new AdministratorProof("ada", "a1", "k1")],
            stub.Requests.Where(request => request.Method == "POST")
                .Select(request => JsonSerializer.Deserialize(request.Body, PicketApiJson.Default.AdministratorProof))
        );
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
            """{"password": "p1-secret", "apiKey": "k1-secret", "administratorPassword": "a1-secret"}"""
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
    public async Task Sets_how_tags_are_written()
    {
        await using var stub = await PicketStub.StartAsync();
        var path = Routes.Fill(Routes.Integration, Samples.IntegrationId);
        stub.Answer("GET", path, Samples.Integration()).Answer("PATCH", path, Samples.Integration());
        stub.Answer("POST", Routes.Integrations, Samples.Integration(), 201);
        string[] options = ["--tag-unknown", "true", "--tag-batch-size", "20"];

        var changed = await CliRun.AgainstAsync(
            stub,
            ["integrations", "change", Samples.IntegrationId.ToString(), .. options]
        );
        await CliRun.WithAsync(
            [.. Add, .. options, "--secrets-stdin"],
            CliRun.Signed(stub),
            """{"password": "p1", "apiKey": "k1", "administratorPassword": "a1"}"""
        );

        Assert.Equal(ExitCodes.Ok, changed.Code);
        Assert.Equal(
            """{"tagUnknown":true,"tagBatchSize":20}""",
            stub.Requests.Single(request => request.Method == "PATCH").Body
        );
        var sent = Body(stub, PicketApiJson.Default.CreateIntegration);
        Assert.Equal((true, 20), (sent.TagUnknown, sent.TagBatchSize));
    }

    [Fact]
    public async Task Keeps_tags_on_devices_only_when_asked()
    {
        await using var stub = await PicketStub.StartAsync();
        var path = Routes.Fill(Routes.Integration, Samples.IntegrationId);
        stub.Answer("GET", path, Samples.Integration());
        stub.Do(
            "DELETE",
            path,
            context =>
            {
                context.Response.StatusCode = 204;
                return Task.CompletedTask;
            }
        );

        var run = await CliRun.AgainstAsync(
            stub,
            ["integrations", "remove", Samples.IntegrationId.ToString(), "--keep-tags", "--yes"]
        );

        Assert.Equal(ExitCodes.Ok, run.Code);
        Assert.Contains(stub.Requests, request => request.Address.EndsWith("?keepTags=true", StringComparison.Ordinal));
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

    [Theory]
    [InlineData("--account", "other")]
    [InlineData("--client-id", "other")]
    [InlineData("--token-address", "https://token.example.com")]
    [InlineData("--secrets-stdin")]
    public async Task Sends_who_would_change_the_credential_to_rotate_and_drops_nothing_silently(params string[] option)
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("GET", IntegrationPath, Samples.Integration());

        var run = await CliRun.AgainstAsync(
            stub,
            ["integrations", "change", Samples.IntegrationId.ToString(), "--sync-interval", "60", .. option]
        );

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains($"{option[0]} belongs to the credential", run.Error, StringComparison.Ordinal);
        Assert.Contains("picket integrations rotate 'Headquarters'", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(stub.Requests, request => request.Method == "PATCH");
    }

    [Theory]
    [InlineData("--exclude-og labs", "labs", "12")]
    [InlineData("--smart-group pilots --smart-group staff", "34", "pilots,staff")]
    [InlineData("--no-exclude-og", "", "12")]
    [InlineData("--no-smart-groups", "34", "")]
    [InlineData("--exclude-og labs --no-smart-groups", "labs", "")]
    public async Task Keeps_the_half_of_the_scope_that_is_not_named(string options, string excluded, string smart)
    {
        await using var stub = await PicketStub.StartAsync();
        var present = Samples.Integration() with
        {
            Scope = new IntegrationScope { ExcludedOrganizationGroups = ["34"], SmartGroups = ["12"] },
        };
        stub.Answer("GET", IntegrationPath, present).Answer("PATCH", IntegrationPath, present);

        var run = await CliRun.AgainstAsync(
            stub,
            ["integrations", "change", Samples.IntegrationId.ToString(), .. options.Split(' ')]
        );

        Assert.Equal((ExitCodes.Ok, ""), (run.Code, run.Error));
        var sent = Patch(stub).Scope!;
        Assert.Equal(excluded, string.Join(',', sent.ExcludedOrganizationGroups));
        Assert.Equal(smart, string.Join(',', sent.SmartGroups));
    }

    [Fact]
    public async Task Clears_the_CA_and_sends_the_proxy_anew_with_the_credential()
    {
        await using var stub = await PicketStub.StartAsync();
        var present = Samples.Integration() with { Proxy = new ProxySettings("http://proxy:3128", "user") };
        stub.Answer("GET", IntegrationPath, present).Answer("PATCH", IntegrationPath, present);

        var run = await CliRun.WithAsync(
            ["integrations", "change", Samples.IntegrationId.ToString(), "--no-uem-ca", "--secrets-stdin"],
            CliRun.Signed(stub),
            """{"password": "p1", "apiKey": "k1", "proxyPassword": "x1"}"""
        );

        Assert.Equal((ExitCodes.Ok, ""), (run.Code, run.Error));
        var sent = Patch(stub);
        Assert.Equal("", sent.CaCertificatePem);
        Assert.Equal(new BasicCredential("picket-api", "p1", "k1"), sent.Credential);
        Assert.Equal(new ProxySettings("http://proxy:3128", "user", "x1"), sent.Proxy);
    }

    [Theory]
    [InlineData("--smart-group x --no-smart-groups")]
    [InlineData("--exclude-og x --no-exclude-og")]
    [InlineData("--proxy http://x --no-proxy")]
    public async Task Does_not_choose_between_options_that_contradict_each_other(string options)
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("GET", IntegrationPath, Samples.Integration());

        var run = await CliRun.AgainstAsync(
            stub,
            ["integrations", "change", Samples.IntegrationId.ToString(), .. options.Split(' ')]
        );

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains("contradict each other", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Removes_nothing_whose_name_only_begins_like_that()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Answer("GET", Routes.Integrations, new Page<IntegrationView>([Samples.Integration("prod-europe")], null))
            .Do("DELETE", IntegrationPath, _ => Task.CompletedTask);

        var run = await CliRun.AgainstAsync(stub, "integrations", "remove", "prod", "--yes");

        Assert.Equal(ExitCodes.NotFound, run.Code);
        Assert.Contains("'prod-europe'?", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(stub.Requests, request => request.Method == "DELETE");
    }

    [Fact]
    public async Task Names_what_would_be_removed_with_its_devices()
    {
        await using var stub = await PicketStub.StartAsync();
        var view = Samples.Integration("prod-europe");
        view = view with { Counts = view.Counts with { Devices = 12034 } };
        stub.Answer("GET", Routes.Integrations, new Page<IntegrationView>([view], null))
            .Answer("GET", IntegrationPath, view)
            .Do("DELETE", IntegrationPath, _ => Task.CompletedTask);

        var asked = await CliRun.AgainstAsync(stub, "integrations", "remove", "PROD-europe");
        var done = await CliRun.AgainstAsync(stub, "integrations", "remove", "PROD-europe", "--yes");

        Assert.Equal(ExitCodes.Usage, asked.Code);
        Assert.Contains("integration 'prod-europe' with 12,034 devices", asked.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Ok, done.Code);
        Assert.Contains("Removed integration 'prod-europe' with 12,034 devices", done.Error, StringComparison.Ordinal);
        Assert.Single(stub.Requests, request => request.Method == "DELETE");
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

    private static readonly string IntegrationPath = Routes.Fill(Routes.Integration, Samples.IntegrationId);

    private static ChangeIntegration Patch(PicketStub stub) =>
        JsonSerializer.Deserialize(
            stub.Requests.Single(request => request.Method == "PATCH").Body,
            PicketApiJson.Default.ChangeIntegration
        )!;

    private static T Body<T>(PicketStub stub, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(stub.Requests.Single(request => request.Method == "POST").Body, type)!;
}
