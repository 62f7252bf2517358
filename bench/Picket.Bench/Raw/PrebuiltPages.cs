using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Picket.Bench.Raw;

/// <summary>The least that serves pages over TLS: bytes that lie ready in memory, nothing checked, nothing computed.</summary>
internal static class PrebuiltPages
{
    public const string CertificateFile = "raw.pem";

    /// <param name="folder">Holds the pages as files; gets the certificate to trust.</param>
    public static async Task<int> RunAsync(string folder)
    {
        var pages = Directory
            .GetFiles(folder, "*.json")
            .Order(StringComparer.Ordinal)
            .Select(file => (ReadOnlyMemory<byte>)File.ReadAllBytes(file))
            .ToArray();
        using var certificate = SelfSigned();
        await File.WriteAllTextAsync(Path.Combine(folder, CertificateFile), certificate.ExportCertificatePem());
        var builder = WebApplication.CreateSlimBuilder(["--Logging:LogLevel:Default=None"]);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.UseHttps(certificate))
        );
        await using var app = builder.Build();
        app.Run(http => ServeAsync(http, pages));
        await app.StartAsync();
        await Console.Out.WriteLineAsync(app.Urls.First());
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task ServeAsync(HttpContext http, ReadOnlyMemory<byte>[] pages)
    {
        var asked = int.TryParse(http.Request.Query["page"], out var number) ? number : 0;
        var page = pages[asked % pages.Length];
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = page.Length;
        await http.Response.BodyWriter.WriteAsync(page);
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
    }
}
