using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Picket.WorkspaceOne.Emulator.Hosting;

/// <summary>A small CA that lives in the data folder, and the server certificate that it signs at each start.</summary>
internal static class EmulatorCertificates
{
    private const string CaName = "ca.pem";
    private const string CaKeyName = "ca-key.pem";

    public static string CaFile(string folder) => Path.Combine(folder, CaName);

    public static X509Certificate2 EnsureCa(string folder, TimeProvider time)
    {
        var keyFile = Path.Combine(folder, CaKeyName);
        if (File.Exists(CaFile(folder)) && File.Exists(keyFile))
        {
            return X509Certificate2.CreateFromPemFile(CaFile(folder), keyFile);
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Picket emulator CA", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true)
        );
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = time.GetUtcNow();
        using var ca = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(5));
        File.WriteAllText(CaFile(folder), ca.ExportCertificatePem());
        PrivateFile.Write(keyFile, key.ExportPkcs8PrivateKeyPem());
        return X509Certificate2.CreateFromPemFile(CaFile(folder), keyFile);
    }

    public static X509Certificate2 IssueServer(X509Certificate2 ca, IPAddress listen, TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        if (!IPAddress.IsLoopback(listen) && !listen.Equals(IPAddress.Any) && !listen.Equals(IPAddress.IPv6Any))
        {
            names.AddIpAddress(listen);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false)
        );
        var now = time.GetUtcNow();
        var serial = RandomNumberGenerator.GetBytes(16);
        using var certificate = request.Create(ca, now.AddHours(-12), now.AddYears(1), serial);
        return certificate.CopyWithPrivateKey(key);
    }
}
