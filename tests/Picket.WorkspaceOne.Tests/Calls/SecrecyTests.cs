using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Picket.WorkspaceOne.Diagnostics;
using Picket.WorkspaceOne.Pacing;
using Picket.WorkspaceOne.Tests.Support;
using Picket.WorkspaceOne.Tests.Wire;

namespace Picket.WorkspaceOne.Tests.Calls;

/// <summary>Canaries: what is secret turns up nowhere, even when the server echoes it.</summary>
public sealed class SecrecyTests
{
    private static readonly string[] Canaries = [Clients.Password, Clients.ApiKey, Clients.Credential.HeaderValue];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, 1013)]
    [InlineData(HttpStatusCode.Unauthorized, 1005)]
    [InlineData(HttpStatusCode.InternalServerError, 1000)]
    [InlineData(HttpStatusCode.BadRequest, 6)]
    public async Task Keeps_secrets_out_of_exceptions_logs_and_traces(HttpStatusCode status, int code)
    {
        var traces = new ConcurrentQueue<string>();
        using var listener = Listen(traces);
        var log = new CollectedLog();
        var echo = string.Join(" and ", Canaries);
        var server = new ScriptedServer(
            (_, _) =>
            {
                var answer = ScriptedServer.Error(status, code, $"Tenant code {echo} is wrong.");
                answer.Headers.TryAddWithoutValidation("x-correlation-id", Clients.ApiKey);
                return answer;
            }
        );
        using var client = Clients.For(server, logger: log);

        var failure = await Record.ExceptionAsync(() =>
            client.Users.Search(570, "ada-canary-name").ReadAllAsync(Cancel)
        );
        var probe = await client.ProbeAsync(new ProbeRequest("system/info?user=ada-canary-name"), Cancel);

        var written = string.Join('\n', [failure!.ToString(), probe.ToString(), .. log.Lines, .. traces]);
        Assert.All(Canaries, canary => Assert.DoesNotContain(canary, written, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("ada-canary-name", written, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Tenant code *** and *** and *** is wrong.", failure.Message, StringComparison.Ordinal);
        Assert.NotEmpty(traces);
        Assert.NotEmpty(log.Lines);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, 1024)]
    [InlineData(HttpStatusCode.InternalServerError, 1000)]
    public async Task Keeps_access_tokens_out_of_exceptions_logs_and_traces(HttpStatusCode status, int code)
    {
        var traces = new ConcurrentQueue<string>();
        using var listener = Listen(traces);
        var (log, tokens) = (new CollectedLog(), 0);
        var server = new ScriptedServer(
            (request, number) =>
                request.RequestUri!.Host == "token.example.com"
                    ? ScriptedServer.Json($$"""{"access_token":"canary-token-{{++tokens}}","expires_in":3600}""")
                : number == 1 ? ScriptedServer.Json("{}")
                : ScriptedServer.Error(
                    status,
                    code,
                    $"{request.Headers.Authorization} and {Clients.OAuthSecret} are wrong."
                )
        );
        using var client = Clients.For(server, Clients.OAuth, logger: log);

        await client.GetSystemInfoAsync(Cancel);
        var failure = await Record.ExceptionAsync(() => client.GetSystemInfoAsync(Cancel));

        var written = string.Join('\n', [failure!.ToString(), .. log.Lines, .. traces]);
        Assert.DoesNotContain("canary", written, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Bearer *** and *** are wrong.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(status == HttpStatusCode.Unauthorized ? 2 : 1, tokens);
    }

    [Fact]
    public void Keeps_secrets_out_of_the_text_of_options()
    {
        var text =
            $"{Clients.Options} {Clients.Credential} {new OAuthCredential(new Uri("https://t.example.com"), "id", "canary-oauth")}";

        Assert.All(Canaries, canary => Assert.DoesNotContain(canary, text, StringComparison.Ordinal));
        Assert.DoesNotContain("canary-oauth", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_the_form_of_an_exchange_and_nothing_of_its_content()
    {
        var exchanges = new List<Exchange>();
        var server = new ScriptedServer(
            (_, _) =>
            {
                var answer = ScriptedServer.Json(
                    $$"""{"Devices":[{{Bodies.DeviceRow}}],"Page":0,"PageSize":500,"Total":1}"""
                );
                answer.Headers.Add("Set-Cookie", "session=canary-cookie");
                answer.Headers.Add("x-api-version", "v2");
                return answer;
            }
        );
        using var client = Clients.For(server, Clients.Options with { Recorder = exchanges.Add });

        await client.Devices.Search(570).ReadAllAsync(Cancel);

        var exchange = Assert.Single(exchanges);
        var text =
            exchange.Body + string.Join(' ', exchange.RequestHeaders) + string.Join(' ', exchange.ResponseHeaders);
        string[] hidden = [.. Canaries, "canary-cookie", "ada iPhone", "Lehr", "5614", "3f0c8a58", "2026-10-16"];
        Assert.All(hidden, secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("\"EnrollmentStatus\": \"Enrolled\"", text, StringComparison.Ordinal);
        Assert.Contains("\"LastSeen\": \"0000-00-00x00:00:00.000\"", text, StringComparison.Ordinal);
        Assert.Contains("\"Total\": 1", text, StringComparison.Ordinal);
        Assert.Equal(
            ("GET", "mdm/devices/search", "v2"),
            (exchange.Method, exchange.Route, exchange.ResponseHeaders["x-api-version"])
        );
    }

    [Fact]
    public async Task Counts_fields_that_nobody_reads_in_a_sample_of_the_answers()
    {
        var counter = new UnknownFieldCounter();
        var server = ScriptedServer.Always(
            $$"""{"Devices":[{{Bodies.DeviceRow}},{"Id":2,"BrandNewField":1}],"Total":2}"""
        );
        using var client = Clients.For(server);

        await client.Metered(new CallMeter { UnknownFields = counter }).Devices.Search().ReadAllAsync(Cancel);
        await client.Metered(new CallMeter { UnknownFields = counter }).Devices.Search().ReadAllAsync(Cancel);
        await client.Devices.Search().ReadAllAsync(Cancel);

        Assert.Equal(2, counter.Counts["GET mdm/devices/search BrandNewField"]);
        Assert.DoesNotContain("GET mdm/devices/search Udid", counter.Counts.Keys);
    }

    private static ActivityListener Listen(ConcurrentQueue<string> traces)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
                traces.Enqueue(
                    $"{activity.DisplayName} {activity.StatusDescription} {string.Join(' ', activity.TagObjects)}"
                ),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
