using Picket.Core.Preparation;
using Picket.Server.Response;
using Picket.WorkspaceOne;

namespace Picket.Server.Enrollment;

/// <summary>Names the rows of the role editor whose absence may have refused a call of an import.</summary>
internal static class MissingEnrollmentRight
{
    /// <summary>What the check of an import reads that nothing else does.</summary>
    public const string Read = "add-device";

    /// <param name="kind">Kind of the ledger entry that was refused.</param>
    public static string Of(string kind) =>
        kind switch
        {
            LedgerKinds.RegisterDevice => "add-device-edit",
            LedgerKinds.CreateUserGroup or LedgerKinds.AddToUserGroup => "rest-user-groups-edit",
            _ => "rest-users-edit",
        };

    public static string Explain(PermissionMissingException refused, string right)
    {
        var rows = RightsCatalogue.Suspects(RightsCatalogue.Row(right));
        var lacks = string.Join(" or ", rows.Select(row => $"{row.ConsolePath} ({row.Access})"));
        var code = refused.ErrorCode is { } number ? $"/{number}" : "";
        return $"The account's role lacks {lacks}: the UEM answered {(int?)refused.Status}{code}, \"{refused.Reason}\". "
            + $"Grant it under {ConsolePaths.Roles}.";
    }
}
