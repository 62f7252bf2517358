using System.Net.Http.Headers;

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

    /// <summary>Adds a store app to the catalogue. Sent to the UEM once.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="app">The app.</param>
    /// <param name="cancellationToken">Stops waiting; the app may be added nevertheless.</param>
    public Task<CatalogueChange> AddStoreAppAsync(
        Guid integrationId,
        AddStoreApp app,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.Fill(Routes.Catalogue, integrationId),
            app,
            PicketApiJson.Default.AddStoreApp,
            PicketApiJson.Default.CatalogueChange,
            cancellationToken
        );

    /// <summary>Makes a version of an internal app of a file. The file streams through to the UEM.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="app">What is known of it.</param>
    /// <param name="file">The file from its beginning to its end; it knows its length.</param>
    /// <param name="cancellationToken">Stops sending; the app may be made nevertheless once all of it is there.</param>
    public async Task<CatalogueChange> UploadAppAsync(
        Guid integrationId,
        UploadAppFilter app,
        Stream file,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(file);
        var path = new Query(Routes.Fill(Routes.CatalogueUpload, integrationId))
            .Add("name", app.Name)
            .Add("bundleId", app.BundleId)
            .Add("version", app.Version)
            .Add("platform", app.Platform)
            .Add("fileName", app.FileName)
            .Add("carryOver", app.CarryOver);
        using var body = new StreamContent(file);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        body.Headers.ContentLength = file.Length;
        using var request = new HttpRequestMessage(HttpMethod.Post, path.ToString()) { Content = body };
        request.Headers.ExpectContinue = true; // A refusal shall come before the file goes.
        using var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(response, PicketApiJson.Default.CatalogueChange, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Retires a version of an internal app: devices lose it.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="app">The UEM's numeric id of the app.</param>
    /// <param name="cancellationToken">Stops waiting; it may be done nevertheless.</param>
    public Task<CatalogueChange> RetireAppAsync(
        Guid integrationId,
        int app,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.Fill(Routes.CatalogueRetire, integrationId, app),
            PicketApiJson.Default.CatalogueChange,
            cancellationToken
        );

    /// <summary>Brings a retired version of an internal app back: devices that it is assigned to get it again.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="app">The UEM's numeric id of the app.</param>
    /// <param name="cancellationToken">Stops waiting; it may be done nevertheless.</param>
    public Task<CatalogueChange> UnretireAppAsync(
        Guid integrationId,
        int app,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.Fill(Routes.CatalogueUnretire, integrationId, app),
            PicketApiJson.Default.CatalogueChange,
            cancellationToken
        );
}
