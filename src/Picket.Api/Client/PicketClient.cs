using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Picket.Api;

/// <summary>
/// Thin client of a Picket server. Each method is one request, lists apart; nothing is retried. Every method throws
/// <see cref="PicketApiException"/> when the server refuses and <see cref="HttpRequestException"/> when it cannot be
/// reached. Safe for use by many threads.
/// </summary>
public sealed partial class PicketClient
{
    private readonly HttpClient _http;
    private readonly AuthenticationHeaderValue? _authorization;

    /// <summary>A client over a connection of the caller.</summary>
    /// <param name="http">Has the server's address as <see cref="HttpClient.BaseAddress"/>, follows no redirects, and stays the caller's.</param>
    /// <param name="token">The API token, <c>pk_…</c>; null for the addresses that need none.</param>
    public PicketClient(HttpClient http, string? token = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        _http = http;
        _authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
    }

    private Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, type, cancellationToken);

    private Task<T> PostAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, null, type, cancellationToken);

    private Task<T> PostAsync<TBody, T>(
        string path,
        TBody body,
        JsonTypeInfo<TBody> bodyType,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken
    ) => SendAsync(HttpMethod.Post, path, JsonContent.Create(body, bodyType), type, cancellationToken);

    private Task PostAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, cancellationToken);

    private Task DeleteAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, path, cancellationToken);

    private async Task SendAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        using var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private PagedList<T> List<T>(string? cursor, int? limit, Func<Query> address, JsonTypeInfo<Page<T>> type) =>
        new(cursor, (next, token) => GetAsync(address().Page(next, limit).ToString(), type, token));

    private async Task<T> SendAsync<T>(
        HttpMethod method,
        string path,
        HttpContent? body,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken,
        string? version = null
    )
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        if (version is not null)
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));
        using var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(response, type, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = _authorization;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        var response = await _http
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw new PicketApiException(
                response.StatusCode,
                await ProblemReader.ReadAsync(response, cancellationToken).ConfigureAwait(false)
            );
    }

    private static async Task<T> ReadAsync<T>(
        HttpResponseMessage response,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(type, cancellationToken).ConfigureAwait(false)
                ?? throw new JsonException("The answer is empty.");
        }
        catch (JsonException e)
        {
            throw new PicketApiException(response.StatusCode, ProblemReader.NotPicket(response), e);
        }
    }
}
