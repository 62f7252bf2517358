using Picket.Core.Preparation;
using Picket.WorkspaceOne;

namespace Picket.Server.Response;

/// <summary>Names the rows of the role editor whose absence may have refused a call of tagging.</summary>
internal static class MissingTagRight
{
    public const string Read = "tags";

    /// <param name="kind">Kind of the ledger entry that was refused.</param>
    public static string Of(string kind) =>
        kind is LedgerKinds.CreateTag or LedgerKinds.RenameTag ? "tags-edit" : "bulk-management";

    public static string Explain(WorkspaceOneException refused, string right) =>
        $"{MissingRight.Explain(refused, right, "then start a tag run")} {FeatureNames.Off(PicketFeature.Tagging)}";
}
