using System.Globalization;
using Picket.Api;
using Picket.Server.Integrations;
using Picket.Server.Response;
using Picket.WorkspaceOne;

namespace Picket.Server.Deployment;

/// <summary>Apps whose file the organization uploads: each version is an app of its own in the UEM.</summary>
internal sealed class InternalApps(CatalogueLedger ledger, CatalogueReader reader, UemConnections connections)
{
    private const int LongestVersion = 100;
    private const int LongestFileName = 200;

    /// <summary>The UEM demands models, and tells its numbers for them nowhere; these are seen at devices (W), and iPhone's is inferred.</summary>
    private static readonly (int, string)[] AppleModels = [(1, "iPhone"), (2, "iPad")];
    private static readonly (int, string)[] AndroidModels = [(5, "Android")];

    public static Dictionary<string, string[]> Mistakes(UploadAppFilter wish)
    {
        var mistakes = CatalogueInput.Mistakes(wish.Name, wish.BundleId, wish.Platform);
        if (string.IsNullOrWhiteSpace(wish.Version) || wish.Version.Length > LongestVersion)
        {
            mistakes["version"] = [$"Give the version that stands in the file, of 1 to {LongestVersion} characters."];
        }

        if (
            string.IsNullOrWhiteSpace(wish.FileName)
            || wish.FileName.Length > LongestFileName
            || wish.FileName.Any(char.IsControl)
            || Path.GetExtension(wish.FileName) is not { Length: > 1 }
        )
        {
            mistakes["fileName"] =
            [
                $"Give the file's name with its extension, such as guard.apk, of at most {LongestFileName} characters.",
            ];
        }

        return mistakes;
    }

