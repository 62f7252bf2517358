using Picket.Core.Preparation;
using Picket.WorkspaceOne;

namespace Picket.Server.Response;

/// <summary>Names the rows of the role editor whose absence may have refused a call, and what to do then.</summary>
internal static class MissingRight
{
    /// <param name="right">The row of the catalogue that the call needs.</param>
    /// <param name="then">What to do once it was granted, as <c>then resume</c>.</param>
    public static string Explain(WorkspaceOneException refused, string right, string then)
    {
        var rows = RightsCatalogue.Suspects(RightsCatalogue.Row(right));
        var lacks = string.Join(" or ", rows.Select(row => $"{row.ConsolePath} ({row.Access})"));
        var code = refused.ErrorCode is { } number ? $"/{number}" : "";
        return $"The account's role lacks {lacks}: the UEM answered {(int?)refused.Status}{code}, \"{refused.Reason}\""
            + (rows.Count > 1 ? ", which does not tell them apart. " : ". ")
            + $"Grant what is missing under {ConsolePaths.Roles}, {then}.";
    }
}
