using System.IO.Compression;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.ResponseCompression;
using Picket.WorkspaceOne.Emulator.Console;
using Picket.WorkspaceOne.Emulator.Control;
using Picket.WorkspaceOne.Emulator.Routes;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Hosting;

/// <summary>Puts one emulated UEM behind a real web server.</summary>
internal static class EmulatorServer
{
    public static IPAddress CheckListen(EmulatorOptions options)
    {
        var listen = IPAddress.TryParse(options.Listen, out var address)
            ? address
            : throw new ArgumentException($"--listen needs an IP address, and {options.Listen} is none.");
        return options.Http && !IPAddress.IsLoopback(listen)
            ? throw new ArgumentException("--http sends passwords in clear, so it is for loopback addresses only.")
            : listen;
    }

    public static WebApplication Build(Uem uem, IPAddress listen, X509Certificate2 ca, EmulatorCredentials credentials)
    {
        // The empty builder: no configuration files are watched, so a test process can start hundreds of these.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        ConsoleSite.AddTo(builder.Services, uem);
        builder.Services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.Providers.Add<GzipCompressionProvider>();
        });
        builder.Services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
        builder.WebHost.UseKestrelCore();
        if (!uem.Options.Http)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(
                listen,
                uem.Options.Port,
                endpoint =>
                {
                    if (!uem.Options.Http)
                    {
                        endpoint.UseHttps(EmulatorCertificates.IssueServer(ca, listen, TimeProvider.System));
                    }
                }
            );
        });
        var app = builder.Build();
        Map(app, uem, credentials);
        return app;
    }

    private static void Map(WebApplication app, Uem uem, EmulatorCredentials credentials)
    {
        app.Use(
            (http, next) =>
            {
                uem.Life.Settle();
                VersionHeaders.TakeFromPath(http);
                return next(http);
            }
        );
        app.UseResponseCompression();
        app.UseRouting();
        ConsoleSite.Map(app);
        TokenRoute.Map(app, uem);
        if (uem.Options.Control)
        {
            ControlRoutes.Map(app, uem, credentials);
        }

        AllRoutes.Table().MapTo(app, new ApiPipeline(uem));
    }
}
