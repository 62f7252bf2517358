using Picket.WorkspaceOne.Pacing;

namespace Picket.WorkspaceOne;

/// <summary>
/// The server asks for less: 429, and no retry was left or the wait that it asks for is beyond
/// <see cref="WorkspaceOneOptions.MaxRetryAfter"/>. Also thrown, without sending, for calls that come before such a
/// wait is over: work on the same UEM had better end here and go on later.
/// </summary>
public sealed class RateLimitedException(FailureFacts facts) : WorkspaceOneException(facts)
{
    /// <summary>Wait that the server asked for; null when it did not say.</summary>
    public TimeSpan? RetryAfter => Facts.RetryAfter;
}

/// <summary>
/// The configured share of the daily quota is spent, or the quota itself. Nothing was acted on; the call was not even
/// sent, unless it is the 429 that told so (<see cref="WorkspaceOneException.Status"/>).
/// </summary>
public sealed class QuotaExhaustedException(FailureFacts facts, QuotaSnapshot quota) : WorkspaceOneException(facts)
{
    /// <summary>The state that led to the refusal; <see cref="QuotaSnapshot.ResetAt"/> says when to come back.</summary>
    public QuotaSnapshot Quota { get; } = quota;
}

/// <summary>
/// A write that must not be repeated was sent and its answer is lost: it may have been acted on. Settle it by
/// reading back, never by sending again.
/// </summary>
public sealed class AmbiguousOutcomeException(FailureFacts facts, Exception? innerException = null)
    : WorkspaceOneException(facts, innerException);
