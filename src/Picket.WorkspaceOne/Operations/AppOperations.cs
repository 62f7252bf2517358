using Picket.WorkspaceOne.Connection;
using Picket.WorkspaceOne.Pacing;
using Picket.WorkspaceOne.Paging;
using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne.Operations;

/// <summary>The UEM's app catalogue: what is in it, store apps added and taken out, and where apps are.</summary>
public sealed class AppOperations
{
    private readonly WorkspaceOneConnection connection;
    private readonly Caller caller;

    internal AppOperations(WorkspaceOneConnection connection, Caller caller) =>
        (this.connection, this.caller) = (connection, caller);

    /// <summary>Internal and public apps of an OG, v1 (trust W).</summary>
    /// <param name="organizationGroupId">Numeric id of an OG; null for the account's own.</param>
    /// <param name="paging">How to read; null for the defaults.</param>
    public Listing<CatalogueApp> Search(int? organizationGroupId = null, PagingOptions? paging = null) =>
        Search(Routes.AppSearch, organizationGroupId, null, null, paging);

    /// <summary>Apps of one kind and bundle id, v1 (trust W).</summary>
    /// <param name="kind">Public needs a right of its own (trust I).</param>
    /// <param name="bundleId">Bundle id or package name; null for all.</param>
    /// <param name="organizationGroupId">Numeric id of an OG; null for the account's own.</param>
    /// <param name="paging">How to read; null for the defaults.</param>
    public Listing<CatalogueApp> Search(
        CatalogueKind kind,
        string? bundleId = null,
        int? organizationGroupId = null,
        PagingOptions? paging = null
    ) => Search(Routes.AppSearch, organizationGroupId, $"{kind}", bundleId, paging);

    /// <summary>Purchased (VPP) apps of an OG with their licences; 204 when there are none (trust W).</summary>
    /// <param name="organizationGroupId">Numeric id of an OG; null for the account's own.</param>
    /// <param name="paging">How to read; null for the defaults.</param>
    /// <param name="bundleId">Bundle id; null for all.</param>
    public Listing<CatalogueApp> PurchasedSearch(
        int? organizationGroupId = null,
        PagingOptions? paging = null,
        string? bundleId = null
    ) => Search(Routes.PurchasedAppSearch, organizationGroupId, null, bundleId, paging);

    /// <summary>One public app (trust S).</summary>
    /// <param name="id">Numeric id of the app.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NotFoundException">The app does not exist or cannot be seen (401, 7000: no matter of signing in).</exception>
    public async Task<CatalogueApp> PublicAsync(int id, CancellationToken cancellationToken = default)
    {
        var call = ApiCall.To(Routes.PublicApp, caller, Reader.Number(id));
        return Reader.Required(
            await connection.SendAsync(call, WireContext.Default.CatalogueApp, cancellationToken).ConfigureAwait(false),
            app => app.Id != 0,
            call
        );
    }

    /// <summary>Adds a store app to the catalogue and returns it (trust S). Never repeated by the client.</summary>
    /// <param name="app">What is known of it.</param>
    /// <param name="cancellationToken">Cancels the wait; the app may be added nevertheless.</param>
    /// <exception cref="AlreadyThereException">The OG has it already: search for it by bundle id.</exception>
    /// <exception cref="OutOfScopeException">The organization group is not there, or out of reach.</exception>
    /// <exception cref="PermissionMissingException">The role may not edit public apps.</exception>
    /// <exception cref="AmbiguousOutcomeException">The answer is lost: search for the bundle id before you try again.</exception>
    public async Task<CatalogueApp> AddPublicAsync(NewPublicApp app, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentException.ThrowIfNullOrWhiteSpace(app.Name, nameof(app));
        var body = new PublicAppBody
        {
            ApplicationName = app.Name,
            BundleId = app.BundleId,
            ExternalId = app.ExternalId,
            ApplicationUrl = app.Url,
            Platform = app.PlatformId,
            LocationGroupId = app.OrganizationGroupId,
        };
        var call = ApiCall.To(Routes.AddPublicApp, caller).WithBody(body, WriteContext.Default.PublicAppBody);
        var made = await connection
            .SendAsync(call, WireContext.Default.CatalogueApp, cancellationToken)
            .ConfigureAwait(false);
        return made is { Id: > 0 } ? made : throw Reader.Unnamed(call, "app", "bundle id");
    }

