using Picket.WorkspaceOne.Pacing;

namespace Picket.WorkspaceOne;

/// <summary>429, and either no retry was left or the server asks for a wait beyond the configured one.</summary>
public sealed class RateLimitedException(FailureFacts facts) : WorkspaceOneException(facts)
{
    /// <summary>Wait that the server asked for; null when it did not say.</summary>
    public TimeSpan? RetryAfter => Facts.RetryAfter;
}

/// <summary>The configured share of the daily quota is spent, or the quota itself. Nothing was sent.</summary>
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
