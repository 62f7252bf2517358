using System.Net;
using Picket.WorkspaceOne.Diagnostics;
using Picket.WorkspaceOne.Tests.Support;

namespace Picket.WorkspaceOne.Tests.Calls;

public sealed class SignInTests
{
    private const string Info = """{"ProductVersion":"25.11"}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, 1005)]
    [InlineData(HttpStatusCode.Unauthorized, 1004)]
    [InlineData(HttpStatusCode.Forbidden, 1022)]
    public async Task Sends_nothing_more_after_one_refusal(HttpStatusCode status, int code)
    {
        var server = new ScriptedServer((_, _) => ScriptedServer.Error(status, code, "refused"));
        using var client = Clients.For(server);

        var first = await Assert.ThrowsAsync<SignInRefusedException>(() => client.GetSystemInfoAsync(Cancel));
        var second = await Assert.ThrowsAsync<SignInRefusedException>(() =>
            client.Devices.Search().ReadAllAsync(Cancel)
        );
        await Assert.ThrowsAsync<SignInRefusedException>(() => client.Interactive.Tags.CreateAsync(1, "x", Cancel));
        var probe = await client.ProbeAsync(new ProbeRequest("system/info"), Cancel);

        Assert.Equal((status, code, code == 1022), (first.Status, first.ErrorCode, first.AccountLocked));
        Assert.StartsWith("Not sent", second.Reason, StringComparison.Ordinal);
        Assert.Equal(FailureStage.SignIn, probe.Stage);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Signs_in_once_when_many_calls_start_with_a_wrong_password()
    {
        var server = new ScriptedServer((_, _) => ScriptedServer.Error(HttpStatusCode.Unauthorized, 1005, "refused"));
        using var client = Clients.For(new SlowServer(server));

        var calls = Enumerable.Range(0, 20).Select(_ => client.GetSystemInfoAsync(Cancel)).ToList();

        foreach (var call in calls)
        {
            await Assert.ThrowsAsync<SignInRefusedException>(() => call);
        }

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Takes_a_missing_app_for_no_refusal_although_it_comes_as_401()
    {
        var server = ScriptedServer.InOrder(
            () => ScriptedServer.Error(HttpStatusCode.Unauthorized, 7000, "Application not found."),
            () => ScriptedServer.Json(Info)
        );
        using var client = Clients.For(server);

        await Assert.ThrowsAsync<NotFoundException>(() => client.Apps.Search().ReadAllAsync(Cancel));

        Assert.Equal("25.11", (await client.GetSystemInfoAsync(Cancel)).ProductVersion);
    }

    [Fact]
    public async Task Sends_account_key_version_and_agent()
    {
        var server = ScriptedServer.Always("{}");
        using var client = Clients.For(server);

        await client.Devices.Search(570).ReadAllAsync(Cancel);

        var sent = Assert.Single(server.Requests);
        Assert.Equal(
            "application/json;version=2",
            string.Join(",", sent.Headers.GetValues("Accept")).Replace(" ", "", StringComparison.Ordinal)
        );
        Assert.Equal(Clients.ApiKey, Assert.Single(sent.Headers.GetValues("aw-tenant-code")));
        Assert.Equal($"Basic {Clients.Credential.HeaderValue}", sent.Headers.Authorization!.ToString());
        Assert.Equal("Picket", sent.Headers.UserAgent.ToString());
        Assert.Equal(
            "https://uem.example.com/API/mdm/devices/search?lgid=570&orderby=deviceid&sortorder=ASC&page=0&pagesize=500",
            sent.RequestUri!.ToString()
        );
    }

    [Fact]
    public async Task Keeps_an_access_token_and_fetches_a_new_one_when_it_has_run_out()
    {
        var tokens = 0;
        var server = new ScriptedServer(
            (request, number) =>
                request.RequestUri!.Host == "token.example.com"
                    ? ScriptedServer.Json(
                        $$"""{"access_token":"t{{++tokens}}","token_type":"Bearer","expires_in":"3600"}"""
                    )
                : request.Headers.Authorization!.Parameter == "t1" && number > 2
                    ? ScriptedServer.Error(HttpStatusCode.Unauthorized, 1029, "OAuth token is expired.")
                : ScriptedServer.Json(Info)
        );
        using var client = Clients.For(server, OAuth);

        await client.GetSystemInfoAsync(Cancel);
        await client.GetSystemInfoAsync(Cancel);
        await client.GetSystemInfoAsync(Cancel);

        Assert.Equal(2, tokens);
        Assert.Equal(6, server.Requests.Count);
    }

    [Theory]
    [InlineData("""{"error":"invalid_client"}""", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.Unauthorized)]
    public async Task Asks_the_token_service_once_when_it_refuses_the_client(string body, HttpStatusCode status)
    {
        var server = new ScriptedServer((_, _) => ScriptedServer.Json(body, status));
        using var client = Clients.For(server, OAuth);

        await Assert.ThrowsAsync<SignInRefusedException>(() => client.GetSystemInfoAsync(Cancel));
        await Assert.ThrowsAsync<SignInRefusedException>(() => client.GetSystemInfoAsync(Cancel));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Stops_when_a_fresh_token_is_refused()
    {
        var server = new ScriptedServer(
            (request, _) =>
                request.RequestUri!.Host == "token.example.com"
                    ? ScriptedServer.Json("""{"access_token":"fresh","expires_in":3600}""")
                    : ScriptedServer.Error(HttpStatusCode.Unauthorized, 1024, "OAuthToken Validation Failed.")
        );
        using var client = Clients.For(server, OAuth);

        await Assert.ThrowsAsync<SignInRefusedException>(() => client.GetSystemInfoAsync(Cancel));

        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("http://uem.example.com/API")]
    [InlineData("https://user:pw@uem.example.com/API")]
    [InlineData("https://uem.example.com/API?x=1")]
    public void Refuses_an_address_that_would_expose_the_credential(string address) =>
        Assert.Throws<ArgumentException>(() =>
            Clients.For(ScriptedServer.Always("{}"), Clients.Options with { Address = new Uri(address) })
        );

    [Fact]
    public void Refuses_a_handler_that_follows_redirects() =>
        Assert.Throws<ArgumentException>(() => Clients.For(new SocketsHttpHandler { AllowAutoRedirect = true }));

    [Fact]
    public async Task Adds_the_path_of_the_api_when_the_address_has_none()
    {
        var server = ScriptedServer.Always(Info);
        using var client = Clients.For(server, Clients.Options with { Address = new Uri("https://uem.example.com") });

        await client.GetSystemInfoAsync(Cancel);

        Assert.Equal("/API/system/info", server.Requests.Single().RequestUri!.AbsolutePath);
    }

    private static WorkspaceOneOptions OAuth =>
        Clients.Options with
        {
            Credential = new OAuthCredential(
                new Uri("https://token.example.com/connect/token"),
                "picket",
                "canary-oauth-9921"
            ),
        };

    private sealed class SlowServer(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
