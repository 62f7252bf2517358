using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Record;

namespace Picket.WorkspaceOne.Emulator.Wire;

/// <summary>Puts an answer on the wire.</summary>
internal static class AnswerWriter
{
    // One client compares this text exactly.
    private const string JsonType = "application/json; charset=utf-8";

    private static readonly JsonWriterOptions Unchecked = new()
    {
        SkipValidation = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static async Task WriteAsync(HttpContext http, Answer answer, RequestLog log)
    {
        Begin(http, answer);
        if (answer.Html is { } html)
        {
            log.Sends(Encoding.UTF8.GetByteCount(html));
            await http.Response.WriteAsync(html, http.RequestAborted);
        }
        else if (answer.Body is { } body)
        {
            // In one piece and with its length: a page of 500 devices in chunks costs three times the work.
            using var whole = new PooledBuffer();
            Render(whole, body);
            http.Response.ContentLength = whole.Written.Length;
            log.Sends(whole.Written.Length);
            await http.Response.BodyWriter.WriteAsync(whole.Written, http.RequestAborted);
        }
        else if (answer.Status != StatusCodes.Status204NoContent)
        {
            http.Response.ContentLength = 0;
        }
    }

    /// <summary>Announces the whole length, sends half of it and breaks the connection.</summary>
    public static async Task WriteHalfAsync(HttpContext http, Answer answer)
    {
        Begin(http, answer);
        var whole = Render(answer);
        http.Response.ContentLength = whole.Length;
        await http.Response.Body.WriteAsync(whole.AsMemory(0, whole.Length / 2), http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
        http.Abort();
    }

    private static void Begin(HttpContext http, Answer answer)
    {
        http.Response.StatusCode = answer.Status;
        if (answer.RetryAfterSeconds is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (answer.Location is { } location)
        {
            http.Response.Headers.Location = location;
        }

        if (answer.Html is not null)
        {
            http.Response.ContentType = "text/html";
        }
        else if (answer.Body is not null)
        {
            http.Response.ContentType = JsonType;
        }
    }

    private static byte[] Render(Answer answer)
    {
        if (answer.Body is null)
        {
            return Encoding.UTF8.GetBytes(answer.Html ?? "");
        }

        using var buffer = new PooledBuffer();
        Render(buffer, answer.Body);
        return buffer.Written.ToArray();
    }

    private static void Render(PooledBuffer buffer, Action<Utf8JsonWriter> body)
    {
        using var writer = new Utf8JsonWriter(buffer, Unchecked);
        body(writer);
    }
}
