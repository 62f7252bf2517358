using System.Text.Json;
using Picket.Api;
using Picket.Core.Deployment;

namespace Picket.Server.Deployment;

/// <summary>An app's configuration as rows keep it, as the contract tells it and as Core reads it.</summary>
internal static class PublicationJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static string Of(ForeignChangeView change) => JsonSerializer.Serialize(change, Options);

    public static ForeignChangeView? ForeignChangeOf(string? json) =>
        json is null ? null : JsonSerializer.Deserialize<ForeignChangeView>(json, Options);

    public static string Of(IReadOnlyList<ConfigurationKey> keys) => JsonSerializer.Serialize(keys, Options);

    public static IReadOnlyList<ConfigurationKey> KeysOf(string json) =>
        JsonSerializer.Deserialize<List<ConfigurationKey>>(json, Options)!;

    public static IReadOnlyList<ConfigurationEntry> CoreOf(IReadOnlyList<ConfigurationKey> keys) =>
        [
            .. keys.Select(key => new ConfigurationEntry(key.Key, (ConfigurationType)key.Type, key.Value)
            {
                Nested = CoreOf(key.Nested),
            }),
        ];

    /// <summary>What the rings want to be there.</summary>
    public static IReadOnlyList<WantedAssignment> Wanted(
        PublicationRow publication,
        IEnumerable<PublicationRingRow> rings
    )
    {
        var configuration = CoreOf(KeysOf(publication.Configuration));
        return
        [
            .. rings.Select(ring => new WantedAssignment(NameOf(publication, ring), RingGroups.ToAssign(ring))
            {
                Delivery = publication.Delivery == AppDelivery.OnDemand ? Delivery.OnDemand : Delivery.Automatic,
                PreventRemoval = publication.PreventRemoval,
                Configuration = configuration,
            }),
        ];
    }

    public static string NameOf(PublicationRow publication, PublicationRingRow ring) =>
        WantedAssignment.NameOf(publication.Name, ring.Name);

    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
