using System.Text.Json;
using System.Text.Json.Serialization;
using Picket.Core.Devices;
using Picket.Core.Risk;

namespace Picket.Server.Risk;

/// <summary>How findings and blind spots are stored.</summary>
public static class FindingJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Write(Finding finding) => JsonSerializer.Serialize(finding, Options);

    public static Finding Read(string detail) =>
        JsonSerializer.Deserialize<Finding>(detail, Options)
        ?? throw new JsonException("A stored finding is empty; have its device judged again.");

    public static string Unknowns(IEnumerable<UnknownFact> unknowns) =>
        JsonSerializer.Serialize(Spots(unknowns), Options);

    /// <summary>With what the policy's word alone makes of them.</summary>
    public static string UnknownsOf(Verdict verdict) =>
        JsonSerializer.Serialize(
            verdict
                .Notes.Where(note => note.Id == SilenceRule.KeptNote)
                .Select(note => new BlindSpot(OfVerdict, Kept, note.Text, Required: false))
                .Concat(Spots(verdict.Unknowns)),
            Options
        );

    private static IEnumerable<BlindSpot> Spots(IEnumerable<UnknownFact> unknowns) =>
        unknowns.Select(unknown => new BlindSpot(
            unknown.Fact.ToString(),
            unknown.Cause.ToString(),
            unknown.Text,
            unknown.Required,
            unknown.Blocks
        ));

    /// <summary>The device is called Secure by its policy's word alone.</summary>
    public static bool SaysKept(BlindSpot spot) => spot is { Fact: OfVerdict, Cause: Kept };

    private const string OfVerdict = "Verdict";
    private const string Kept = "KeptSecure";

    /// <summary>Of a device that could not be judged.</summary>
    public static string NotJudged(Exception mistake) =>
        JsonSerializer.Serialize<IReadOnlyList<BlindSpot>>(
            [
                new BlindSpot(
                    OfVerdict,
                    "JudgingFailed",
                    $"Picket could not judge the device ({mistake.GetType().Name}; the server's log says more). What was "
                        + "found before stays. It is tried again when its facts change, and each day.",
                    Required: true
                ),
            ],
            Options
        );

    /// <summary>What <see cref="Inventory.DeviceRow.Unknowns"/> holds where it names this fact, letter case ignored.</summary>
    /// <param name="cause">Null for whatever cause.</param>
    public static string NamesFact(string fact, string? cause = null)
    {
        var named = $"\"fact\":{Told<FactName>(fact)}";
        return string.IsNullOrWhiteSpace(cause) ? named : $"{named},\"cause\":{Told<MissingReason>(cause)}";
    }

    private static string Told<TName>(string text)
        where TName : struct, Enum =>
        JsonSerializer.Serialize(
            Enum.TryParse<TName>(text.Trim(), ignoreCase: true, out var known) ? $"{known}" : text.Trim(),
            Options
        );

    /// <summary>Reads <see cref="Inventory.DeviceRow.Unknowns"/>.</summary>
    public static IReadOnlyList<BlindSpot> ReadUnknowns(string? json) =>
        string.IsNullOrEmpty(json) ? [] : JsonSerializer.Deserialize<List<BlindSpot>>(json, Options) ?? [];
}

/// <summary>A fact that a verdict lacks, as stored with the device.</summary>
/// <param name="Reason">What an administrator reads.</param>
/// <param name="Required">Without it the device is not called Secure.</param>
/// <param name="Blocks">Kinds of findings that can neither begin nor end without it.</param>
public sealed record BlindSpot(
    string Fact,
    string Cause,
    string Reason,
    bool Required,
    IReadOnlyList<string>? Blocks = null
);
