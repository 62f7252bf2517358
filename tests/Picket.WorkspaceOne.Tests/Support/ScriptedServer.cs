using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Picket.WorkspaceOne.Tests.Support;

/// <summary>The far end of the wire: answers each request by a script, and remembers what it was asked.</summary>
internal sealed class ScriptedServer(Func<HttpRequestMessage, int, HttpResponseMessage> script) : HttpMessageHandler
{
    private int count;

    public ConcurrentQueue<HttpRequestMessage> Requests { get; } = [];

    public static ScriptedServer Always(string json) => new((_, _) => Json(json));

    public static ScriptedServer InOrder(params Func<HttpResponseMessage>[] answers) =>
        new((_, number) => answers[Math.Min(number, answers.Length - 1)]());

    public static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Error(HttpStatusCode status, int code, string message) =>
        Json(
            $$"""{"errorCode":{{code}},"message":"{{message}}","activityId":"8bcc0752-3390-44eb-b9f7-d9a25a88c320"}""",
            status
        );

    public static HttpResponseMessage Quota(
        HttpResponseMessage answer,
        long limit,
        long remaining,
        DateTimeOffset reset
    )
    {
        answer.Headers.Add("x-ratelimit-limit", $"{limit}");
        answer.Headers.Add("x-ratelimit-remaining", $"{remaining}");
        answer.Headers.Add("x-ratelimit-reset", $"{reset.ToUnixTimeSeconds()}");
        return answer;
    }

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        Requests.Enqueue(request);
        return Task.FromResult(script(request, Interlocked.Increment(ref count) - 1));
    }
}
