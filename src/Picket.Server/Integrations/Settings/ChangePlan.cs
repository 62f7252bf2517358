using Picket.Api;

namespace Picket.Server.Integrations;

/// <summary>What a change touches, compared with what is saved. Entering the same value again is no change.</summary>
internal sealed record ChangePlan
{
    /// <summary>Settings that decide where the secrets are sent, by name; law 7 needs every secret anew for them.</summary>
    public required IReadOnlyList<string> Ways { get; init; }

    public required bool Credential { get; init; }

    public required bool Group { get; init; }

    /// <summary>The same UEM and group, entered with another credential.</summary>
    public bool CredentialAlone => Credential && !Group && Ways.Count == 0;

    /// <summary>Anything that the doctor has to see before it is saved.</summary>
    public bool NeedsDoctor => Ways.Count > 0 || Credential || Group;

    public static ChangePlan Of(IntegrationRow row, ChangeIntegration change, Uri? mended)
    {
        List<string> ways = [];
        if (mended is not null && DraftAccess.Root(mended).ToString() != row.Address)
        {
            ways.Add("the address");
        }

        if (change.Credential is OAuthCredential oauth && row.TokenAddress is not null && !SameToken(row, oauth))
        {
            ways.Add("the token address");
        }

        if (change.CaCertificatePem is { } ca && ca.Trim() != (row.CaCertificatePem ?? "").Trim())
        {
            ways.Add("the CA");
        }

        // Its password is never shown, so a proxy that was entered is a proxy that changes.
        if (change.Proxy is { } proxy && !(proxy.Address.Length == 0 && row.ProxyAddress is null))
        {
            ways.Add("the proxy");
        }

        return new ChangePlan
        {
            Ways = ways,
            Credential = change.Credential is not null,
            Group = change.OrganizationGroup is { } group && !IsSameGroup(row, group.Trim()),
        };
    }

    /// <summary>The secrets that the change would send another way without having been entered anew.</summary>
    public bool LeavesSecretsBehind(IntegrationRow row, ChangeIntegration change) =>
        (Ways.Count > 0 && (change.Credential is null || (row.ProxyAddress is not null && change.Proxy is null)))
        || (Group && change.Credential is null);

    private static bool SameToken(IntegrationRow row, OAuthCredential oauth) =>
        SettingRules.SecureAddress(oauth.TokenAddress)?.ToString() == row.TokenAddress;

    private static bool IsSameGroup(IntegrationRow row, string typed) =>
        string.Equals(typed, row.OrganizationGroupCode, StringComparison.OrdinalIgnoreCase)
        || (GroupFinder.Number(typed) is { } id && id == row.OrganizationGroupId)
        || (Guid.TryParse(typed, out var uuid) && uuid == row.OrganizationGroupUuid);
}
