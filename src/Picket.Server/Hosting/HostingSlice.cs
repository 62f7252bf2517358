using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using Picket.Api;
using Picket.Server.Storage;

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
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            PicketApiJson.Configure(options.SerializerOptions);
        });
        builder.Services.AddOpenApi("v1");
        builder.AddOrleans();
        builder.AddTelemetry();
        builder.Services.AddProblems();
        builder.Services.AddOutbound();
        builder.Services.AddSingleton<DataFolderLock>();
        builder.Services.AddHealthChecks().AddCheck<ReadinessCheck>("ready");
    }

    public static void UseHosting(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseSecurityHeaders();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapPrometheusScrapingEndpoint("/metrics").RequireAuthorization(Access.Policies.Read);
    }

    /// <summary>Options are checked first, all mistakes at once; then the database; only then does anything run.</summary>
    public static async Task RunPicketAsync(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Picket.Server");
        try
        {
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            app.Services.GetRequiredService<DataFolderLock>().Take();
        }
        catch (Exception mistake)
            when (mistake
                    is OptionsValidationException
                        or AggregateException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            HostingLog.CannotStart(log, Mistakes(mistake));
            Environment.ExitCode = 78;
            return;
        }

        WarnOfUnwrappedKeys(app, log);
        await DatabaseMigration.MigrateAsync(app.Services.GetRequiredService<PicketDatabase>(), CancellationToken.None);
        await app.Services.GetRequiredService<Access.OwnerToken>().EnsureAsync(CancellationToken.None);
        await app.RunAsync();
    }

    private static void WarnOfUnwrappedKeys(WebApplication app, ILogger log)
    {
        if (app.Services.GetRequiredService<IOptions<SecretsOptions>>().Value.CertificateFile is null)
        {
            HostingLog.KeyRingNotWrapped(log);
        }
    }

    private static string Mistakes(Exception mistake) =>
        mistake switch
        {
            OptionsValidationException options => string.Join(Environment.NewLine, options.Failures),
            AggregateException several => string.Join(Environment.NewLine, several.InnerExceptions.Select(Mistakes)),
            _ => mistake.Message,
        };
}
