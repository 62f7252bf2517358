using System.Text.Json;
using System.Text.Json.Serialization;
using Picket.Core.Intelligence;

namespace Picket.Server.Evidence;

/// <summary>Indicators of the organization's own as they stand in evidence: of these no version is stored elsewhere.</summary>
internal static class OwnIndicatorsJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    public static JsonElement? Write(FeedContent own) =>
        own.Indicators.Count == 0
            ? null
            : JsonSerializer.SerializeToElement(new Kept(own.Source, own.Indicators), Options);

    /// <exception cref="JsonException">They cannot be read.</exception>
    public static FeedContent Read(JsonElement json) =>
        json.Deserialize<Kept>(Options) is { Source: { } source, Indicators: { } indicators }
            ? new FeedContent(source) { Indicators = indicators, Entries = indicators.Count }
            : throw new JsonException("These are no indicators.");

    private sealed record Kept(FeedSource Source, IReadOnlyList<Indicator> Indicators);
}
