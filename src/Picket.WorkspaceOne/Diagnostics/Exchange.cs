using System.Net;

namespace Picket.WorkspaceOne.Diagnostics;

/// <summary>Receives a redacted copy of each exchange. Must be fast and must not throw.</summary>
public delegate void ExchangeRecorder(Exchange exchange);

/// <summary>
/// One request and its answer without any value that identifies somebody: structure, field names and the shape of
/// values stay, letters become <c>x</c> and digits <c>0</c>.
/// </summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Route">Route template.</param>
/// <param name="RequestHeaders">Sent headers, credentials masked.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="ResponseHeaders">Headers of the answer, those that are known to be harmless.</param>
/// <param name="Body">Masked body; a note when it was not JSON.</param>
/// <param name="Duration">From sending to the last byte.</param>
public sealed record Exchange(
    string Method,
    string Route,
    IReadOnlyDictionary<string, string> RequestHeaders,
    HttpStatusCode Status,
    IReadOnlyDictionary<string, string> ResponseHeaders,
    string Body,
    TimeSpan Duration
);
