using Microsoft.Extensions.DependencyInjection.Extensions;
using Picket.Server.Inventory;

namespace Picket.Server.Intelligence;

/// <summary>Feeds: indicators and knowledge of operating systems, imported by file, versioned.</summary>
public static class IntelligenceSlice
{
    public static void AddIntelligence(this IServiceCollection services)
    {
        services.TryAddSingleton<PersonalAppKey>();
        services.AddSingleton<IntelligenceStore>();
        services.AddSingleton<AffectedDevices>();
        services.AddSingleton<FeedIndicators>();
        services.AddSingleton<FeedStore>();
        services.AddSingleton<OwnIndicatorStore>();
        services.AddHostedService<OwnIndicatorEnds>();
    }

    public static void MapIntelligence(this WebApplication app)
    {
        app.MapFeedReading();
        app.MapFeedChanges();
        app.MapOwnIndicators();
    }
}
