using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Picket.WorkspaceOne;

/// <summary>Makes handlers that fit the UEM: decompression, no redirects, no cookies, bounded headers.</summary>
public static class WorkspaceOneHandler
{
    /// <summary>Makes a handler.</summary>
    /// <param name="trustedAuthorities">
    /// Certificates of a private CA. When given, only they are trusted and revocation is not checked: private CAs
    /// mostly publish no lists. Null trusts what the system trusts.
    /// </param>
    /// <param name="proxy">Outbound proxy; null for a direct connection, whatever the environment says.</param>
    public static SocketsHttpHandler Create(
        X509Certificate2Collection? trustedAuthorities = null,
        IWebProxy? proxy = null
    ) =>
        new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression =
                DecompressionMethods.GZip | DecompressionMethods.Deflate | DecompressionMethods.Brotli,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 64,
            Proxy = proxy,
            UseProxy = proxy is not null,
            // Our trace ids are nobody else's business.
            ActivityHeadersPropagator = null,
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Policy(trustedAuthorities) },
        };

    private static X509ChainPolicy? Policy(X509Certificate2Collection? authorities)
    {
        if (authorities is null)
        {
            return null;
        }

        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
