using System.Net;
using Picket.WorkspaceOne.Diagnostics;
using Picket.WorkspaceOne.Tests.Support;

namespace Picket.WorkspaceOne.Tests.Calls;

public sealed class ProbeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("system/groups/3f0c8a58-6a0c-4b0e-9a39-0f6f62f1c002", null, "system/groups/{id}")]
    [InlineData("mdm/devices/5614/security", null, "mdm/devices/{id}/security")]
    [InlineData("system/groups/acme", "system/groups/{og}?x={y}", "system/groups/{og}")]
    public async Task Shows_templates_instead_of_the_ids_of_the_tenant(string path, string? template, string shown)
    {
        var recorded = new List<Exchange>();
        var log = new CollectedLog();
        var server = new ScriptedServer((_, _) => ScriptedServer.Error(HttpStatusCode.NotFound, 6008, "no"));
        using var client = Clients.For(server, Clients.Options with { Recorder = recorded.Add }, logger: log);

        var probe = await client.ProbeAsync(new ProbeRequest(path) { Template = template }, Cancel);

        Assert.Equal(path, server.Requests.Single().RequestUri!.AbsolutePath["/API/".Length..]);
        Assert.Equal((shown, shown), (probe.Route, Assert.Single(recorded).Route));
        Assert.DoesNotContain(log.Lines, line => line.Contains(path, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("text/html", "<html>Please sign in</html>", "HTML page")]
    [InlineData("application/json", """{"Devices":[{"Id":5""", "breaks off")]
    public async Task Takes_only_whole_json_for_a_success(string type, string body, string says)
    {
        var server = new ScriptedServer(
            (_, _) => new HttpResponseMessage { Content = new StringContent(body, null, type) }
        );
        using var client = Clients.For(server);

        var probe = await client.ProbeAsync(new ProbeRequest("system/info"), Cancel);

        Assert.Equal((HttpStatusCode.OK, FailureStage.Parse), (probe.HttpStatus, probe.Stage));
        Assert.Equal(type, probe.ContentType);
        Assert.Contains(says, probe.Message, StringComparison.Ordinal);
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
                answer.Headers.Date = reset.AddHours(-3);
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
        Assert.Equal(
            (reset.AddHours(-3), 99L, "application/json"),
            (probe.ServerDate, probe.Quota.Remaining, probe.ContentType)
        );
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
