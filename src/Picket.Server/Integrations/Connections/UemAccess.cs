using System.Net;
using System.Security.Cryptography.X509Certificates;
using Picket.Api;
using Picket.Server.Hosting;

namespace Picket.Server.Integrations;

/// <summary>Where a UEM is and how one signs in there: what a draft and a saved integration have in common.</summary>
public sealed record UemAccess
{
    public required Uri Address { get; init; }
    public required CredentialKind Kind { get; init; }
    public required string Account { get; init; }
    public Uri? TokenAddress { get; init; }
    public required IntegrationSecrets Secrets { get; init; }

    /// <summary>Somebody says that the account was mended since it refused these secrets.</summary>
    public bool AccountMended { get; init; }
    public string? CaCertificatePem { get; init; }
    public string? ProxyAddress { get; init; }

    public static UemAccess Of(IntegrationRow row, IntegrationSecrets secrets) =>
        new()
        {
            Address = new Uri(row.Address),
            Kind = row.CredentialKind,
            Account = row.Account,
            TokenAddress = row.TokenAddress is { } address ? new Uri(address) : null,
            Secrets = secrets,
            CaCertificatePem = row.CaCertificatePem,
            ProxyAddress = row.ProxyAddress,
        };

    public WorkspaceOne.Credential ToCredential() =>
        Kind == CredentialKind.OAuth
            ? new WorkspaceOne.OAuthCredential(TokenAddress!, Account, Secrets.Secret, Secrets.ApiKey)
            : new WorkspaceOne.BasicCredential(Account, Secrets.Secret, Secrets.ApiKey ?? "");

    public X509Certificate2Collection? Authorities() => PinnedAuthorities.Of(CaCertificatePem);

    public WebProxy? Proxy() =>
        ProxyAddress is null
            ? null
            : new WebProxy(ProxyAddress)
            {
                Credentials = Secrets.ProxyUser is { } user ? new NetworkCredential(user, Secrets.ProxyPassword) : null,
            };
}
