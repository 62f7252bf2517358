using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Picket.Core.Audit;

/// <summary>How far the chain reached at a moment: its last entry and that entry's hash. Signed, it can be kept elsewhere.</summary>
public sealed record AuditHead(long Sequence, string Hash, DateTimeOffset SignedAt)
{
    /// <summary>ECDSA over P-256 and SHA-256.</summary>
    /// <returns>The signature as r and s one after the other (IEEE P1363), in Base64.</returns>
    public string Sign(ECDsa key) => Convert.ToBase64String(key.SignData(Signed(), HashAlgorithmName.SHA256));

    public bool IsSignedBy(string publicKeyPem, string signature)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(publicKeyPem);
            return key.VerifyData(Signed(), Convert.FromBase64String(signature), HashAlgorithmName.SHA256);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or FormatException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Names a public key: the first 16 digits of the SHA-256 of its SubjectPublicKeyInfo. Null for what is no key.</summary>
    public static string? KeyId(string publicKeyPem)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(publicKeyPem);
            return Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16];
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    private byte[] Signed() =>
        Encoding.UTF8.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"picket-audit-head-1\n{Sequence}\n{Hash}\n{SignedAt.ToUnixTimeMilliseconds()}\n"
            )
        );
}
