using System.Text.Json;

namespace Picket.WorkspaceOne.Emulator.Wire;

/// <summary>What a route answers, before anything of it is on the wire.</summary>
internal sealed record Answer(int Status)
{
    public Action<Utf8JsonWriter>? Body { get; init; }
    public string? Html { get; init; }
    public int? ErrorCode { get; init; }

    /// <summary>The text of an error, for bulk calls that tell it per item.</summary>
    public string? Message { get; init; }

    /// <summary>Where a created thing is, for the Location header.</summary>
    public string? Location { get; init; }
    public int? RetryAfterSeconds { get; init; }

    /// <summary>The right whose absence was the cause: for the request log, never for the wire.</summary>
    public string? MissingRight { get; init; }

    /// <summary>What was wrong, in more words than the caller is told: for the request log, never for the wire.</summary>
    public string? Why { get; init; }

    public static Answer Nothing { get; } = new(StatusCodes.Status204NoContent);

    public static Answer Empty(int status = StatusCodes.Status200OK) => new(status);

    public static Answer Json(Action<Utf8JsonWriter> body, int status = StatusCodes.Status200OK) =>
        new(status) { Body = body };

    /// <summary>One object whose members <paramref name="members"/> writes.</summary>
    public static Answer Object(Action<Utf8JsonWriter> members, int status = StatusCodes.Status200OK) =>
        Json(
            writer =>
            {
                writer.WriteStartObject();
                members(writer);
                writer.WriteEndObject();
            },
            status
        );

    /// <summary>Error bodies are lower camel in every version of the API.</summary>
    public static Answer Error(int status, int code, string message) =>
        Object(
            writer =>
            {
                writer.WriteNumber("errorCode"u8, code);
                writer.WriteString("message"u8, message);
                writer.WriteString("activityId"u8, Guid.NewGuid());
            },
            status
        ) with
        {
            ErrorCode = code,
            Message = message,
        };

    public static Answer Page(int status, string html) => new(status) { Html = html };

    /// <summary>Unknown paths and ids that don't parse never reach the API: the web server's own page answers.</summary>
    public static Answer NotFoundPage { get; } =
        Page(
            StatusCodes.Status404NotFound,
            """
            <!DOCTYPE html>
            <html lang="en">
            <head><title>The resource cannot be found.</title></head>
            <body>
            <span><H1>Server Error in '/Api' Application.<hr></H1>
            <h2> <em>The resource cannot be found.</em> </h2></span>
            </body>
            </html>
            """
        );
}
