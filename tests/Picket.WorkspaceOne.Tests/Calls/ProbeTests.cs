using System.Net;
using Picket.WorkspaceOne.Diagnostics;
using Picket.WorkspaceOne.Tests.Support;

namespace Picket.WorkspaceOne.Tests.Calls;

public sealed class ProbeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ProbeCredentials.All, true, true)]
    [InlineData(ProbeCredentials.ApiKeyOnly, true, false)]
    [InlineData(ProbeCredentials.AccountOnly, false, true)]
    [InlineData(ProbeCredentials.None, false, false)]
    public async Task Sends_only_the_parts_that_were_asked_for(ProbeCredentials parts, bool key, bool account)
    {
        var server = ScriptedServer.Always("{}");
        using var client = Clients.For(server);

        await client.ProbeAsync(new ProbeRequest("system/info", 1, parts), Cancel);

        var sent = Assert.Single(server.Requests);
        Assert.Equal((key, account), (sent.Headers.Contains("aw-tenant-code"), sent.Headers.Authorization is not null));
    }

    [Fact]
    public async Task Does_not_stop_the_client_when_it_left_the_account_out_on_purpose()
    {
        var server = new ScriptedServer(
            (request, _) =>
                request.Headers.Authorization is null
                    ? ScriptedServer.Error(
                        HttpStatusCode.Unauthorized,
                        1004,
                        "The Authorization header is null or empty."
                    )
                    : ScriptedServer.Json("{}")
        );
        using var client = Clients.For(server);

        var probe = await client.ProbeAsync(new ProbeRequest("system/info", 1, ProbeCredentials.ApiKeyOnly), Cancel);
        await client.GetSystemInfoAsync(Cancel);

        Assert.Equal((HttpStatusCode.Unauthorized, 1004), (probe.HttpStatus, probe.ErrorCode));
        Assert.Equal((FailureStage.SignIn, "application/json"), (probe.Stage, probe.ContentType));
        Assert.NotNull(probe.ReceivedAt);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Reports_what_an_answer_shows()
    {
        var reset = DateTimeOffset.FromUnixTimeSeconds(4_000_000_000);
        var server = new ScriptedServer(
            (_, _) =>
            {
                var answer = ScriptedServer.Quota(
                    ScriptedServer.Json("""{"Devices":[{"Total":1}],"Total":812}"""),
                    250_000,
                    99,
                    reset
                );
                answer.Headers.Date = reset;
                answer.Headers.Add("X-Api-Version", "v2");
                answer.Headers.Add("x-correlation-id", "c-1");
                return answer;
            }
        );
        using var client = Clients.For(server);

        var probe = await client.ProbeAsync(new ProbeRequest("/mdm/devices/search?pagesize=1", 2), Cancel);

        Assert.True(probe.Succeeded);
        Assert.Equal(
            ("mdm/devices/search", 812, "v2", "c-1"),
            (probe.Route, probe.Total, probe.ApiVersion, probe.CorrelationId)
        );
        Assert.Equal((reset, 99L, "application/json"), (probe.ServerDate, probe.Quota.Remaining, probe.ContentType));
    }

    [Fact]
    public async Task Reports_a_redirect_without_following_it()
    {
        var server = new ScriptedServer(
            (_, _) =>
            {
                var answer = new HttpResponseMessage(HttpStatusCode.Found);
                answer.Headers.Location = new Uri("https://cn123.example.com/AirWatch/Login?x=1");
                return answer;
            }
        );
        using var client = Clients.For(server);

        var probe = await client.ProbeAsync(new ProbeRequest("system/info"), Cancel);

        Assert.Equal((FailureStage.Redirect, "cn123.example.com"), (probe.Stage, probe.RedirectHost));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, FailureStage.NameResolution)]
    [InlineData(HttpRequestError.ConnectionError, FailureStage.Connect)]
    [InlineData(HttpRequestError.SecureConnectionError, FailureStage.Tls)]
    [InlineData(HttpRequestError.ResponseEnded, FailureStage.ConnectionLost)]
    public async Task Tells_where_a_connection_failed_and_tries_once(HttpRequestError error, FailureStage stage)
    {
        var server = new ScriptedServer((_, _) => throw new HttpRequestException(error));
        using var client = Clients.For(server);

        var probe = await client.ProbeAsync(new ProbeRequest("system/info"), Cancel);

        Assert.Equal(stage, probe.Stage);
        Assert.Null(probe.HttpStatus);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("system/v2/groups/x/api-keys")]
    [InlineData("system/v2/groups/x/API%2Dkeys")]
    [InlineData("https://elsewhere.example.com/")]
    [InlineData("//elsewhere.example.com/x")]
    [InlineData("../admin")]
    [InlineData("%2e%2e/admin")]
    [InlineData("..\\admin")]
    [InlineData("")]
    public async Task Refuses_routes_that_leave_the_api_or_show_keys(string route)
    {
        var server = ScriptedServer.Always("{}");
        using var client = Clients.For(server);

        await Assert.ThrowsAsync<ArgumentException>(() => client.ProbeAsync(new ProbeRequest(route), Cancel));

        Assert.Empty(server.Requests);
    }
}
