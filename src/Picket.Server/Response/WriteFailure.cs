using Picket.Core.Response;
using Picket.WorkspaceOne;

namespace Picket.Server.Response;

/// <summary>What is known of a write that failed.</summary>
internal enum WriteFate
{
    /// <summary>It may have happened.</summary>
    Unclear,

    /// <summary>It did not happen, and what is left would fare no better now.</summary>
    NotSent,

    /// <summary>The UEM refused this one.</summary>
    Refused,
}

internal static class WriteFailure
{
    public static WriteFate Of(WorkspaceOneException failure) =>
        failure switch
        {
            AmbiguousOutcomeException or WritesStoppedException { SentBefore: true } => WriteFate.Unclear,
            WritesStoppedException => WriteFate.NotSent,
            SignInRefusedException
            or ApiKeyRefusedException
            or ApiAccessDisabledException
            or PermissionMissingException
            or QuotaExhaustedException
            or RateLimitedException => WriteFate.NotSent,
            {
                Stage: FailureStage.NameResolution
                    or FailureStage.Connect
                    or FailureStage.Tls
                    or FailureStage.Pacing
                    or FailureStage.SignIn
            } => WriteFate.NotSent,
            // A server that breaks over a call may have done what it was asked for.
            { Stage: FailureStage.Status, Status: { } status } when (int)status < 500 => WriteFate.Refused,
            _ => WriteFate.Unclear,
        };

    /// <summary>How an entry ends of which nothing happened: held back by the gate here, or refused there.</summary>
    public static LedgerState Ended(WorkspaceOneException failure) =>
        failure is WritesStoppedException ? LedgerState.Dropped : LedgerState.Failed;

    /// <summary>How long to wait before it is tried again; null when somebody has to mend something first.</summary>
    /// <param name="failures">Attempts in a row that came to nothing, this one included.</param>
    public static TimeSpan? Wait(WorkspaceOneException failure, int failures, TimeSpan first, DateTimeOffset now) =>
        failure switch
        {
            QuotaExhaustedException { Quota.ResetAt: { } reset } when reset > now => reset - now,
            RateLimitedException { RetryAfter: { } after } => after,
            SignInRefusedException
            or ApiKeyRefusedException
            or ApiAccessDisabledException
            or PermissionMissingException
            or OutOfScopeException
            or NotFoundException => null,
            { Stage: FailureStage.Redirect or FailureStage.TooLarge } => null,
            { Stage: FailureStage.Status, Status: { } status } when (int)status < 500 => null,
            _ => Doubled(first, failures),
        };

    private static TimeSpan Doubled(TimeSpan first, int failures)
    {
        var wait = first * Math.Pow(2, Math.Min(failures - 1, 10));
        return wait < TimeSpan.FromHours(1) ? wait : TimeSpan.FromHours(1);
    }
}
