using Picket.Api;
using Picket.Core.Preparation;

namespace Picket.Server.Integrations;

/// <summary>What was typed, turned into what a client is built of.</summary>
internal static class DraftAccess
{
    public static MendedAddress Mend(string? address) => AddressHint.Mend(address ?? "");

    /// <summary>The API's root below a mended address.</summary>
    public static Uri Root(Uri mended) => new(mended, "/API");

    public static UemAccess Of(Uri root, Credential credential, string? caPem, ProxySettings? proxy) =>
        With(
            new UemAccess
            {
                Address = root,
                Kind = CredentialKind.Basic,
                Account = "",
                Secrets = new IntegrationSecrets("", null, proxy?.User, proxy?.Password),
                CaCertificatePem = string.IsNullOrEmpty(caPem) ? null : caPem,
                ProxyAddress = proxy?.Address is { Length: > 0 } address ? address : null,
            },
            credential
        );

    /// <summary>The same way to the UEM with another credential.</summary>
    public static UemAccess With(UemAccess access, Credential credential) =>
        credential switch
        {
            BasicCredential basic => access with
            {
                Kind = CredentialKind.Basic,
                Account = basic.Account.Trim(),
                AccountMended = basic.AccountMended,
                TokenAddress = null,
                Secrets = access.Secrets with { Secret = basic.Password, ApiKey = basic.ApiKey.Trim() },
            },
            OAuthCredential oauth => access with
            {
                Kind = CredentialKind.OAuth,
                Account = oauth.ClientId.Trim(),
                AccountMended = oauth.AccountMended,
                TokenAddress = new Uri(oauth.TokenAddress),
                Secrets = access.Secrets with
                {
                    Secret = oauth.ClientSecret,
                    ApiKey = string.IsNullOrEmpty(oauth.ApiKey) ? null : oauth.ApiKey.Trim(),
                },
            },
            _ => throw new ArgumentException("Unknown kind of credential.", nameof(credential)),
        };

    public static void Keep(IntegrationRow row, UemAccess access, SecretBox box, DateTimeOffset now)
    {
        row.Address = access.Address.ToString();
        row.CredentialKind = access.Kind;
        row.Account = access.Account;
        row.TokenAddress = access.TokenAddress?.ToString();
        row.CaCertificatePem = access.CaCertificatePem;
        row.ProxyAddress = access.ProxyAddress;
        row.ProtectedSecrets = box.Close(row, access.Secrets);
        row.CredentialVersion++;
        row.CredentialSince = now;
        row.CredentialEndsOn = null; // That of the one before.
    }
}
