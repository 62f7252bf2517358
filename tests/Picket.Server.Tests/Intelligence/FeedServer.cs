using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Picket.Server.Tests.Intelligence;

/// <summary>A publisher of feeds over real TLS, with a CA of its own; each address answers as the test says.</summary>
public sealed class FeedServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, RequestDelegate> answers = new();

    private FeedServer(WebApplication app, string ca) => (this.app, CaPem) = (app, ca);

    public string CaPem { get; }

    public ConcurrentQueue<Asked> Requests { get; } = [];

    /// <summary>One request, with what it was conditional on.</summary>
    public sealed record Asked(string Path, string IfNoneMatch, string IfModifiedSince);

    public static async Task<FeedServer> StartAsync()
    {
        var (ca, certificate) = Certificates();
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(
                IPAddress.Loopback,
                0,
                listen =>
                {
                    listen.Protocols = HttpProtocols.Http1;
                    listen.UseHttps(certificate);
                }
            );
        });
        var app = builder.Build();
        var server = new FeedServer(app, ca);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    public string At(string path, RequestDelegate answer)
    {
        answers["/" + path] = answer;
        return Address(path);
    }

    public string Address(string path) => $"https://localhost:{new Uri(app.Urls.First()).Port}/{path}";

    /// <summary>A file with its tag; "not modified" for whoever has it.</summary>
    public string Publish(string path, byte[] file)
    {
        var tag = $"\"{Convert.ToHexString(SHA256.HashData(file))[..16]}\"";
        return At(
            path,
            async http =>
            {
                http.Response.Headers.ETag = tag;
                if (http.Request.Headers.IfNoneMatch == tag)
                {
                    http.Response.StatusCode = StatusCodes.Status304NotModified;
                    return;
                }

                await http.Response.Body.WriteAsync(file);
            }
        );
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private Task AnswerAsync(HttpContext http)
    {
        var headers = http.Request.Headers;
        Requests.Enqueue(new(http.Request.Path, $"{headers.IfNoneMatch}", $"{headers.IfModifiedSince}"));
        if (answers.TryGetValue(http.Request.Path, out var answer))
        {
            return answer(http);
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    internal static (string Ca, X509Certificate2 Server) Certificates()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var caKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var caRequest = new CertificateRequest("CN=Feed publisher's CA", caKey, HashAlgorithmName.SHA256);
        caRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var ca = caRequest.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(ca, now.AddHours(-12), now.AddDays(20), RandomNumberGenerator.GetBytes(16));
        return (ca.ExportCertificatePem(), signed.CopyWithPrivateKey(key));
    }
}
