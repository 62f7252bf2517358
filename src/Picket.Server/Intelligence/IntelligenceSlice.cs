using Microsoft.Extensions.DependencyInjection.Extensions;
using Picket.Server.Hosting;
using Picket.Server.Intelligence.Sources;
using Picket.Server.Inventory;

namespace Picket.Server.Intelligence;

/// <summary>
/// Feeds: indicators and knowledge of operating systems, from files that people import and from sources that are
/// followed; versioned.
/// </summary>
public static class IntelligenceSlice
{
    public static void AddIntelligence(this IServiceCollection services)
    {
        services
            .AddOptions<FeedOptions>()
            .BindConfiguration("Feeds")
            .RefuseUnknownSettings("Feeds")
            .ValidateDataAnnotations()
            .Validate(
                options => options.Proxy is not { Length: > 0 } proxy || IsProxy(proxy),
                "Feeds:Proxy is no address of a proxy, such as http://proxy.example:3128."
            )
            .ValidateOnStart();
        services.TryAddSingleton<PersonalAppKey>();
        services.AddSingleton<IntelligenceStore>();
        services.AddSingleton<AffectedDevices>();
        services.AddSingleton<FeedIndicators>();
        services.AddSingleton<FeedStore>();
        services.AddSingleton<OwnIndicatorStore>();
        services.AddHostedService<OwnIndicatorEnds>();
        services.AddSingleton<FeedAnswers>();
        services.AddSingleton<FeedFetch>();
        services.AddSingleton<FeedFolder>();
        services.AddSingleton<FeedSourceStore>();
        services.AddSingleton<FeedSourceCheck>();
        services.AddSingleton<FeedSourceSignal>();
        services.AddHostedService<FeedSourceWorker>();
        services.AddSingleton<FeedMetrics>();
        services.AddHostedService(provider => provider.GetRequiredService<FeedMetrics>());
    }

    public static void MapIntelligence(this WebApplication app)
    {
        app.MapFeedReading();
        app.MapFeedChanges();
        app.MapOwnIndicators();
        app.MapFeedSources();
    }

    private static bool IsProxy(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp;
}
