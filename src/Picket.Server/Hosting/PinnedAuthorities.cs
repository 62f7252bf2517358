using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Picket.Server.Hosting;

/// <summary>Certificates, in PEM form, of the only authorities that may vouch for another side.</summary>
internal static class PinnedAuthorities
{
    public const int LongestPem = 100_000;

    /// <returns>Null where none are pinned: the system's list holds.</returns>
    public static X509Certificate2Collection? Of(string? pem)
    {
        if (pem is null)
        {
            return null;
        }

        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(pem);
        return authorities;
    }

    /// <returns>Null where it can be taken.</returns>
    public static string? MistakeIn(string pem) =>
        // A private key that came along would be kept, and shown to whoever reads the settings.
        pem.Contains("PRIVATE KEY", StringComparison.Ordinal)
            ? "This holds a private key. Give the certificate alone, and treat that key as disclosed."
        : IsCertificate(pem) ? null
        : "This is no certificate in PEM form (-----BEGIN CERTIFICATE-----).";

    private static bool IsCertificate(string pem)
    {
        try
        {
            return pem.Length <= LongestPem && Of(pem) is { Count: > 0 };
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
