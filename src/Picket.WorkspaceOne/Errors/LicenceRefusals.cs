namespace Picket.WorkspaceOne;

/// <summary>Fewer licences are free than were to be given (7114). Nothing was given.</summary>
public sealed class NoLicenceLeftException(FailureFacts facts) : WorkspaceOneException(facts);

/// <summary>The app was bought by redemption codes, which the API does not hand out (7112). Nothing was given.</summary>
public sealed class NotLicenceBasedException(FailureFacts facts) : WorkspaceOneException(facts);

/// <summary>
/// The app has assignment rules, which the older route cannot show (501, 7019): ask for it by its unique id.
/// </summary>
public sealed class NewerApiNeededException(FailureFacts facts) : WorkspaceOneException(facts);
