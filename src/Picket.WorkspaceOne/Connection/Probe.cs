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
        var evidence = new ProbeAnswer { Route = call.Route.Template, Quota = connection.Pacer.Snapshot };
        try
        {
            await connection
                .AttemptAsync(
                    call,
                    answer =>
                    {
                        AnswerParser.Check(call, answer);
                        return true;
                    },
                    cancellationToken,
                    answer => evidence = Describe(evidence, answer)
                )
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

        var template = request.Template?.Split('?', 2)[0] ?? WithoutIds(path);
        var route = new Route(HttpMethod.Get, template, request.Version);
        return new ApiCall(route, path, caller) { Query = parts.Length == 2 ? "?" + parts[1] : "" };
    }

    /// <summary>Numbers and uuids name objects of the tenant; logs, traces and recordings hold templates.</summary>
    private static string WithoutIds(string path) =>
        string.Join('/', path.Split('/').Select(part => IsId(part) ? "{id}" : part));

    private static bool IsId(string part) => Guid.TryParse(part, out _) || (part.Length > 0 && part.All(char.IsDigit));

    private static ProbeAnswer Describe(ProbeAnswer evidence, Answer answer) =>
        evidence with
        {
            HttpStatus = answer.Status,
            ContentType = answer.MediaType,
            ApiVersion = answer.Header("x-api-version"),
            CorrelationId = answer.CorrelationId,
            ServerDate = answer.Headers.Date,
            ReceivedAt = answer.ReceivedAt,
            Duration = answer.Duration,
            Total = answer.IsJson ? TotalOf(answer.Body.Span) : null,
        };

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
