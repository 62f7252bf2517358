using System.Net.Http.Headers;

namespace Picket.WorkspaceOne.Connection;

/// <summary><c>Retry-After</c> as a wait: seconds, or a moment by the clock of who wrote it, not by ours.</summary>
internal static class RetryAfterHeader
{
    /// <summary>Null when nothing was asked; "0" asks nothing, lest it switch our own backoff off.</summary>
    public static TimeSpan? Read(HttpResponseHeaders headers, TimeProvider time)
    {
        var asked = headers.RetryAfter;
        var wait = asked?.Delta ?? (asked?.Date - (headers.Date ?? time.GetUtcNow()));
        return wait > TimeSpan.Zero ? wait : null;
    }
}
