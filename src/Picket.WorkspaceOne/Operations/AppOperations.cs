using Picket.WorkspaceOne.Connection;
using Picket.WorkspaceOne.Pacing;
using Picket.WorkspaceOne.Paging;
using Picket.WorkspaceOne.Wire;

namespace Picket.WorkspaceOne.Operations;

/// <summary>The UEM's app catalogue.</summary>
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
        Search(Routes.AppSearch, organizationGroupId, paging);

    /// <summary>Purchased (VPP) apps of an OG; 204 when there are none (trust W).</summary>
    /// <param name="organizationGroupId">Numeric id of an OG; null for the account's own.</param>
    /// <param name="paging">How to read; null for the defaults.</param>
    public Listing<CatalogueApp> PurchasedSearch(int? organizationGroupId = null, PagingOptions? paging = null) =>
        Search(Routes.PurchasedAppSearch, organizationGroupId, paging);

    private Listing<CatalogueApp> Search(Route route, int? organizationGroupId, PagingOptions? paging) =>
        connection.List<CatalogueApp, CatalogueEnvelope>(
            ApiCall.To(route, caller).With(("locationgroupid", Reader.Number(organizationGroupId))),
            WireContext.Default.CatalogueEnvelope,
            app => app.Id,
            paging
        );
}
