using System.Net;

namespace Picket.Api;

/// <summary>The server refused a request or failed at it.</summary>
/// <param name="status">HTTP status of the answer.</param>
/// <param name="problem">The server's own words; made up from the status when it sent none.</param>
/// <param name="inner">What went wrong while reading the answer.</param>
public sealed class PicketApiException(HttpStatusCode status, Problem problem, Exception? inner = null)
    : Exception(problem.Detail ?? problem.Title ?? $"The server answered {(int)status}.", inner)
{
    /// <summary>HTTP status of the answer.</summary>
    public HttpStatusCode Status { get; } = status;

    /// <summary>What happened, to what, and what to do next.</summary>
    public Problem Problem { get; } = problem;
}