    /// <param name="file">Read as it comes, a chunk at a time; not before it is known that the version is not there.</param>
    /// <exception cref="DeploymentStoppedException">Nothing may be written now.</exception>
    /// <exception cref="CatalogueUnclearException">The answer is lost, and the version is not listed.</exception>
    /// <exception cref="WorkspaceOneException">The UEM could not be asked, or refused it.</exception>
    public async Task<CatalogueChange> UploadAsync(
        IntegrationRow integration,
        UploadAppFilter wish,
        Stream file,
        long length,
        string actor,
        CancellationToken cancellation
    )
    {
        var connection = await connections.OpenAsync(integration.Id, cancellation);
        var (client, group) = (connection.Client.Interactive, integration.OrganizationGroupId);
        var (bundle, version) = (wish.BundleId!.Trim(), wish.Version!.Trim());
        var subject = $"{bundle} {version} ({wish.Platform})";
        try
        {
            if (await FindAsync(cancellation) is { } there)
            {
                await ledger.SettleAsync(integration.Id, LedgerKinds.UploadApp, subject, cancellation);
                return await ChangeAsync(there, true);
            }

            // Nobody's reserve is spent on a large file: the chunks go with what waits. They make nothing yet.
            var transaction = await connection.Client.InternalApps.UploadAsync(
                file,
                length,
                cancellationToken: cancellation
            );
            var app = new NewInternalApp(
                transaction,
                wish.Name!.Trim(),
                CatalogueWords.NumberOf(wish.Platform!.Value)!.Value,
                Path.GetFileName(wish.FileName!.Trim())
            )
            {
                BundleId = bundle,
                Version = version,
                Models = wish.Platform == AppPlatform.Apple ? AppleModels : AndroidModels,
                CarriesOverAssignments = wish.CarryOver == true,
                OrganizationGroupId = group,
            };
            var writer = new CatalogueWriter(ledger, integration.Id, LedgerKinds.UploadApp, actor);
            var (made, wasThere) = await writer.MakeAsync(
                subject,
                () => client.InternalApps.BeginInstallAsync(app, CancellationToken.None),
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
            (await VersionsAsync(token)).FirstOrDefault(app => app.Version == version && app.IsOf(integration));

        async Task<IReadOnlyList<CatalogueApp>> VersionsAsync(CancellationToken token) =>
            [
                .. (await CatalogueReader.FindAsync(client, group, PublishedAppKind.Internal, bundle, token)).Where(
                    app => CatalogueWords.PlatformOf(app.Platform) == wish.Platform
                ),
            ];

        async Task<CatalogueChange> ChangeAsync(CatalogueApp app, bool wasSo) =>
            await ViewAsync(integration.Id, app, wasSo, await VersionsOrNoneAsync(VersionsAsync));
    }

    /// <returns>Null when the catalogue has no such internal app within the integration's reach.</returns>
    /// <exception cref="DeploymentStoppedException">Nothing may be written now.</exception>
    /// <exception cref="CatalogueUnclearException">It is not known whether it was done.</exception>
    /// <exception cref="WorkspaceOneException">The UEM could not be asked, or refused it.</exception>
    public async Task<CatalogueChange?> RetireAsync(
        IntegrationRow integration,
        int id,
        bool retired,
        string actor,
        CancellationToken cancellation
    )
    {
        var connection = await connections.OpenAsync(integration.Id, cancellation);
        var (client, group) = (connection.Client.Interactive, integration.OrganizationGroupId);
        try
        {
            var all = await CatalogueReader.FindAsync(client, group, PublishedAppKind.Internal, null, cancellation);
            if (all.FirstOrDefault(each => each.Id == id) is not { } app)
            {
                return null;
            }

            var versions = all.Where(each => each.BundleId == app.BundleId && each.Platform == app.Platform);
            var kind = retired ? LedgerKinds.RetireApp : LedgerKinds.UnretireApp;
            var subject = string.Create(
                CultureInfo.InvariantCulture,
                $"{app.BundleId ?? app.Name} {app.Version} (number {id})"
            );
            if (IsRetired(app) == retired)
            {
                await ledger.SettleAsync(integration.Id, kind, subject, cancellation);
                return await ViewAsync(integration.Id, app, true, [.. versions]);
            }

            var set = await new CatalogueWriter(ledger, integration.Id, kind, actor).SetAsync(
                subject,
                () => client.InternalApps.RetireAsync(id, retired, CancellationToken.None),
                async () =>
                {
                    var read = await client.InternalApps.GetAsync(id, CancellationToken.None);
                    var now = app with { Status = read.Status };
                    return read.Status is not null && IsRetired(now) == retired ? now : null;
                },
                cancellation
            );
            return await ViewAsync(
                integration.Id,
                set,
                false,
                [.. versions.Select(each => each.Id == id ? set : each)]
            );
        }
        finally
        {
            await connection.SaveQuotaAsync(CancellationToken.None);
        }
    }

    private static bool IsRetired(CatalogueApp app) =>
        CatalogueWords.StatusOf(app.Status) == CatalogueAppStatus.Retired;

    /// <summary>What was done is told, also where the other versions cannot be read just now.</summary>
    private static async Task<IReadOnlyList<CatalogueApp>> VersionsOrNoneAsync(
        Func<CancellationToken, Task<IReadOnlyList<CatalogueApp>>> read
    )
    {
        try
        {
            return await read(CancellationToken.None);
        }
        catch (WorkspaceOneException)
        {
            return [];
        }
    }

    private async Task<CatalogueChange> ViewAsync(
        Guid integration,
        CatalogueApp app,
        bool wasSo,
        IReadOnlyList<CatalogueApp> versions
    )
    {
        var views = new List<CatalogueAppView>();
        foreach (var each in versions.Prepend(app))
        {
            var internally = each with { AppType = $"{PublishedAppKind.Internal}" };
            views.Add(await reader.ViewAsync(integration, internally, CancellationToken.None));
        }

        return new CatalogueChange
        {
            App = views[0],
            WasSo = wasSo,
            Versions = [.. views.Skip(1)],
        };
    }
}
