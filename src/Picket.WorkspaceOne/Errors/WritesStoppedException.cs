namespace Picket.WorkspaceOne;

/// <summary>
/// A request that changes something was not sent: the <see cref="WriteGate"/> is closed. It may be sent once the gate is
/// open again.
/// </summary>
public sealed class WritesStoppedException : WorkspaceOneException
{
    /// <summary>Makes one for a request that certainly was not sent.</summary>
    /// <param name="route">Method and route template, or what it was to do.</param>
    /// <param name="reason">Why the gate is closed, as one sentence.</param>
    public WritesStoppedException(string route, string reason)
        : this(
            new FailureFacts
            {
                Stage = FailureStage.Stopped,
                Route = route,
                Reason = reason,
                NotActedOn = true,
            },
            null
        ) { }

    private WritesStoppedException(FailureFacts facts, Exception? innerException)
        : base(facts, innerException) { }

    /// <summary>
    /// True where an earlier attempt of the same call was sent and its answer is lost: the retry was held back, and whether
    /// it was done shows only when it is read back. Never true for a call that must not be repeated.
    /// </summary>
    public override bool SentBefore => !Facts.NotActedOn;

    /// <summary>The same, of a call whose attempt before was sent.</summary>
    internal WritesStoppedException AfterAnAttempt() => new(Facts with { NotActedOn = false }, this);
}
