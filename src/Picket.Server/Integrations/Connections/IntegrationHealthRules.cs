using Picket.Api;
using Picket.WorkspaceOne;

namespace Picket.Server.Integrations;

/// <summary>What the failure of a call says about the integration as a whole, in words for its administrator.</summary>
internal static class IntegrationHealthRules
{
    /// <returns>No state where the failure says nothing about the integration, such as a spent budget.</returns>
    public static (IntegrationState? State, string? Reason) Judge(WorkspaceOneException? failure) =>
        failure switch
        {
            null => (IntegrationState.Active, null),
            SignInRefusedException refused => (IntegrationState.CredentialRefused, RefusedReason(refused)),
            ApiKeyRefusedException => (
                IntegrationState.CredentialRefused,
                $"The UEM refused the API key ({Said(failure)}). Copy the key from the UEM's REST API page and rotate the credential."
            ),
            ApiAccessDisabledException => (
                IntegrationState.PermissionMissing,
                $"API access is switched off in the UEM ({Said(failure)}). Enable it, then run the doctor."
            ),
            PermissionMissingException => (
                IntegrationState.PermissionMissing,
                $"The account lacks a right for {failure.Route} ({Said(failure)}). Run the doctor: it names the row to grant."
            ),
            OutOfScopeException => (
                IntegrationState.OrganizationGroupGone,
                $"The organization group is gone or out of the account's reach ({Said(failure)}). Run the doctor."
            ),
            QuotaExhaustedException or RateLimitedException or WritesStoppedException => (null, null),
            _ when failure.Status is null || (int)failure.Status >= 500 => (
                IntegrationState.Unreachable,
                $"The UEM could not be reached: {failure.Reason} Run the doctor if it lasts."
            ),
            _ => (null, null),
        };

    public static string RefusedReason(SignInRefusedException refusal) =>
        $"The UEM refused the credential ({Said(refusal)}). Nobody signs in with it again, lest the account is locked. "
        + "Mend the account in the UEM, then rotate the credential.";

    public static string Said(WorkspaceOneException failure)
    {
        var status = failure.Status is { } answer ? $"{(int)answer}" : "no answer";
        var code = failure.ErrorCode is { } number ? $"/{number}" : "";
        return $"{status}{code}: {failure.Reason}";
    }
}
