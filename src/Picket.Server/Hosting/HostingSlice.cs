using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Console;
using Picket.Server.Hosting.Contract;

namespace Picket.Server.Hosting;

/// <summary>What every slice stands on: settings, Orleans, telemetry, problem details, the door out.</summary>
public static class HostingSlice
{
    public static void AddHosting(this WebApplicationBuilder builder)
    {
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.Configure<HostOptions>(options =>
        {
            // Health answers while the silo still joins; SIGTERM ends within 10 s.
            options.ServicesStartConcurrently = true;
            options.ShutdownTimeout = TimeSpan.FromSeconds(8);
        });
        // What could not be bound reaches Problems, which says what and why.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            PicketApiJson.Configure(options.SerializerOptions);
        });
        builder.Services.AddContractDocument();
        builder.AddOrleans();
        builder.AddTelemetry();
        builder.AddLogs();
        builder.Services.AddProblems();
        builder.Services.AddOutbound();
        builder.Services.AddTrustedProxies();
        builder.Services.AddSingleton<DataFolderLock>();
        builder.Services.AddSingleton<WorkLease>();
        builder.Services.AddHealthChecks().AddCheck<ReadinessCheck>("ready");
    }

    public static void UseHosting(this WebApplication app)
    {
        app.UseEndingServer();
        app.UseForwardedHeaders(); // Whatever follows sees the scheme and the address of the browser.
        app.UseSecurityHeaders();
        app.UseLanguages(); // Pages of failures are shown in the reader's language, too.
        app.UseExceptionHandler("/failed", createScopeForErrors: true);
        app.UseStatusCodePages();
        app.UseStatusPages();
        app.UseAuthentication();
        app.RefuseOtherOrigins();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.RefuseStaleForms();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapPrometheusScrapingEndpoint("/metrics").RequireAuthorization(Policies.ReadEverywhere);
    }
}
