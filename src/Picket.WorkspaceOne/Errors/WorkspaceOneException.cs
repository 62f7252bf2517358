using System.Net;

namespace Picket.WorkspaceOne;

/// <summary>A call to the UEM failed. Subclasses exist where callers branch.</summary>
public class WorkspaceOneException : Exception
{
    /// <summary>Makes one from the facts.</summary>
    public WorkspaceOneException(FailureFacts facts, Exception? innerException = null)
        : base((facts ?? throw new ArgumentNullException(nameof(facts))).Describe(), innerException) => Facts = facts;

    /// <summary>Everything that is known.</summary>
    public FailureFacts Facts { get; }

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
}
