using Picket.Api;
using Picket.Server.Integrations;
using Picket.Server.Response;
using Picket.WorkspaceOne;

namespace Picket.Server.Deployment;

/// <summary>Adds apps of the stores to the catalogue. No device gets one by it: publishing is a word of its own.</summary>
internal sealed class StoreApps(CatalogueLedger ledger, CatalogueReader reader, UemConnections connections)
{
    private const int LongestUrl = 2000;

    public static Dictionary<string, string[]> Mistakes(AddStoreApp wish)
    {
        var mistakes = CatalogueInput.Mistakes(wish.Name, wish.BundleId, wish.Platform);
        var (hasId, hasUrl) = (!string.IsNullOrWhiteSpace(wish.StoreId), !string.IsNullOrWhiteSpace(wish.Url));
        if (hasId && (wish.StoreId!.Length > 50 || !wish.StoreId.All(char.IsAsciiDigit)))
        {
            mistakes["storeId"] = ["Apple's number of the app has digits alone, at most 50."];
        }

        if (hasUrl && !IsAddress(wish.Url!))
        {
            mistakes["url"] =
            [
                $"Give the address of the app in its store, beginning with https, of at most {LongestUrl} characters.",
            ];
        }

        if (wish.Platform == AppPlatform.Apple && !hasId && !hasUrl)
        {
            mistakes["storeId"] = ["An Apple app needs Apple's number of it, or its address in the store."];
        }

        return mistakes;
    }

    /// <exception cref="DeploymentStoppedException">Nothing may be written now.</exception>
    /// <exception cref="CatalogueUnclearException">The answer is lost, and the app is not listed.</exception>
    /// <exception cref="WorkspaceOneException">The UEM could not be asked, or refused it.</exception>
    public async Task<CatalogueChange> AddAsync(
        IntegrationRow integration,
        AddStoreApp wish,
        string actor,
        CancellationToken cancellation
    )
    {
        var connection = await connections.OpenAsync(integration.Id, cancellation);
        var (client, group) = (connection.Client.Interactive, integration.OrganizationGroupId);
        var bundle = wish.BundleId.Trim();
        var subject = $"{bundle} ({wish.Platform})";
        try
        {
            if (await FindAsync(cancellation) is { } there)
            {
                await ledger.SettleAsync(integration.Id, LedgerKinds.AddStoreApp, subject, cancellation);
                return await ChangeAsync(there, true);
            }

            var app = new NewPublicApp(wish.Name.Trim(), CatalogueWords.NumberOf(wish.Platform)!.Value)
            {
                BundleId = bundle,
                ExternalId = CatalogueInput.Given(wish.StoreId),
                Url = CatalogueInput.Given(wish.Url),
                OrganizationGroupId = group,
            };
            var writer = new CatalogueWriter(ledger, integration.Id, LedgerKinds.AddStoreApp, actor);
            var (made, wasThere) = await writer.MakeAsync(
                subject,
                () => client.Apps.AddPublicAsync(app, CancellationToken.None),
                () => FindAsync(CancellationToken.None),
                cancellation
            );
            return await ChangeAsync(made, wasThere);
        }
        finally
        {
            await connection.SaveQuotaAsync(CancellationToken.None);
        }

        async Task<CatalogueApp?> FindAsync(CancellationToken token) =>
            (await CatalogueReader.FindAsync(client, group, PublishedAppKind.Public, bundle, token)).FirstOrDefault(
                app => CatalogueWords.PlatformOf(app.Platform) == wish.Platform && app.IsOf(integration)
            );

        async Task<CatalogueChange> ChangeAsync(CatalogueApp app, bool wasSo) =>
            new()
            {
                App = await reader.ViewAsync(
                    integration.Id,
                    app with
                    {
                        AppType = $"{PublishedAppKind.Public}",
                    },
                    CancellationToken.None
                ),
                WasSo = wasSo,
            };
    }

    private static bool IsAddress(string text) =>
        text.Length <= LongestUrl && Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) && url.Scheme == "https";
}
