using Picket.Api;
using Picket.Core.Preparation;

namespace Picket.Server.Integrations;

/// <summary>Brings drafts and saved integrations to the doctor.</summary>
public sealed class Patients(UemClients clients, UemConnections connections, SecretBox secrets)
{
    internal Patient Of(CreateIntegration draft)
    {
        var address = DraftAccess.Mend(draft.Address);
        return new Patient
        {
            Address = address,
            Access =
                address.Address is { } mended && Supported(draft.Credential)
                    ? DraftAccess.Of(DraftAccess.Root(mended), draft.Credential, draft.CaCertificatePem, draft.Proxy)
                    : null,
            Authentication = Kind(draft.Credential),
            UserName = UserName(draft.Credential),
            OrganizationGroup = draft.OrganizationGroup,
            Pacer = clients.Pacer(draft.QuotaSharePercent),
        };
    }

    /// <summary>As it is saved. A refusal counts: it marks the integration.</summary>
    internal Patient Of(IntegrationRow row) =>
        Of(row, UemAccess.Of(row, secrets.Open(row))) with
        {
            IsSaved = true,
            Pacer = connections.PacerOf(row),
            RefusedBefore = row.IsCredentialRefused ? row.RefusedReason ?? "" : null,
            OnRefused = refusal => connections.MarkRefused(row.Id, row.CredentialVersion, refusal),
        };

    /// <summary>With another way in. A refusal does not touch the credential that is in use.</summary>
    internal Patient Of(IntegrationRow row, UemAccess access, string? organizationGroup = null) =>
        new()
        {
            Address = new MendedAddress(new Uri(access.Address.GetLeftPart(UriPartial.Authority)), [], null),
            Access = access,
            Authentication = access.Kind == CredentialKind.OAuth ? UemAuthentication.OAuth : UemAuthentication.Basic,
            UserName = access.Kind == CredentialKind.OAuth ? null : access.Account,
            OrganizationGroup = organizationGroup ?? Group(row),
            KnownGroup =
                organizationGroup is null && row is { OrganizationGroupId: > 0, OrganizationGroupUuid: { } uuid }
                    ? (row.OrganizationGroupId, uuid)
                    : null,
            RightsVersion = row.RightsVersion,
            Pacer =
                access.Address.ToString() == row.Address
                    ? connections.PacerOf(row)
                    : clients.Pacer(row.QuotaSharePercent),
            Features = Features(row),
        };

    private static HashSet<PicketFeature> Features(IntegrationRow row)
    {
        HashSet<PicketFeature> on = [];
        if (row.WritingEnabled)
        {
            on.Add(PicketFeature.Tagging);
        }

        if (row.EnrollmentEnabled)
        {
            on.Add(PicketFeature.Registration);
        }

        if (row.DeploymentEnabled)
        {
            on.Add(PicketFeature.AppDeployment);
        }

        return on;
    }

    /// <summary>By uuid where it is known: it stays when somebody renames the group.</summary>
    private static string Group(IntegrationRow row) =>
        row.OrganizationGroupUuid?.ToString()
        ?? (row.OrganizationGroupId > 0 ? $"{row.OrganizationGroupId}" : row.OrganizationGroupCode ?? "");

    private static bool Supported(Credential credential) => credential is BasicCredential or OAuthCredential;

    private static UemAuthentication Kind(Credential credential) =>
        credential switch
        {
            OAuthCredential => UemAuthentication.OAuth,
            CertificateCredential => UemAuthentication.Certificate,
            DirectoryCredential => UemAuthentication.Directory,
            _ => UemAuthentication.Basic,
        };

    private static string? UserName(Credential credential) => (credential as BasicCredential)?.Account.Trim();
}
