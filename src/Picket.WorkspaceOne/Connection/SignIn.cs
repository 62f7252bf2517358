using System.Net.Http.Headers;

namespace Picket.WorkspaceOne.Connection;

/// <summary>Puts the credential on requests and tells the guard how the server took it.</summary>
internal sealed class SignIn(
    Credential credential,
    OAuthTokens? tokens,
    SignInGuard guard,
    Action<SignInRefusedException>? told = null
)
{
    private const int TokenInvalid = 1024;
    private const int TokenExpired = 1029;

    private int hasTold;
    private volatile bool accepted;

    /// <summary>Waits for the right to sign in. Dispose it when the answer was judged.</summary>
    /// <exception cref="SignInRefusedException">The credential was refused before; nothing is spent on the call.</exception>
    public async ValueTask<SignInGuard.Seat> EnterAsync(CancellationToken cancellationToken)
    {
        var seat = await guard
            .EnterAsync(credential is BasicCredential, () => accepted && guard.IsProven, cancellationToken)
            .ConfigureAwait(false);
        if (guard.Refusal is not { } earlier)
        {
            return seat;
        }

        seat.Dispose();
        Tell(earlier); // another client with the same credential may have been the one that was refused
        throw new SignInRefusedException(
            earlier.Facts with
            {
                Reason =
                    $"Not sent: the credential was refused before ({earlier.Reason}). Change it, then connect anew.",
                NotActedOn = true,
            }
        );
    }

    /// <summary>Writes the headers; returns the token that was used, if any.</summary>
    public async ValueTask<string?> AuthenticateAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (credential.TenantCode is { } key)
        {
            request.Headers.Add("aw-tenant-code", key);
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

    /// <summary>Takes note of an answer that only a valid credential gets.</summary>
    public void Accepted(string? token)
    {
        accepted = true;
        guard.Accept();
        if (token is not null)
        {
            tokens!.Accepted(token);
        }
    }

    /// <summary>
    /// Latches a refusal. The exception: a token that ran out is no refusal of the credential, and the call may be
    /// tried once more with a fresh one.
    /// </summary>
    /// <returns>True when the call may be tried again.</returns>
    public bool Refused(SignInRefusedException refused, string? token)
    {
        if (token is not null && refused.ErrorCode is (TokenInvalid or TokenExpired) && tokens!.GiveUp(token))
        {
            return true;
        }

        Latch(refused);
        return false;
    }

    public void Latch(SignInRefusedException refused)
    {
        guard.Latch(refused);
        Tell(refused);
    }

    private void Tell(SignInRefusedException refused)
    {
        if (Interlocked.Exchange(ref hasTold, 1) == 0)
        {
            told?.Invoke(refused);
        }
    }
}
