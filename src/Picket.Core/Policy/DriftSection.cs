using Picket.Core.Intelligence.Formats;
using Picket.Core.Response;

namespace Picket.Core.Policy;

/// <summary>Reads, and names, what the document says of changes by others.</summary>
internal static class DriftSection
{
    private static readonly string[] Fields = ["devices", "renamed", "deleted", "references"];

    public static readonly IReadOnlyDictionary<string, DriftAnswer> Words = new Dictionary<string, DriftAnswer>
    {
        ["repair"] = DriftAnswer.Repair,
        ["ask"] = DriftAnswer.Ask,
    };

    /// <summary>What is left out is as it is built in.</summary>
    public static DriftPolicy Read(PolicyFields fields, FeedNode root)
    {
        var built = DriftPolicy.Default;
        return root["drift"] is { } node && fields.IsMap(node, "'drift'", Fields)
            ? new DriftPolicy(
                Answer(fields, node, Fields[0], built.Devices),
                Answer(fields, node, Fields[1], built.Renamed),
                Answer(fields, node, Fields[2], built.Deleted),
                Answer(fields, node, Fields[3], built.References)
            )
            : built;
    }

    /// <summary>Each value with its name, as it is written.</summary>
    public static IEnumerable<(string Name, string Text)> Of(DriftPolicy policy) =>
        [
            (Fields[0], Of(policy.Devices)),
            (Fields[1], Of(policy.Renamed)),
            (Fields[2], Of(policy.Deleted)),
            (Fields[3], Of(policy.References)),
        ];

    private static string Of(DriftAnswer answer) => Words.First(word => word.Value == answer).Key;

    private static DriftAnswer Answer(PolicyFields fields, FeedNode node, string name, DriftAnswer built) =>
        node[name] is { } given ? fields.Word(given, $"'{name}' of 'drift'", Words) ?? built : built;
}
