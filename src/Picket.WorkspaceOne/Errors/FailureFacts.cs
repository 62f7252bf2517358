using System.Net;

namespace Picket.WorkspaceOne;

/// <summary>What is known about a failed call. Holds no body, no query value and no secret.</summary>
public sealed record FailureFacts
{
    /// <summary>Where it failed.</summary>
    public required FailureStage Stage { get; init; }

    /// <summary>Method and route template, such as <c>GET mdm/devices/{id}/security</c>.</summary>
    public required string Route { get; init; }

    /// <summary>The server's message or ours, on one line, shortened, secrets masked.</summary>
    public required string Reason { get; init; }

    /// <summary>HTTP status, when there was an answer.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>The server's <c>errorCode</c>. Its meaning depends on route and status.</summary>
    public int? ErrorCode { get; init; }

    /// <summary><c>x-correlation-id</c> of the answer; the vendor's support asks for it.</summary>
    public string? CorrelationId { get; init; }

    /// <summary><c>activityId</c> of the error body.</summary>
    public string? ActivityId { get; init; }

    /// <summary>Wait that the server asked for.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Host that a redirect pointed to.</summary>
    public string? RedirectHost { get; init; }

    /// <summary>True when the request certainly did not reach the server, or was turned away before it was acted on.</summary>
    internal bool NotActedOn { get; init; }

    /// <summary>True when the same request may succeed a little later.</summary>
    internal bool Transient { get; init; }

    internal string Describe()
    {
        var status = Status is { } code ? $" with {(int)code}" : "";
        var error = ErrorCode is { } number ? $"/{number}" : "";
        var trail = (CorrelationId ?? ActivityId) is { } id ? $" (correlation {id})" : "";
        return $"{Route} failed at {Stage}{status}{error}: {Reason}{trail}";
    }
}
