using System.Net;
using System.Net.Http.Headers;

namespace Picket.WorkspaceOne.Connection;

/// <summary>An answer with its whole body read.</summary>
internal sealed record Answer(
    HttpStatusCode Status,
    HttpResponseHeaders Headers,
    string? MediaType,
    AnswerBody Body,
    DateTimeOffset ReceivedAt,
    TimeSpan Duration
) : IDisposable
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    public bool IsRedirect => (int)Status is >= 300 and < 400;

    public bool IsJson =>
        MediaType is not null
        && (
            MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || MediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>A body that only the API sends; together with a success it proves the credential.</summary>
    public bool IsOfTheApi => Status == HttpStatusCode.NoContent || (IsJson && !Body.Span.IsEmpty);

    public string? CorrelationId => Header("x-correlation-id");

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    public void Dispose() => Body.Dispose();
}
