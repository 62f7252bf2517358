using Picket.WorkspaceOne.Connection;
using Picket.WorkspaceOne.Pacing;
using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne.Operations;

/// <summary>Who gets an app: internal, public or purchased.</summary>
public sealed class AppAssignmentOperations
{
    private readonly WorkspaceOneConnection connection;
    private readonly Caller caller;

    internal AppAssignmentOperations(WorkspaceOneConnection connection, Caller caller) =>
        (this.connection, this.caller) = (connection, caller);

    /// <summary>Who gets an app, v2 (trust W).</summary>
    /// <param name="appUuid">Unique id of the app.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NotFoundException">The app does not exist or cannot be seen (404, 7000).</exception>
    /// <exception cref="WorkspaceOneException">
    /// The answer holds no list. That is not "nobody": to write on top of it would take the app away from everybody.
    /// </exception>
    public async Task<AppAssignmentRules> ReadAsync(Guid appUuid, CancellationToken cancellationToken = default)
    {
        var call = ApiCall.To(Routes.AssignmentRules, caller, appUuid.ToString("D"));
        var raw = await connection
            .SendAsync(call, WireContext.Default.JsonElement, cancellationToken)
            .ConfigureAwait(false);
        return AppAssignmentRules.IsOne(raw)
            ? new AppAssignmentRules(raw)
            : throw Reader.Empty(call, "the list of assignments");
    }

    /// <summary>
    /// Replaces who gets an app, v2: 202 without a body (trust W). Whatever the list lacks is taken away from those who
    /// have it. There is no protection against somebody who changes it at the same time: read just before, and read
    /// back. Never repeated by the client.
    /// </summary>
    /// <param name="appUuid">Unique id of the app.</param>
    /// <param name="rules">The whole, with everything that is to stay exactly as it was read.</param>
    /// <param name="cancellationToken">Cancels the wait; the list may be replaced nevertheless.</param>
    /// <exception cref="NotFoundException">The app does not exist or cannot be seen (404, 7000).</exception>
    /// <exception cref="NoLicenceLeftException">Fewer licences are free than the assignments need (7114).</exception>
    /// <exception cref="NotLicenceBasedException">The app was bought by redemption codes (7112).</exception>
    /// <exception cref="PermissionMissingException">The role may not publish apps.</exception>
    /// <exception cref="AmbiguousOutcomeException">
    /// The answer is lost, or the server crashed (500): it may have been acted on all the same (trust W). Read back.
    /// </exception>
    /// <exception cref="WorkspaceOneException">A rule is malformed, or names a smart group that is not there (6, 1012); the message says what.</exception>
    public Task ReplaceAsync(Guid appUuid, AppAssignmentRules rules, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var call = ApiCall
            .To(Routes.ReplaceAssignmentRules, caller, appUuid.ToString("D"))
            .WithBody(rules.Raw, WriteContext.Default.JsonElement);
        return connection.DoAsync(call, cancellationToken);
    }
}