    /// <summary>Switches a public app on or off (trust S). A state, so the client repeats it after a lost answer.</summary>
    /// <param name="id">Numeric id of the app.</param>
    /// <param name="active">True for on.</param>
    /// <param name="cancellationToken">Cancels the wait; the app may be switched nevertheless.</param>
    /// <exception cref="NotFoundException">The app does not exist or cannot be seen.</exception>
    /// <exception cref="PermissionMissingException">The role may not edit public apps.</exception>
    public Task SwitchPublicAsync(int id, bool active, CancellationToken cancellationToken = default) =>
        connection.ReachAsync(
            ApiCall.To(active ? Routes.ActivatePublicApp : Routes.DeactivatePublicApp, caller, Reader.Number(id)),
            cancellationToken
        );

    /// <summary>Takes a public app out of the catalogue, and off the devices that have it from there (trust S).</summary>
    /// <param name="id">Numeric id of the app.</param>
    /// <param name="cancellationToken">Cancels the wait; the app may be gone nevertheless.</param>
    /// <exception cref="NotFoundException">It is not there: before, or since a call of which the answer was lost.</exception>
    /// <exception cref="PermissionMissingException">The role may not edit public apps.</exception>
    public Task DeletePublicAsync(int id, CancellationToken cancellationToken = default) =>
        connection.DoAsync(ApiCall.To(Routes.DeletePublicApp, caller, Reader.Number(id)), cancellationToken);

    /// <summary>Devices that an app is assigned to or installed on, with their install state (trust S).</summary>
    /// <param name="appUuid">Unique id of an app of any kind.</param>
    /// <param name="organizationGroupUuid">Unique id of an OG; devices of it and below.</param>
    /// <param name="paging">How to read; null for the defaults.</param>
    /// <exception cref="NotFoundException">The app does not exist or cannot be seen (404, 7000).</exception>
    /// <exception cref="OutOfScopeException">The OG does not exist or cannot be seen (404, 5054).</exception>
    public Listing<UemAppDevice> Devices(Guid appUuid, Guid organizationGroupUuid, PagingOptions? paging = null) =>
        connection.List<UemAppDevice, AppDevicesEnvelope>(
            ApiCall
                .To(Routes.AppDevices, caller, appUuid.ToString("D"))
                .With(("organizationgroupuuid", organizationGroupUuid.ToString("D"))),
            WireContext.Default.AppDevicesEnvelope,
            device => device.DeviceId,
            paging
        );

    /// <summary>Keys that an app's configuration knows; empty when it declares none (trust S).</summary>
    /// <param name="appUuid">Unique id of the app.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NotFoundException">The app does not exist or cannot be seen (404, 7000).</exception>
    public async Task<IReadOnlyList<UemConfigurationKey>> ConfigurationKeysAsync(
        Guid appUuid,
        CancellationToken cancellationToken = default
    ) =>
        (
            await connection
                .SendAsync(
                    ApiCall.To(Routes.AppConfigTemplate, caller, appUuid.ToString("D")),
                    WireContext.Default.ListUemConfigurationKey,
                    cancellationToken
                )
                .ConfigureAwait(false)
        ).WithoutNulls();

    private Listing<CatalogueApp> Search(
        Route route,
        int? organizationGroupId,
        string? kind,
        string? bundleId,
        PagingOptions? paging
    ) =>
        connection.List<CatalogueApp, CatalogueEnvelope>(
            ApiCall
                .To(route, caller)
                .With(
                    ("locationgroupid", Reader.Number(organizationGroupId)),
                    ("applicationtype", kind),
                    ("bundleid", bundleId)
                ),
            WireContext.Default.CatalogueEnvelope,
            app => app.Id,
            paging
        );
}
