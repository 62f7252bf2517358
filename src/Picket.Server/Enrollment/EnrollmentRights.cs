using Picket.Server.Response;

namespace Picket.Server.Enrollment;

/// <summary>Which right a call of an import needs.</summary>
internal static class EnrollmentRights
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
}
