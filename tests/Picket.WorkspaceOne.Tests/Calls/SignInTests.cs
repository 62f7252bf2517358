using System.Net;
using Microsoft.Extensions.Time.Testing;
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
        using var client = Clients.For(server, Clients.OAuth);

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
        using var client = Clients.For(server, Clients.OAuth);

        await Assert.ThrowsAsync<SignInRefusedException>(() => client.GetSystemInfoAsync(Cancel));
        await Assert.ThrowsAsync<SignInRefusedException>(() => client.GetSystemInfoAsync(Cancel));

        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Knows_that_a_write_was_not_sent_when_the_token_service_fails(bool breaks)
    {
        var time = new FakeTimeProvider();
        using var server = new TokenServiceThatFails(breaks);
        using var client = Clients.For(server, Clients.OAuth with { MaxRetries = 0 }, time: time);

        var failure = await Assert.ThrowsAsync<WorkspaceOneException>(() =>
            time.PassUntilDoneAsync(client.Tags.CreateAsync(5, "x", Cancel), TimeSpan.FromSeconds(5), Cancel)
        );

        Assert.Equal(
            (breaks ? FailureStage.ConnectionLost : FailureStage.Timeout, OAuthCredential.TokenRoute),
            (failure.Stage, failure.Route)
        );
    }

    [Fact]
    public async Task Waits_as_long_as_the_token_service_asks()
    {
        var time = new FakeTimeProvider();
        var server = ScriptedServer.InOrder(
            () =>
            {
                var later = ScriptedServer.Json("{}", HttpStatusCode.ServiceUnavailable);
                later.Headers.Add("Retry-After", "40");
                return later;
            },
            () => ScriptedServer.Json("""{"access_token":"t","expires_in":3600}"""),
            () => ScriptedServer.Json(Info)
        );
        using var client = Clients.For(server, Clients.OAuth, time: time);
        var began = time.GetUtcNow();

        await time.PassUntilDoneAsync(client.GetSystemInfoAsync(Cancel), TimeSpan.FromSeconds(1), Cancel);

        Assert.InRange(time.GetUtcNow() - began, TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Says_that_it_was_cancelled_when_it_was_cancelled_at_the_token_service()
    {
        using var stop = new CancellationTokenSource();
        var server = new ScriptedServer(
            (_, _) =>
            {
                stop.Cancel();
                throw new HttpRequestException(HttpRequestError.ResponseEnded);
            }
        );
        using var client = Clients.For(server, Clients.OAuth);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetSystemInfoAsync(stop.Token));
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
        using var client = Clients.For(server, Clients.OAuth);

        await Assert.ThrowsAsync<SignInRefusedException>(() => client.GetSystemInfoAsync(Cancel));

        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(1029)]
    public async Task Retries_a_late_refusal_of_a_token_that_another_call_renewed(int code)
    {
        var (tokens, expired) = (0, false);
        var server = new ScriptedServer(
            (request, _) =>
                request.RequestUri!.Host == "token.example.com"
                    ? ScriptedServer.Json($$"""{"access_token":"t{{++tokens}}","expires_in":3600}""")
                : expired && request.Headers.Authorization!.Parameter == "t1"
                    ? ScriptedServer.Error(HttpStatusCode.Unauthorized, code, "refused")
                : ScriptedServer.Json(Info)
        );
        var held = new HeldServer(server);
        using var client = Clients.For(held, Clients.OAuth);
        var first = client.GetSystemInfoAsync(Cancel);
        (await held.NextAsync(Cancel)).SetResult();
        (await held.NextAsync(Cancel)).SetResult();
        await first;

        var one = client.GetSystemInfoAsync(Cancel);
        var early = await held.NextAsync(Cancel);
        var other = client.GetSystemInfoAsync(Cancel);
        var late = await held.NextAsync(Cancel);
        expired = true;
        early.SetResult();
        (await held.NextAsync(Cancel)).SetResult();
        (await held.NextAsync(Cancel)).SetResult();
        await one;
        late.SetResult();
        (await held.NextAsync(Cancel)).SetResult();

        Assert.Equal("25.11", (await other).ProductVersion);
        Assert.Equal(2, tokens);
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

    [Theory]
    [InlineData("key-with\nnewline")]
    [InlineData("key with blank")]
    public void Refuses_a_key_that_no_header_can_hold(string key) =>
        Assert.Throws<ArgumentException>(() =>
            Clients.For(
                ScriptedServer.Always("{}"),
                Clients.Options with
                {
                    Credential = Clients.Credential with { ApiKey = key },
                }
            )
        );

    private sealed class TokenServiceThatFails(bool breaks) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            if (breaks)
            {
                throw new HttpRequestException(HttpRequestError.ResponseEnded);
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new InvalidOperationException("unreachable");
        }
    }

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
