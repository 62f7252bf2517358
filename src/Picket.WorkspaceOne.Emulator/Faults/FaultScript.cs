using System.Text.Json;
using System.Text.Json.Serialization;

namespace Picket.WorkspaceOne.Emulator.Faults;

/// <summary>Rules of what goes wrong. The first rule that hits decides.</summary>
public sealed record FaultScript
{
    public ulong Seed { get; init; } = 1;

    public IReadOnlyList<FaultRule> Rules { get; init; } = [];

    public static FaultScript Of(params FaultRule[] rules) => new() { Rules = rules };

    /// <summary>Reads the JSON form; unknown members are an error, lest a misspelt rule does nothing.</summary>
    public static FaultScript Parse(string json) =>
        JsonSerializer.Deserialize(json, FaultJson.Default.FaultScript) ?? new FaultScript();
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true
)]
[JsonSerializable(typeof(FaultScript))]
internal sealed partial class FaultJson : JsonSerializerContext;
