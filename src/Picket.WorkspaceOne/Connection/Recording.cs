using Picket.WorkspaceOne.Diagnostics;

namespace Picket.WorkspaceOne.Connection;

/// <summary>Makes the redacted copy for <see cref="ExchangeRecorder"/>.</summary>
internal static class Recording
{
    // Headers without data of the tenant. Anything else is left out, cookies first of all.
    private static readonly string[] HarmlessAnswerHeaders =
    [
        "Date",
        "x-api-version",
        "api-supported-versions",
        "x-ratelimit-limit",
        "x-ratelimit-remaining",
        "x-ratelimit-reset",
        "Retry-After",
        "X-API-Warning",
        "Server",
        "Via",
    ];

    private static readonly HashSet<string> HarmlessRequestHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept",
        "User-Agent",
    };

    public static void Record(ExchangeRecorder? recorder, ApiCall call, HttpRequestMessage request, Answer answer)
    {
        if (recorder is null)
        {
            return;
        }

        var sent = request.Headers.ToDictionary(
            header => header.Key,
            header => HarmlessRequestHeaders.Contains(header.Key) ? string.Join(", ", header.Value) : "***"
        );
        var received = HarmlessAnswerHeaders
            .Where(answer.Headers.Contains)
            .ToDictionary(name => name, name => answer.Header(name)!);
        received["Content-Type"] = answer.MediaType ?? "";
        recorder(
            new Exchange(
                call.Route.Method.Method,
                call.Route.Template,
                sent,
                answer.Status,
                received,
                BodyMask.Mask(answer.Body.Span),
                answer.Duration
            )
        );
    }
}
