using System.Text.Json;
using System.Text.Json.Serialization;
using Picket.Core.Risk;

namespace Picket.Server.Evidence;

/// <summary>The policy that weighed a verdict, as it stands in its evidence.</summary>
internal static class PolicyJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    public static JsonElement Write(RiskPolicy policy) => JsonSerializer.SerializeToElement(policy, Options);

    /// <exception cref="JsonException">It cannot be read.</exception>
    public static RiskPolicy Read(JsonElement json) =>
        json.Deserialize<RiskPolicy>(Options) ?? throw new JsonException("This is no policy.");
}
