using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Hosting;
using Picket.Server.Integrations;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Paging;

namespace Picket.Server.Deployment;

/// <summary>The UEM's catalogue as it is now. Picket keeps none of it: it is asked for each time that somebody looks.</summary>
internal sealed class CatalogueReader(PicketDatabase database, UemConnections connections)
{
    /// <summary>Apps of each kind: no catalogue that people keep in order has as many.</summary>
    public const int MostOfAKind = PageRows * MostPages;

    private const int PageRows = 500;
    private const int MostPages = 4;

    private static readonly PagingOptions Bounds = new()
    {
        PageSize = PageRows,
        PagesInFlight = 1,
        MaxPages = MostPages,
    };

    /// <exception cref="WorkspaceOneException">The UEM could not be asked.</exception>
    /// <exception cref="PagingMistakeException">The cursor or the limit is none.</exception>
    public async Task<Api.Page<CatalogueAppView>> ListAsync(
        IntegrationRow integration,
        CatalogueFilter filter,
        CancellationToken cancellation
    )
    {
        var (limit, after) = (Keyset.Limit(filter.Limit), CatalogueCursor.Parse(filter.Cursor));
        var connection = await connections.OpenAsync(integration.Id, cancellation);
        var (apps, isWhole) = await ReadAsync(
            connection.Client.Interactive,
            integration.OrganizationGroupId,
            filter.Kind,
            CatalogueInput.Given(filter.BundleId),
            cancellation
        );
        await connection.SaveQuotaAsync(cancellation);
        var groups = await GroupNamesAsync(integration.Id, cancellation);
        var sorted = apps.Where(app => Holds(app, CatalogueInput.Given(filter.Search)))
            .Select(app => (At: CatalogueCursor.Of(app), App: app))
            .Where(each => after is null || each.At.CompareTo(after) > 0)
            .OrderBy(each => each.At)
            .Take(limit + 1)
            .ToList();
        return new Api.Page<CatalogueAppView>(
            [.. sorted.Take(limit).Select(each => CatalogueWords.ViewOf(each.App, groups))],
            sorted.Count > limit ? sorted[limit - 1].At.ToString() : null,
            isWhole
                ? null
                : $"The UEM has more apps than the {MostOfAKind} of a kind that are read, or its list changed meanwhile. Ask for a bundle id."
        );
    }

    /// <param name="app">With its kind in <see cref="CatalogueApp.AppType"/>.</param>
    public async Task<CatalogueAppView> ViewAsync(Guid integration, CatalogueApp app, CancellationToken cancellation) =>
        CatalogueWords.ViewOf(app, await GroupNamesAsync(integration, cancellation));

    /// <summary>Apps of a bundle id and kind, all versions. What such a listing does not show is not there.</summary>
    /// <param name="bundleId">Null for all.</param>
    /// <exception cref="WorkspaceOneException">The UEM could not be asked.</exception>
    public static async Task<IReadOnlyList<CatalogueApp>> FindAsync(
        WorkspaceOneClient client,
        int group,
        PublishedAppKind kind,
        string? bundleId,
        CancellationToken cancellation
    )
    {
        var (apps, isWhole) = await ReadAsync(client, group, kind, bundleId, cancellation);
        return isWhole
            ? apps
            : throw new DeploymentStoppedException(
                $"The UEM's catalogue has more apps than the {MostOfAKind} of a kind that are read, or it changed meanwhile: whether the app is there is not certain. Try again, or name it by its bundle id."
            );
    }

    private static async Task<(IReadOnlyList<CatalogueApp> Apps, bool IsWhole)> ReadAsync(
        WorkspaceOneClient client,
        int group,
        PublishedAppKind? kind,
        string? bundleId,
        CancellationToken cancellation
    )
    {
        var (apps, isWhole) = (new List<CatalogueApp>(), true);
        foreach (var one in Enum.GetValues<PublishedAppKind>().Where(one => kind is null || one == kind))
        {
            var listing = one switch
            {
                PublishedAppKind.Purchased => client.Apps.PurchasedSearch(group, Bounds, bundleId),
                PublishedAppKind.Public => client.Apps.Search(CatalogueKind.Public, bundleId, group, Bounds),
                _ => client.Apps.Search(CatalogueKind.Internal, bundleId, group, Bounds),
            };
            var read = await listing.ReadAllAsync(cancellation);
            // What a filter of the UEM means exactly is not known.
            apps.AddRange(
                read.Items.Where(app => bundleId is null || Is(app.BundleId, bundleId))
                    .Select(app => app with { AppType = $"{one}" })
            );
            isWhole &= read.Report.Complete;
        }

        return (apps, isWhole);
    }

    private static bool Is(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static bool Holds(CatalogueApp app, string? text) =>
        text is null
        || app.Name?.Contains(text, StringComparison.OrdinalIgnoreCase) == true
        || app.BundleId?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;

    private async Task<Dictionary<int, string?>> GroupNamesAsync(Guid integration, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db
            .OrganizationGroups.Where(row => row.IntegrationId == integration)
            .ToDictionaryAsync(row => row.RemoteId, row => row.Name, cancellation);
    }
}
