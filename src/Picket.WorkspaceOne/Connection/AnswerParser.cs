using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Picket.WorkspaceOne.Diagnostics;

namespace Picket.WorkspaceOne.Connection;

/// <summary>Turns the body of a success into its record, or says why that is impossible.</summary>
internal static class AnswerParser
{
    /// <summary>Default for "nothing": no body, <c>null</c>, and an empty list or object where the other is expected.</summary>
    public static T? Parse<T>(ApiCall call, Answer answer, JsonTypeInfo<T> type)
    {
        if (answer.Body.Span.IsEmpty)
        {
            return default;
        }

        RequireJson(call, answer);
        try
        {
            if (!JsonForm.Fits(answer.Body.Span, type))
            {
                return JsonForm.IsNothing(answer.Body.Span)
                    ? default
                    : throw Unreadable(call, answer, "The JSON has another form than this route's.", transient: false);
            }

            call.Caller.Meter?.UnknownFields?.Count(call.Name, answer.Body.Span, type);
            return JsonSerializer.Deserialize(answer.Body.Span, type);
        }
        catch (JsonException broken)
        {
            throw Broken(call, answer, broken);
        }
    }

    /// <summary>For a probe, which looks at no field: the body is JSON to its end, or there is none.</summary>
    public static void Check(ApiCall call, Answer answer)
    {
        if (answer.Body.Span.IsEmpty)
        {
            return;
        }

        RequireJson(call, answer);
        try
        {
            JsonForm.ReadToEnd(answer.Body.Span);
        }
        catch (JsonException broken)
        {
            throw Broken(call, answer, broken);
        }
    }

    private static void RequireJson(ApiCall call, Answer answer)
    {
        if (!answer.IsJson)
        {
            var found =
                answer.MediaType == "text/html" ? "an HTML page" : $"a body of type {answer.MediaType ?? "unknown"}";
            throw Unreadable(
                call,
                answer,
                $"The server sent {found} instead of JSON. Check the address, and proxies on the way."
            );
        }
    }

    // The exception's own text may quote the body, so only the position is kept.
    private static WorkspaceOneException Broken(ApiCall call, Answer answer, JsonException broken) =>
        Unreadable(call, answer, $"The JSON breaks off or is malformed at byte {broken.BytePositionInLine}.");

    private static WorkspaceOneException Unreadable(
        ApiCall call,
        Answer answer,
        string reason,
        bool transient = true
    ) =>
        new(
            new FailureFacts
            {
                Stage = FailureStage.Parse,
                Route = call.Name,
                Reason = reason,
                Status = answer.Status,
                CorrelationId = answer.CorrelationId,
                Transient = transient,
            }
        );
}
