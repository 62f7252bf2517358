namespace Picket.Api;

public sealed partial class PicketClient
{
    /// <summary>The apps of the UEM's catalogue as they are now, by name. Each page asks the UEM.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="filter">Which of them.</param>
    public PagedList<CatalogueAppView> Catalogue(Guid integrationId, CatalogueFilter? filter = null) =>
        List(
            filter?.Cursor,
            filter?.Limit,
            () =>
                new Query(Routes.Fill(Routes.Catalogue, integrationId))
                    .Add("bundleId", filter?.BundleId)
                    .Add("search", filter?.Search)
                    .Add("kind", filter?.Kind),
            PicketApiJson.Default.CataloguePage
        );

    /// <summary>One page of the UEM's catalogue as it is now, by name.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="filter">Which apps, and where the page begins.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<Page<CatalogueAppView>> CatalogueAsync(
        Guid integrationId,
        CatalogueFilter? filter = null,
        CancellationToken cancellationToken = default
    ) => Catalogue(integrationId, filter).PageAsync(cancellationToken);
}
