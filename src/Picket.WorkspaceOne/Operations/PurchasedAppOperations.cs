using Picket.WorkspaceOne.Connection;
using Picket.WorkspaceOne.Pacing;
using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne.Operations;

/// <summary>Licences of apps that were bought in volume. The apps themselves: <see cref="AppOperations.PurchasedSearch"/>.</summary>
public sealed class PurchasedAppOperations
{
    private readonly WorkspaceOneConnection connection;
    private readonly Caller caller;

    internal PurchasedAppOperations(WorkspaceOneConnection connection, Caller caller) =>
        (this.connection, this.caller) = (connection, caller);

    /// <summary>Licences of an app by smart group, v1 (trust S).</summary>
    /// <param name="id">Numeric id of the app.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NewerApiNeededException">The app has assignment rules (501, 7019): ask by unique id.</exception>
    /// <exception cref="NotFoundException">The app does not exist, cannot be seen, or was not bought (400, 6).</exception>
    public async Task<UemPurchasedApp> GetAsync(int id, CancellationToken cancellationToken = default)
    {
        var call = ApiCall.To(Routes.PurchasedApp, caller, Reader.Number(id));
        return Reader.Required(
            await connection
                .SendAsync(call, WireContext.Default.UemPurchasedApp, cancellationToken)
                .ConfigureAwait(false),
            app => app.Licenses is not null || app.Assignments is not null,
            call
        );
    }

    /// <summary>Licences of an app, v2: also of one that has assignment rules (trust S).</summary>
    /// <param name="uuid">Unique id of the app.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NotLicenceBasedException">The app was bought by redemption codes (7112).</exception>
    /// <exception cref="NotFoundException">The app does not exist, cannot be seen, or was not bought (404, 6).</exception>
    public async Task<UemPurchasedAppDetails> GetAsync(Guid uuid, CancellationToken cancellationToken = default)
    {
        var call = ApiCall.To(Routes.PurchasedAppByUuid, caller, uuid.ToString("D"));
        return Reader.Required(
            await connection
                .SendAsync(call, WireContext.Default.UemPurchasedAppDetails, cancellationToken)
                .ConfigureAwait(false),
            app => app.Licences is not null,
            call
        );
    }

    /// <summary>
    /// Gives licences to a smart group that has none, to be installed by itself (trust S; deprecated, its successor are
    /// the assignment rules). Never repeated by the client.
    /// </summary>
    /// <param name="id">Numeric id of the app.</param>
    /// <param name="smartGroupId">Numeric id of the smart group.</param>
    /// <param name="licences">How many, 1 or more. Read how many are free before.</param>
    /// <param name="cancellationToken">Cancels the wait; they may be given nevertheless.</param>
    /// <exception cref="AlreadyThereException">The smart group has some already (7113): change them.</exception>
    /// <exception cref="NoLicenceLeftException">Fewer are free (7114).</exception>
    /// <exception cref="NotLicenceBasedException">The app was bought by redemption codes (7112).</exception>
    /// <exception cref="NotFoundException">App or smart group do not exist or cannot be seen (400, 6).</exception>
    /// <exception cref="PermissionMissingException">The role may not edit purchased apps.</exception>
    /// <exception cref="AmbiguousOutcomeException">The answer is lost, or the server crashed: read the licences back.</exception>
    public Task AllocateAsync(int id, int smartGroupId, int licences, CancellationToken cancellationToken = default) =>
        SendAsync(Routes.AllocateLicences, id, smartGroupId, licences, cancellationToken);

    /// <summary>Changes how many licences a smart group has (trust S). A state, so the client repeats it after a lost answer.</summary>
    /// <param name="id">Numeric id of the app.</param>
    /// <param name="smartGroupId">Numeric id of the smart group.</param>
    /// <param name="licences">How many it has afterwards, 1 or more.</param>
    /// <param name="cancellationToken">Cancels the wait; they may be changed nevertheless.</param>
    /// <exception cref="NotFoundException">The smart group has none (7113), or app or smart group cannot be seen.</exception>
    /// <exception cref="NoLicenceLeftException">Fewer are free (7114).</exception>
    /// <exception cref="PermissionMissingException">The role may not edit purchased apps.</exception>
    public Task ChangeAsync(int id, int smartGroupId, int licences, CancellationToken cancellationToken = default) =>
        SendAsync(Routes.ChangeLicences, id, smartGroupId, licences, cancellationToken);

    /// <summary>Takes the licences of a smart group back (trust S). A state, so the client repeats it after a lost answer.</summary>
    /// <param name="id">Numeric id of the app.</param>
    /// <param name="smartGroupId">Numeric id of the smart group.</param>
    /// <param name="cancellationToken">Cancels the wait; they may be taken back nevertheless.</param>
    /// <exception cref="NotFoundException">
    /// The smart group has none: before, or since a call of which the answer was lost. Or the app cannot be seen.
    /// </exception>
    /// <exception cref="PermissionMissingException">The role may not edit purchased apps.</exception>
    public Task TakeBackAsync(int id, int smartGroupId, CancellationToken cancellationToken = default) =>
        connection.DoAsync(
            ApiCall.To(Routes.TakeLicencesBack, caller, Reader.Number(id), Reader.Number(smartGroupId)),
            cancellationToken
        );

    /// <summary>
    /// Lets the licences of an app go to devices instead of people (trust S). A state: done already is done. The UEM
    /// offers no way back.
    /// </summary>
    /// <param name="id">Numeric id of the app.</param>
    /// <param name="cancellationToken">Cancels the wait; it may be done nevertheless.</param>
    /// <exception cref="NotFoundException">The app does not exist or cannot be seen (422, 7000).</exception>
    /// <exception cref="PermissionMissingException">The role may not edit purchased apps.</exception>
    /// <exception cref="WorkspaceOneException">The app is not eligible (7104).</exception>
    public Task EnableDeviceLicencesAsync(int id, CancellationToken cancellationToken = default) =>
        connection.ReachAsync(ApiCall.To(Routes.EnableDeviceLicences, caller, Reader.Number(id)), cancellationToken);

    private Task SendAsync(Route route, int id, int smartGroupId, int licences, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(licences, 1);
        var body = new AllocationBody(
            [new AllocationRow(smartGroupId, licences)],
            new DeploymentBody("Auto", RemoveOnUnenroll: true)
        );
        var call = ApiCall.To(route, caller, Reader.Number(id)).WithBody(body, WriteContext.Default.AllocationBody);
        return connection.DoAsync(call, cancellationToken);
    }
}
