using Picket.Core.Preparation;
using Picket.WorkspaceOne;

namespace Picket.Server.Response;

/// <summary>Names the rows of the role editor whose absence may have refused a call of tagging.</summary>
internal static class MissingTagRight
{
    public const string Read = "tags";

    /// <param name="kind">Kind of the ledger entry that was refused.</param>
    public static string Of(string kind) => kind == LedgerKinds.CreateTag ? "tags-edit" : "bulk-management";

    public static string Explain(WorkspaceOneException refused, string right)
    {
        var rows = RightsCatalogue.Suspects(RightsCatalogue.Row(right));
        var lacks = string.Join(" or ", rows.Select(row => $"{row.ConsolePath} ({row.Access})"));
        var code = refused.ErrorCode is { } number ? $"/{number}" : "";
        return $"The account's role lacks {lacks}: the UEM answered {(int?)refused.Status}{code}, \"{refused.Reason}\""
            + (rows.Count > 1 ? ", which does not tell them apart. " : ". ")
            + $"Grant what is missing under {ConsolePaths.Roles}, then start a tag run. "
            + FeatureNames.Off(PicketFeature.Tagging);
    }
}
