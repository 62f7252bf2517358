using Picket.Core.Preparation;
using Picket.WorkspaceOne;

namespace Picket.Server.Response;

/// <summary>Names the row of the role editor whose absence refused a call of tagging.</summary>
internal static class MissingTagRight
{
    public const string Read = "tags";

    /// <param name="kind">Kind of the ledger entry that was refused.</param>
    public static string Of(string kind) => kind == LedgerKinds.CreateTag ? "tags-edit" : "bulk-management";

    public static string Explain(WorkspaceOneException refused, string right)
    {
        var row = RightsCatalogue.Row(right);
        var code = refused.ErrorCode is { } number ? $"/{number}" : "";
        return $"The account's role lacks {row.ConsolePath} ({row.Access}): the UEM answered {(int?)refused.Status}{code}, "
            + $"\"{refused.Reason}\". Grant it, then start a tag run. {FeatureNames.Off(PicketFeature.Tagging)}";
    }
}
