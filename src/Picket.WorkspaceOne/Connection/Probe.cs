using System.Text.Json;
using Picket.WorkspaceOne.Diagnostics;
using Picket.WorkspaceOne.Pacing;

namespace Picket.WorkspaceOne.Connection;

/// <summary>Asks one question and turns every outcome into evidence.</summary>
internal static class Probe
{
    public static async Task<ProbeAnswer> AskAsync(
        WorkspaceOneConnection connection,
        Caller caller,
        ProbeRequest request,
        CancellationToken cancellationToken
    )
    {
        var call = ToCall(request, caller);
        var evidence = new ProbeAnswer { Route = call.Path, Quota = connection.Pacer.Snapshot };
        try
        {
            await connection
                .AttemptAsync(call, _ => true, cancellationToken, answer => evidence = Describe(evidence, answer))
                .ConfigureAwait(false);
        }
        catch (WorkspaceOneException failure)
        {
            evidence = Describe(evidence, failure);
        }

        return evidence with
        {
            Quota = connection.Pacer.Snapshot,
        };
    }

    private static ApiCall ToCall(ProbeRequest request, Caller caller)
    {
        ArgumentNullException.ThrowIfNull(request);
        var parts = request.Route.TrimStart('/').Split('?', 2);
        var path = parts[0];
        var plain = Uri.UnescapeDataString(path);
        var leavesTheApi = plain.Contains("..", StringComparison.Ordinal) || plain.AsSpan().ContainsAny(@":\%");
        if (path.Length == 0 || leavesTheApi || request.Route.StartsWith("//", StringComparison.Ordinal))
        {
            throw new ArgumentException("A probe needs a path below the API's address.", nameof(request));
        }

        if (plain.Contains("api-keys", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException("api-keys returns every key in clear; it is never called.", nameof(request));
        }

        var route = new Route(HttpMethod.Get, path, request.Version);
        var query = parts.Length == 2 ? "?" + parts[1] : "";
        return new ApiCall(route, path, caller) { Query = query, Credentials = request.Credentials };
    }

    private static ProbeAnswer Describe(ProbeAnswer evidence, Answer answer)
    {
        var readable = answer.Body.Span.IsEmpty || answer.IsJson;
        return evidence with
        {
            HttpStatus = answer.Status,
            ContentType = answer.MediaType,
            ApiVersion = answer.Header("x-api-version"),
            CorrelationId = answer.CorrelationId,
            ServerDate = answer.Headers.Date,
            ReceivedAt = answer.ReceivedAt,
            Duration = answer.Duration,
            Total = readable ? TotalOf(answer.Body.Span) : null,
            Stage = readable ? null : FailureStage.Parse,
            Message = readable ? null : $"The server sent {answer.MediaType ?? "something"} instead of JSON.",
        };
    }

    private static ProbeAnswer Describe(ProbeAnswer evidence, WorkspaceOneException failure) =>
        evidence with
        {
            HttpStatus = failure.Status,
            ErrorCode = failure.ErrorCode,
            Message = failure.Reason,
            CorrelationId = failure.CorrelationId,
            Stage = failure.Stage,
            RedirectHost = failure.Facts.RedirectHost,
        };

    private static int? TotalOf(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            int? total = null;
            while (reader.Read())
            {
                var named = reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName;
                if (named && IsTotal(ref reader) && reader.Read() && reader.TokenType == JsonTokenType.Number)
                {
                    total = reader.TryGetInt32(out var number) ? number : null;
                }
            }

            return total;
        }
        catch (JsonException)
        {
            return null; // a probe reports; whether the body is sound shows in the sync
        }
    }

    private static bool IsTotal(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("Total"u8)
        || reader.ValueTextEquals("TotalResults"u8)
        || reader.ValueTextEquals("total"u8);
}
