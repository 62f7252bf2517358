namespace Picket.WorkspaceOne;

/// <summary>The device is not enrolled (400 with 400 or 6213, told by its text). Nothing was queued.</summary>
public sealed class NotEnrolledException(FailureFacts facts) : WorkspaceOneException(facts);

/// <summary>
/// The device, its platform, its version or its privacy settings do not allow the command (400 with 21, 5060, 5100, 5101,
/// 5102, 5234, or told by the text). Nothing was queued.
/// </summary>
public sealed class CommandNotSupportedException(FailureFacts facts) : WorkspaceOneException(facts);
