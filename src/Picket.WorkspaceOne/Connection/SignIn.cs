using System.Net.Http.Headers;
using Picket.WorkspaceOne.Diagnostics;

namespace Picket.WorkspaceOne.Connection;

/// <summary>
/// Puts the credential on requests and remembers how the server took it. Until it was accepted once, calls go one
/// at a time; once it was refused, none goes at all: tries count towards the lock of the account.
/// </summary>
internal sealed class SignIn(Credential credential, OAuthTokens? tokens, Action<SignInRefusedException>? told = null)
    : IDisposable
{
    private const int TokenInvalid = 1024;
    private const int TokenExpired = 1029;

    private readonly SemaphoreSlim firstTry = new(1, 1);
    private volatile SignInRefusedException? refusal;
    private volatile bool proven;
    private volatile string? provenToken;

    /// <summary>Waits for the outcome of the first try. Dispose the turn when the answer was judged.</summary>
    public async ValueTask<Turn> EnterAsync(CancellationToken cancellationToken)
    {
        ThrowIfRefused();
        if (proven)
        {
            return default;
        }

        await firstTry.WaitAsync(cancellationToken).ConfigureAwait(false);
        var turn = new Turn(firstTry);
        if (proven || refusal is not null)
        {
            turn.Dispose();
            ThrowIfRefused();
            return default;
        }

        return turn;
    }

    /// <summary>Writes the headers; returns the token that was used, if any.</summary>
    public async ValueTask<string?> AuthenticateAsync(
        HttpRequestMessage request,
        ProbeCredentials parts,
        CancellationToken cancellationToken
    )
    {
        if (parts is (ProbeCredentials.All or ProbeCredentials.ApiKeyOnly) && credential.TenantCode is { } key)
        {
            request.Headers.Add("aw-tenant-code", key);
        }

        if (parts is ProbeCredentials.ApiKeyOnly or ProbeCredentials.None)
        {
            return null;
        }

        if (credential is BasicCredential basic)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", basic.HeaderValue);
            return null;
        }

        var token = await tokens!.GetAsync(cancellationToken).ConfigureAwait(false);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return token;
    }

    /// <summary>Takes note of an answer that did not refuse the credential.</summary>
    public void Accepted(string? token)
    {
        proven = true;
        provenToken = token;
    }

    /// <summary>
    /// Latches a refusal. The exception: a token that worked before and has run out is forgotten, and the call may
    /// be tried once more with a fresh one.
    /// </summary>
    /// <returns>True when the call may be tried again.</returns>
    public bool Refused(SignInRefusedException refused, string? token)
    {
        if (token is not null && token == provenToken && refused.ErrorCode is (TokenInvalid or TokenExpired))
        {
            tokens!.Forget(token);
            return true;
        }

        Latch(refused);
        return false;
    }

    public void Latch(SignInRefusedException refused)
    {
        if (Interlocked.CompareExchange(ref refusal, refused, null) is null)
        {
            told?.Invoke(refused);
        }
    }

    public void Dispose() => firstTry.Dispose();

    /// <summary>Stops a call before anything is spent on it.</summary>
    public void ThrowIfRefused()
    {
        if (refusal is { } earlier)
        {
            var facts = earlier.Facts with
            {
                Reason =
                    $"Not sent: the credential was refused before ({earlier.Reason}). Change it, then connect anew.",
                NotActedOn = true,
            };
            throw new SignInRefusedException(facts);
        }
    }

    /// <summary>The right to be the one that tries.</summary>
    public readonly struct Turn(SemaphoreSlim? held) : IDisposable
    {
        public void Dispose() => held?.Release();
    }
}
