using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Picket.Api;

namespace Picket.Server.Tests.Intelligence;

/// <summary>What a publisher may do to whoever follows it: refused with a clear word, in bounded time.</summary>
public sealed class HostileSourceTests(FollowingPicket following) : IClassFixture<FollowingPicket>
{
    public static TheoryData<string, string> Mischief =>
        new()
        {
            { "redirect-private", "may not connect" },
            { "redirect-metadata", "may not connect" },
            { "redirect-http", "is not https" },
            { "redirect-user", "user or password" },
            { "redirect-forever", "redirected more than" },
            { "redirect-nowhere", "redirected to nowhere" },
            { "damaged-gzip", "cannot be decompressed" },
            { "unasked-encoding", "did not ask for" },
            { "drip", "within 5 seconds" },
            { "never-answers", "within 5 seconds" },
            { "not-modified", "304 Not Modified" },
            { "web-page", "a web page" },
            { "empty", "an empty file" },
            { "broken-off", "could not be reached" },
            { "gone", "404" },
            { "binary", "cannot be read" },
        };

    [Theory]
    [MemberData(nameof(Mischief))]
    public async Task Takes_nothing_over_and_says_why(string what, string why)
    {
        var address = following.Publisher.At(what, http => AnswerAsync(what, http));
        var watch = Stopwatch.StartNew();

        var source = await following.FollowAsync($"hostile-{what}", address);

        Assert.Contains(why, source.Failure);
        Assert.Equal(1, source.Failures);
        Assert.Null(source.FeedId);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"{watch.Elapsed}");
        await following.Picket.Client.UnfollowFeedAsync(source.Id, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Trusts_the_given_authority_alone()
    {
        var address = following.Publisher.Publish("trusted.yaml", FeedFiles.Stalkerware("com.example.t").ToArray());

        var untrusted = await following.FollowAsync(new FeedSourceDraft { Name = "untrusted", Address = address });

        Assert.Contains("is not trusted", untrusted.Failure);
        Assert.DoesNotContain(following.Publisher.Requests, request => request.Path == "/trusted.yaml");
        var trusted = await following.FollowAsync("trusted", address);
        Assert.Equal(FeedSourceOutcome.Imported, trusted.Outcome);
    }

    private async Task AnswerAsync(string what, HttpContext http)
    {
        var (answer, stop) = (http.Response, http.RequestAborted);
        switch (what)
        {
            case "redirect-private":
                answer.Redirect("https://10.1.2.3/feed.json");
                break;
            case "redirect-metadata":
                answer.Redirect("https://[::ffff:169.254.169.254]/latest");
                break;
            case "redirect-http":
                answer.Redirect("http://localhost/feed.json");
                break;
            case "redirect-user":
                answer.Redirect("https://a:b@localhost/feed.json");
                break;
            case "redirect-forever":
                answer.Redirect(following.Publisher.Address(what));
                break;
            case "redirect-nowhere":
                answer.StatusCode = StatusCodes.Status302Found;
                break;
            case "damaged-gzip":
                answer.Headers.ContentEncoding = "gzip";
                await answer.Body.WriteAsync("this is not gzip at all"u8.ToArray(), stop);
                break;
            case "unasked-encoding":
                answer.Headers.ContentEncoding = "zstd";
                await answer.Body.WriteAsync("whatever"u8.ToArray(), stop);
                break;
            case "drip":
                while (!stop.IsCancellationRequested)
                {
                    await answer.Body.WriteAsync("-"u8.ToArray(), stop);
                    await answer.Body.FlushAsync(stop);
                    await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, stop);
                }

                break;
            case "never-answers":
                await Task.Delay(TimeSpan.FromMinutes(5), TimeProvider.System, stop);
                break;
            case "not-modified":
                answer.StatusCode = StatusCodes.Status304NotModified;
                break;
            case "web-page":
                answer.ContentType = "text/html";
                await answer.WriteAsync("\n<!DOCTYPE html><title>Sign in</title>", stop);
                break;
            case "broken-off":
                answer.ContentLength = 1000;
                await answer.Body.WriteAsync("- name: X\n"u8.ToArray(), stop);
                await answer.Body.FlushAsync(stop);
                http.Abort();
                break;
            case "gone":
                answer.StatusCode = StatusCodes.Status404NotFound;
                break;
            case "binary":
                await answer.Body.WriteAsync(new byte[] { 0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3, 0xff }, stop);
                break;
        }
    }
}
