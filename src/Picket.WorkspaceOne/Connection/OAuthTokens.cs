using System.Net;
using System.Text.Json;
using Picket.WorkspaceOne.Diagnostics;
using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne.Connection;

/// <summary>Fetches and keeps the access token. One request at a time; a refusal is final (see <see cref="SignIn"/>).</summary>
internal sealed class OAuthTokens(
    OAuthCredential credential,
    HttpMessageInvoker http,
    WorkspaceOneOptions options,
    Redactor redactor,
    TimeProvider time
) : IDisposable
{
    private const string RouteName = OAuthCredential.TokenRoute;
    private const int MaxAnswerBytes = 64 * 1024;
    private const int DefaultLifetime = 3600;

    // A token that ends while a request is on its way would be refused there.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim gate = new(1, 1);
    private volatile Held? held;

    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        if (Valid() is { } ready)
        {
            return ready;
        }

        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return Valid() ?? await FetchAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The UEM took this token.</summary>
    public void Accepted(string token)
    {
        if (held is { } current && current.Token == token)
        {
            current.Proven = true;
        }
    }

    /// <summary>
    /// The UEM refused this token. A fresh one is worth a try when this one worked before, or was replaced meanwhile
    /// (a late answer); a fresh one that is refused at once is the client's own refusal.
    /// </summary>
    public bool GiveUp(string token)
    {
        if (held is not { } current || current.Token != token)
        {
            return true;
        }

        if (current.Proven)
        {
            held = null;
        }

        return current.Proven;
    }

    public void Dispose() => gate.Dispose();

    private string? Valid() => held is { } current && time.GetUtcNow() < current.GoodUntil ? current.Token : null;

    private async Task<string> FetchAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.AttemptTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var request = NewRequest();
        try
        {
            using var response = await http.SendAsync(request, both.Token).ConfigureAwait(false);
            using var body = await AnswerBody
                .ReadAsync(response.Content, MaxAnswerBytes, both.Token)
                .ConfigureAwait(false);
            return Take(response, body);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw BeforeTheCall(TransportFailures.TimedOut(RouteName, options.AttemptTimeout));
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw BeforeTheCall(TransportFailures.Translate(RouteName, failure));
        }
    }

    /// <summary>Whatever became of the token request: the call that needs the token was not sent.</summary>
    private static WorkspaceOneException BeforeTheCall(WorkspaceOneException failure) =>
        new(failure.Facts with { NotActedOn = true }, failure.InnerException);

    private HttpRequestMessage NewRequest()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, credential.TokenAddress)
        {
            Content = new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["grant_type"] = "client_credentials",
                    ["client_id"] = credential.ClientId,
                    ["client_secret"] = credential.ClientSecret,
                }
            ),
        };
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
        return request;
    }

    private string Take(HttpResponseMessage response, AnswerBody? body)
    {
        var answer = Parse(body);
        if (response.StatusCode == HttpStatusCode.OK && answer?.AccessToken is { Length: > 0 } token)
        {
            var lifetime = TimeSpan.FromSeconds(Math.Clamp(answer.ExpiresIn ?? DefaultLifetime, 1, 86_400));
            var margin = lifetime > Margin * 2 ? Margin : lifetime / 4;
            redactor.Add(token);
            held = new Held(token, time.GetUtcNow() + lifetime - margin);
            return token;
        }

        throw Refusal(response, answer?.Error);
    }

    private WorkspaceOneException Refusal(HttpResponseMessage response, string? error)
    {
        var status = response.StatusCode;
        var facts = new FailureFacts
        {
            Stage = FailureStage.SignIn,
            Route = RouteName,
            Status = status,
            Reason = redactor.Clean(
                error is null ? "The token service gave no token." : $"The token service said {error}."
            ),
            NotActedOn = true,
            RetryAfter = RetryAfterHeader.Read(response.Headers, time),
            Transient = (int)status is 408 or 429 or >= 500,
        };
        var refused =
            status is HttpStatusCode.Unauthorized
            || error is "invalid_client" or "unauthorized_client" or "invalid_grant" or "access_denied";
        return refused ? new SignInRefusedException(facts) : new WorkspaceOneException(facts);
    }

    private static TokenAnswer? Parse(AnswerBody? body)
    {
        if (body is null || body.Span.IsEmpty)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(body.Span, WireContext.Default.TokenAnswer);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed class Held(string token, DateTimeOffset goodUntil)
    {
        private volatile bool proven;

        public string Token => token;

        public DateTimeOffset GoodUntil => goodUntil;

        public bool Proven
        {
            get => proven;
            set => proven = value;
        }
    }
}
