using Picket.Api;
using Picket.Core.Deployment;
using Picket.Server.Integrations;
using Picket.WorkspaceOne;

namespace Picket.Server.Deployment;

/// <summary>What an app's configuration can begin with, and what is wrong with one, by the names that the UEM fills in.</summary>
internal sealed class ConfigurationTemplates(UemConnections connections)
{
    public const int MostKeys = 100;

    /// <param name="server">Where devices reach this server.</param>
    public async Task<ConfigurationTemplateView> OfAsync(
        IntegrationRow integration,
        ConfigurationTemplateFilter filter,
        Uri server,
        CancellationToken cancellation
    )
    {
        var platform = filter.Platform ?? ConfiguredPlatform.Android;
        var (read, notRead) = await AskAsync(
            integration,
            async client => new UemNames(
                await LookupsAsync(client, integration, cancellation),
                filter.App is { } app ? await client.Apps.ConfigurationKeysAsync(app, cancellation) : null
            ),
            cancellation
        );
        return new ConfigurationTemplateView
        {
            Platform = platform,
            Keys =
            [
                .. AppConfiguration
                    .Template(server, $"{integration.Id}")
                    .Select(entry => new ConfigurationKey { Key = entry.Key, Value = entry.Value }),
            ],
            Lookups = read?.Lookups is { } lookups
                ?
                [
                    .. lookups
                        .Where(each => each.Key is not null)
                        .Select(each => new LookupName(each.Key!, each.Description)),
                ]
                : null,
            Declared = read?.Declared is { } declared ? DeclaredOf(declared, platform) : null,
            NotRead = notRead,
        };
    }

    public async Task<ConfigurationCheck> CheckAsync(
        IntegrationRow integration,
        CheckConfiguration wish,
        CancellationToken cancellation
    )
    {
        if (wish.Keys.Count > MostKeys)
        {
            return new ConfigurationCheck
            {
                Mistakes = [new KeyMistake("", $"A configuration has at most {MostKeys} keys.")],
            };
        }

        var keys = PublicationJson.CoreOf(wish.Keys);
        var (lookups, notRead) = HoldsLookups(keys)
            ? await AskAsync(integration, client => LookupsAsync(client, integration, cancellation), cancellation)
            : (null, null);
        var platform =
            wish.Platform == ConfiguredPlatform.Android ? ConfigurationPlatform.Android : ConfigurationPlatform.Apple;
        var mistakes = AppConfiguration.Check(platform, keys, Names(lookups), wish.ForAgent);
        return new ConfigurationCheck
        {
            Mistakes = [.. mistakes.Select(each => new KeyMistake(each.Path, each.Text))],
            NotRead = notRead,
        };
    }

    /// <summary>What is wrong with a publication's configuration. Without the UEM's names nothing is said.</summary>
    /// <exception cref="WorkspaceOneException">The UEM could not be asked.</exception>
    public static async Task<IReadOnlyList<string>> MistakesAsync(
        WorkspaceOneClient client,
        IntegrationRow integration,
        int? platform,
        IReadOnlyList<ConfigurationEntry> keys,
        CancellationToken cancellation
    )
    {
        if (keys.Count == 0)
        {
            return [];
        }

        var lookups = await LookupsAsync(client, integration, cancellation);
        var of = platform == UemPlatforms.Android ? ConfigurationPlatform.Android : ConfigurationPlatform.Apple;
        return [.. AppConfiguration.Check(of, keys, Names(lookups)).Select(each => $"{each.Path}: {each.Text}")];
    }

    /// <returns>What was read, or why it was not.</returns>
    private async Task<(T? Read, string? NotRead)> AskAsync<T>(
        IntegrationRow integration,
        Func<WorkspaceOneClient, Task<T?>> ask,
        CancellationToken cancellation
    )
        where T : class
    {
        if (integration.WhyNotAsked is { } refusal)
        {
            return (null, refusal);
        }

        try
        {
            var connection = await connections.OpenAsync(integration.Id, cancellation);
            var read = await ask(connection.Client.Interactive);
            await connection.SaveQuotaAsync(cancellation);
            return read is null
                ? (null, "The organization group's unique id is not known yet. Run the doctor first.")
                : (read, null);
        }
        catch (WorkspaceOneException failure)
        {
            return (null, failure.Message);
        }
    }

    private static async Task<IReadOnlyList<UemLookupKey>?> LookupsAsync(
        WorkspaceOneClient client,
        IntegrationRow integration,
        CancellationToken cancellation
    ) =>
        integration.OrganizationGroupUuid is { } group
            ? await client.OrganizationGroups.LookupKeysAsync(group, cancellation)
            : null;

    private static List<string>? Names(IReadOnlyList<UemLookupKey>? lookups) =>
        lookups is null ? null : [.. lookups.Select(each => each.Key).OfType<string>()];

    private static bool HoldsLookups(IReadOnlyList<ConfigurationEntry> keys) =>
        keys.Any(key => key.Value.Contains('{', StringComparison.Ordinal) || HoldsLookups(key.Nested));

    private static IReadOnlyList<DeclaredKey> DeclaredOf(
        IReadOnlyList<UemConfigurationKey> keys,
        ConfiguredPlatform platform
    ) =>
        [
            .. keys.Where(key => !string.IsNullOrEmpty(key.Key))
                .Select(key => new DeclaredKey
                {
                    Key = key.Key!,
                    Type = TypeOf(key.Type, platform),
                    UemType = key.Type,
                    Nested = DeclaredOf(key.Nested ?? [], platform),
                }),
        ];

    private static ConfigurationValueType? TypeOf(string? word, ConfiguredPlatform platform) =>
        word?.ToUpperInvariant() switch
        {
            "STRING" => ConfigurationValueType.Text,
            "INTEGER" => ConfigurationValueType.WholeNumber,
            "BOOLEAN" => ConfigurationValueType.Boolean,
            "BUNDLE" when platform == ConfiguredPlatform.Android => ConfigurationValueType.Bundle,
            "BUNDLE_ARRAY" when platform == ConfiguredPlatform.Android => ConfigurationValueType.BundleArray,
            _ => null,
        };

    private sealed record UemNames(IReadOnlyList<UemLookupKey>? Lookups, IReadOnlyList<UemConfigurationKey>? Declared);
}
