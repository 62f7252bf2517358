using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Time.Testing;
using Picket.WorkspaceOne.Diagnostics;
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

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task Reads_a_moment_by_the_clock_of_the_server(HttpStatusCode status)
    {
        var time = new FakeTimeProvider();
        var there = time.GetUtcNow().AddHours(-5);
        var server = ScriptedServer.InOrder(
            () =>
            {
                var answer = new HttpResponseMessage(status);
                answer.Headers.Date = there;
                answer.Headers.RetryAfter = new RetryConditionHeaderValue(there.AddSeconds(40));
                return answer;
            },
            Fine
        );
        using var client = Clients.For(server, time: time);
        var began = time.GetUtcNow();

        await time.PassUntilDoneAsync(client.GetSystemInfoAsync(Cancel), TimeSpan.FromSeconds(1), Cancel);

        Assert.InRange(time.GetUtcNow() - began, TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(60));
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, 5)]
    [InlineData(HttpStatusCode.ServiceUnavailable, 1)]
    public async Task Backs_off_by_itself_when_the_server_asks_for_no_wait(HttpStatusCode status, int seconds)
    {
        var time = new FakeTimeProvider();
        var server = ScriptedServer.InOrder(() => LimitedFor(0, status), Fine);
        var options = Clients.Options with { RetryDelay = TimeSpan.FromSeconds(1) };
        using var client = Clients.For(server, options, time: time);
        var began = time.GetUtcNow();

        await time.PassUntilDoneAsync(client.GetSystemInfoAsync(Cancel), TimeSpan.FromMilliseconds(100), Cancel);

        Assert.True(time.GetUtcNow() - began >= TimeSpan.FromSeconds(seconds * 0.75));
    }

    [Fact]
    public async Task Holds_everybody_back_after_a_429_that_is_not_tried_again()
    {
        var time = new FakeTimeProvider();
        var server = ScriptedServer.InOrder(() => LimitedFor(40), Fine);
        using var client = Clients.For(server, time: time);
        var began = time.GetUtcNow();

        await client.ProbeAsync(new ProbeRequest("system/info"), Cancel);
        await time.PassUntilDoneAsync(client.GetSystemInfoAsync(Cancel), TimeSpan.FromSeconds(1), Cancel);

        Assert.True(time.GetUtcNow() - began >= TimeSpan.FromSeconds(40));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Says_at_once_that_a_pause_is_longer_than_anybody_waits()
    {
        var time = new FakeTimeProvider();
        var server = ScriptedServer.InOrder(() => LimitedFor(3600), Fine);
        using var client = Clients.For(server, time: time);
        await Assert.ThrowsAsync<RateLimitedException>(() => client.GetSystemInfoAsync(Cancel));

        time.Advance(TimeSpan.FromMinutes(10));
        var unsent = await Assert.ThrowsAsync<RateLimitedException>(() => client.Tags.CreateAsync(5, "x", Cancel));
        time.Advance(TimeSpan.FromMinutes(50));
        await client.GetSystemInfoAsync(Cancel);

        Assert.Equal((FailureStage.Pacing, TimeSpan.FromMinutes(50)), (unsent.Stage, unsent.RetryAfter));
        Assert.Equal(2, server.Requests.Count);
    }

    public static TheoryData<string> Compressions => new() { "gzip", "deflate", "brotli" };

    [Theory]
    [MemberData(nameof(Compressions))]
    public async Task Repeats_a_read_whose_compressed_body_is_damaged(string compression)
    {
        var server = ScriptedServer.InOrder(() => Damaged(compression), Fine);
        using var client = Clients.For(server);

        Assert.Equal("25.11", (await client.GetSystemInfoAsync(Cancel)).ProductVersion);
    }

    [Theory]
    [MemberData(nameof(Compressions))]
    public async Task Takes_a_write_whose_compressed_answer_is_damaged_for_unsettled(string compression)
    {
        var server = new ScriptedServer((_, _) => Damaged(compression));
        using var client = Clients.For(server);

        await Assert.ThrowsAsync<AmbiguousOutcomeException>(() => client.Tags.CreateAsync(570, "x", Cancel));

        Assert.Single(server.Requests);
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
        var reset = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().AddHours(9).ToUnixTimeSeconds());
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

    private static HttpResponseMessage Damaged(string compression)
    {
        var garbage = new MemoryStream([.. Enumerable.Range(0, 200).Select(part => (byte)(part * 73 | 0x81))]);
        Stream unpacked = compression switch
        {
            "gzip" => new GZipStream(garbage, CompressionMode.Decompress),
            "deflate" => new ZLibStream(garbage, CompressionMode.Decompress),
            _ => new BrotliStream(garbage, CompressionMode.Decompress),
        };
        var answer = new HttpResponseMessage { Content = new StreamContent(unpacked) };
        answer.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return answer;
    }

    private static HttpResponseMessage LimitedFor(int seconds, HttpStatusCode status = HttpStatusCode.TooManyRequests)
    {
        var answer = new HttpResponseMessage(status);
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
