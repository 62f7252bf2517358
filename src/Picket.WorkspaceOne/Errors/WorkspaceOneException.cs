using System.Net;

namespace Picket.WorkspaceOne;

/// <summary>A call to the UEM failed. Subclasses exist where callers branch.</summary>
public class WorkspaceOneException : Exception
{
    private bool sentBefore;

    /// <summary>Makes one from the facts.</summary>
    public WorkspaceOneException(FailureFacts facts, Exception? innerException = null)
        : base((facts ?? throw new ArgumentNullException(nameof(facts))).Describe(), innerException) => Facts = facts;

    /// <summary>Everything that is known.</summary>
    public FailureFacts Facts { get; }

    /// <summary>
    /// True where an earlier attempt of the same call was sent and its answer is lost, or says nothing: whatever became of the
    /// last attempt, whether the call was done shows only when it is read back. Never true for a call that must not be repeated.
    /// </summary>
    public virtual bool SentBefore => sentBefore;

    /// <inheritdoc cref="FailureFacts.Stage"/>
    public FailureStage Stage => Facts.Stage;

    /// <inheritdoc cref="FailureFacts.Status"/>
    public HttpStatusCode? Status => Facts.Status;

    /// <inheritdoc cref="FailureFacts.ErrorCode"/>
    public int? ErrorCode => Facts.ErrorCode;

    /// <inheritdoc cref="FailureFacts.Reason"/>
    public string Reason => Facts.Reason;

    /// <inheritdoc cref="FailureFacts.CorrelationId"/>
    public string? CorrelationId => Facts.CorrelationId;

    /// <inheritdoc cref="FailureFacts.Route"/>
    public string Route => Facts.Route;

    internal void NoteSentBefore() => sentBefore = true;
}
