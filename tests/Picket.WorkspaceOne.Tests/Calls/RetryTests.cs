using System.Net;
using Microsoft.Extensions.Time.Testing;
using Picket.WorkspaceOne.Tests.Support;

namespace Picket.WorkspaceOne.Tests.Calls;

public sealed class RetryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Func<HttpResponseMessage> Fine => () => ScriptedServer.Json("""{"ProductVersion":"25.11"}""");

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task Repeats_a_read_after_an_error_that_passes(HttpStatusCode status)
    {
        var server = ScriptedServer.InOrder(() => ScriptedServer.Error(status, 1000, "Internal Server Error"), Fine);
        using var client = Clients.For(server);

        var info = await client.GetSystemInfoAsync(Cancel);

        Assert.Equal("25.11", info.ProductVersion);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Repeats_a_read_after_truncated_json_and_after_an_html_page()
    {
        var server = ScriptedServer.InOrder(
            () => ScriptedServer.Json("""{"ProductVersion":"25."""),
            () => new HttpResponseMessage { Content = new StringContent("<html>", null, "text/html") },
            Fine
        );
        using var client = Clients.For(server);

        await client.GetSystemInfoAsync(Cancel);

        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Names_an_html_page_that_does_not_go_away()
    {
        var server = new ScriptedServer(
            (_, _) => new HttpResponseMessage { Content = new StringContent("<html>secret stuff", null, "text/html") }
        );
        using var client = Clients.For(server);

        var failure = await Assert.ThrowsAsync<WorkspaceOneException>(() => client.GetSystemInfoAsync(Cancel));

        Assert.Equal(FailureStage.Parse, failure.Stage);
        Assert.Contains("HTML page instead of JSON", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret stuff", failure.Message, StringComparison.Ordinal);
        Assert.Equal(5, server.Requests.Count);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.NotImplemented)]
    public async Task Repeats_nothing_that_will_fail_again(HttpStatusCode status)
    {
        var server = new ScriptedServer((_, _) => ScriptedServer.Error(status, 99, "no"));
        using var client = Clients.For(server);

        await Assert.ThrowsAnyAsync<WorkspaceOneException>(() => client.GetSystemInfoAsync(Cancel));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Waits_as_long_as_the_server_asks()
    {
        var time = new FakeTimeProvider();
        var server = ScriptedServer.InOrder(() => LimitedFor(40), Fine);
        using var client = Clients.For(server, time: time);
        var began = time.GetUtcNow();

        await time.PassUntilDoneAsync(client.GetSystemInfoAsync(Cancel), TimeSpan.FromSeconds(1), Cancel);

        Assert.InRange(time.GetUtcNow() - began, TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(60));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Tells_the_caller_of_a_wait_that_is_too_long()
    {
        var server = new ScriptedServer((_, _) => LimitedFor(3600));
        using var client = Clients.For(server);

        var failure = await Assert.ThrowsAsync<RateLimitedException>(() => client.GetSystemInfoAsync(Cancel));

        Assert.Equal(TimeSpan.FromHours(1), failure.RetryAfter);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Names_a_spent_daily_quota()
    {
        var reset = DateTimeOffset.FromUnixTimeSeconds(4_000_000_000);
        var server = new ScriptedServer((_, _) => ScriptedServer.Quota(LimitedFor(1), 50_000, 0, reset));
        using var client = Clients.For(server);

        var failure = await Assert.ThrowsAsync<QuotaExhaustedException>(() => client.GetSystemInfoAsync(Cancel));
        await Assert.ThrowsAsync<QuotaExhaustedException>(() => client.Interactive.GetSystemInfoAsync(Cancel));

        Assert.Equal(reset, failure.Quota.ResetAt);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Never_repeats_the_creation_of_a_tag_whose_answer_is_lost()
    {
        var server = new ScriptedServer((_, _) => throw new HttpRequestException(HttpRequestError.ResponseEnded));
        using var client = Clients.For(server);

        var failure = await Assert.ThrowsAsync<AmbiguousOutcomeException>(() =>
            client.Tags.CreateAsync(570, "x", Cancel)
        );

        Assert.Equal(FailureStage.ConnectionLost, failure.Stage);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Repeats_the_creation_of_a_tag_that_was_certainly_not_sent()
    {
        var server = ScriptedServer.InOrder(
            () => throw new HttpRequestException(HttpRequestError.ConnectionError),
            () => ScriptedServer.Error(HttpStatusCode.TooManyRequests, 1, "slow down"),
            () => ScriptedServer.Json("""{"Value":77}""")
        );
        using var client = Clients.For(server);

        Assert.Equal(77, await client.Tags.CreateAsync(570, "x", Cancel));
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Repeats_setting_a_tag_because_it_is_a_state()
    {
        var server = ScriptedServer.InOrder(
            () => throw new HttpRequestException(HttpRequestError.ResponseEnded),
            () => ScriptedServer.Json("""{"TotalItems":1,"AcceptedItems":1,"FailedItems":0}""")
        );
        using var client = Clients.For(server);

        var result = await client.Tags.AddDevicesAsync(5, [17], Cancel);

        Assert.Equal(1, result.AcceptedItems);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Sends_nothing_more_once_the_caller_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var server = new ScriptedServer(
            (_, _) =>
            {
                stop.Cancel();
                return ScriptedServer.Error(HttpStatusCode.ServiceUnavailable, 1, "later");
            }
        );
        using var client = Clients.For(server);

        await Assert.ThrowsAnyAsync<Exception>(() => client.GetSystemInfoAsync(stop.Token));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Ends_an_attempt_that_takes_too_long()
    {
        var time = new FakeTimeProvider();
        var options = Clients.Options with { MaxRetries = 0, AttemptTimeout = TimeSpan.FromSeconds(30) };
        using var silent = new SilentServer();
        using var client = Clients.For(silent, options, time: time);

        var failure = await Assert.ThrowsAsync<WorkspaceOneException>(() =>
            time.PassUntilDoneAsync(client.GetSystemInfoAsync(Cancel), TimeSpan.FromSeconds(5), Cancel)
        );

        Assert.Equal(FailureStage.Timeout, failure.Stage);
    }

    private static HttpResponseMessage LimitedFor(int seconds)
    {
        var answer = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        answer.Headers.Add("Retry-After", $"{seconds}");
        return answer;
    }

    private sealed class SilentServer : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new InvalidOperationException("unreachable");
        }
    }
}
