using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Picket.WorkspaceOne.Diagnostics;

namespace Picket.WorkspaceOne.Connection;

/// <summary>Turns the body of a success into its record, or says why that is impossible.</summary>
internal sealed class AnswerParser(UnknownFieldCounter? unknownFields)
{
    public T? Parse<T>(ApiCall call, Answer answer, JsonTypeInfo<T> type)
    {
        if (answer.Body.Span.IsEmpty)
        {
            return default;
        }

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

        try
        {
            unknownFields?.Count(call.Name, answer.Body.Span, type);
            return JsonSerializer.Deserialize(answer.Body.Span, type);
        }
        catch (JsonException broken)
        {
            // The exception's own text may quote the body, so only the position is kept.
            throw Unreadable(call, answer, $"The JSON breaks off or is malformed at byte {broken.BytePositionInLine}.");
        }
    }

    private static WorkspaceOneException Unreadable(ApiCall call, Answer answer, string reason) =>
        new(
            new FailureFacts
            {
                Stage = FailureStage.Parse,
                Route = call.Name,
                Reason = reason,
                Status = answer.Status,
                CorrelationId = answer.CorrelationId,
                Transient = true,
            }
        );
}
