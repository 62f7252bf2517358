namespace Picket.WorkspaceOne;

/// <summary>
/// The credential does not sign in (401, 1005, 1004, 1022 locked, OAuth <c>invalid_client</c>). The client sends
/// nothing more: each further try could lock the account. Build a new client once the credential is changed.
/// </summary>
public sealed class SignInRefusedException(FailureFacts facts, Exception? innerException = null)
    : WorkspaceOneException(facts, innerException)
{
    /// <summary>True when the server said that the account is locked (1022).</summary>
    public bool AccountLocked => ErrorCode == 1022;
}

/// <summary>The account's role lacks the right for this call (403 with 1011, 6078, 6044, 5093, 403 or 11).</summary>
public sealed class PermissionMissingException(FailureFacts facts) : WorkspaceOneException(facts);

/// <summary>
/// The organization group does not exist or lies outside the account's reach; the server folds both into one answer.
/// </summary>
public sealed class OutOfScopeException(FailureFacts facts) : WorkspaceOneException(facts);

/// <summary>
/// The object does not exist or lies outside the account's reach; the server folds both into one answer. An HTML
/// 404 (route or version unknown) is a plain <see cref="WorkspaceOneException"/>: it says nothing about the object.
/// </summary>
public sealed class NotFoundException(FailureFacts facts) : WorkspaceOneException(facts);

/// <summary>
/// There is one of that name already, or a device of that serial number, UDID or IMEI (6181; users: 7), or it is already
/// so: an app is switched off, a smart group has its licences (7113). Nothing was made or changed.
/// </summary>
public sealed class AlreadyThereException(FailureFacts facts) : WorkspaceOneException(facts);

/// <summary>REST API access is switched off for the organization group or tenant (403, 1014).</summary>
public sealed class ApiAccessDisabledException(FailureFacts facts) : WorkspaceOneException(facts);

/// <summary>The API key is missing, unknown (1013), of another tree (1030) or of the wrong kind (1032, 1054).</summary>
public sealed class ApiKeyRefusedException(FailureFacts facts) : WorkspaceOneException(facts);

/// <summary>A bulk call named more devices than the organization group's bulk settings allow. Halve the batch.</summary>
public sealed class OverBulkLimitException(FailureFacts facts) : WorkspaceOneException(facts);
