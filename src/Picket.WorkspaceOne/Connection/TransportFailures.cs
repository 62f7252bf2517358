using System.Security.Authentication;

namespace Picket.WorkspaceOne.Connection;

/// <summary>Translates failures below HTTP.</summary>
internal static class TransportFailures
{
    public static WorkspaceOneException Translate(string route, Exception failure)
    {
        var (stage, reason) = Explain(failure);
        var notSent = stage is FailureStage.NameResolution or FailureStage.Connect or FailureStage.Tls;
        var facts = new FailureFacts
        {
            Stage = stage,
            Route = route,
            Reason = reason,
            NotActedOn = notSent,
            Transient = stage != FailureStage.Tls && stage != FailureStage.TooLarge,
        };
        return new WorkspaceOneException(facts, failure);
    }

    public static WorkspaceOneException TimedOut(string route, TimeSpan after) =>
        new(
            new FailureFacts
            {
                Stage = FailureStage.Timeout,
                Route = route,
                Reason = $"No complete answer within {after.TotalSeconds:0.#} s.",
                Transient = true,
            }
        );

    private static (FailureStage Stage, string Reason) Explain(Exception failure) =>
        failure switch
        {
            DamagedBodyException => (FailureStage.Parse, "The answer's compressed body is damaged."),
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => (
                FailureStage.NameResolution,
                "The server's name could not be resolved."
            ),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => (
                FailureStage.Tls,
                TlsReason(failure)
            ),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => (
                FailureStage.Connect,
                "The server could not be reached."
            ),
            HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => (
                FailureStage.Connect,
                "The proxy did not open a tunnel."
            ),
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => (
                FailureStage.TooLarge,
                "The answer's headers are larger than allowed."
            ),
            _ when IsTls(failure) => (FailureStage.Tls, TlsReason(failure)),
            _ => (FailureStage.ConnectionLost, "The connection broke before the answer was complete."),
        };

    private static bool IsTls(Exception? failure) =>
        failure is AuthenticationException || (failure is not null && IsTls(failure.InnerException));

    private static string TlsReason(Exception failure)
    {
        var cause = failure;
        while (cause.InnerException is not null && cause is not AuthenticationException)
        {
            cause = cause.InnerException;
        }

        return $"The TLS handshake failed: {cause.Message}";
    }
}
